// A member's figures from her purchases, day by day: every day from the day she joined to today is lived through, one
// after the other. Slow and plain, and built unlike the product's replay, which jumps from event to event.
//
// Rules: {earn: {points, perMinor, pendingDays}, expiry: {months|null, endOfMonth, noticeDays},
//   window: {kind: 'rolling'|'calendar-year', months, termMonths, graceDays},
//   tiers: [{id, threshold, keep, multiplierPercent}]}; money in minor units.
import { addMonths, civil, day, endOfMonth } from './dates.mjs';

/** First day of the window that ends (rolling) or lies (calendar year) at `to`. */
export function windowFrom(rules, to) {
  return rules.kind === 'rolling' ? addMonths(to, -rules.months) + 1 : day(civil(to).year, 1, 1);
}

/** Last day of the window at `at`. */
function windowTo(rules, at) {
  return rules.kind === 'rolling' ? at : day(civil(at).year, 12, 31);
}

/** The last day whose window still holds the day `on`. */
export function countsUntil(rules, on) {
  let until = on;
  while (windowFrom(rules, until + 1) <= on) until += 1;
  return until;
}

function termEnd(rules, from) {
  if (rules.kind === 'rolling') return endOfMonth(addMonths(from, rules.termMonths));
  return day(civil(from).year + 1, 12, 31);
}

const sum = (numbers) => numbers.reduce((total, number) => total + number, 0);

function spentWithin(purchases, from, to) {
  return sum(purchases.filter(({ on }) => on >= from && on <= to).map(({ paid }) => paid));
}

/** Lives through every day; gives each purchase its points, and where she stands at the end of `today`. */
function live(rules, joinedOn, purchases, today) {
  const { tiers, window, earn } = rules;
  const seen = [];
  const waiting = purchases.map((purchase, index) => ({ ...purchase, index }));
  let tier = 0;
  let validUntil = termEnd(window, joinedOn);
  let graceUntil = null;
  const history = [{ on: joinedOn, tier: tiers[0].id, reason: 'joined', spent: null }];
  const note = (on, reason, spent) => history.push({ on, tier: tiers[tier].id, reason, spent });

  for (let now = joinedOn; now <= today; now += 1) {
    if (graceUntil === null && now === validUntil + 1) {
      const kept = spentWithin(seen, windowFrom(window, validUntil), validUntil);
      if (kept >= tiers[tier].keep) {
        validUntil = termEnd(window, validUntil);
        if (tier > 0) note(now, 'kept', kept);
      } else {
        graceUntil = validUntil + window.graceDays;
      }
    }
    if (graceUntil !== null && now === graceUntil + 1) {
      const kept = spentWithin(seen, windowFrom(window, validUntil), validUntil);
      tier -= 1;
      graceUntil = null;
      validUntil = window.kind === 'rolling' ? termEnd(window, now) : day(civil(now).year, 12, 31);
      note(now, 'lowered', kept);
    }
    while (waiting.length > 0 && waiting[0].on === now) {
      const purchase = waiting.shift();
      // Integers up to here are far below 2^53; division only after the multiplication.
      purchase.points = Math.floor(
        (purchase.paid * earn.points * tiers[tier].multiplierPercent) / (earn.perMinor * 100));
      seen.push(purchase);
      const spent = spentWithin(seen, windowFrom(window, now), windowTo(window, now));
      let reached = tier;
      tiers.forEach(({ threshold }, index) => { if (threshold <= spent) reached = Math.max(reached, index); });
      if (reached > tier) {
        tier = reached;
        validUntil = termEnd(window, now);
        graceUntil = null;
        note(now, 'reached', spent);
      } else if (graceUntil !== null) {
        const inGrace = window.kind === 'rolling'
          ? spent
          : spentWithin(seen, windowFrom(window, validUntil), now);
        if (inGrace >= tiers[tier].keep) {
          validUntil = termEnd(window, validUntil);
          graceUntil = null;
          note(now, 'kept', inGrace);
        }
      }
    }
  }
  return { tier, validUntil, graceUntil, history: history.reverse(), counted: seen };
}

/** The last day points of a purchase on `on` can be spent; null if they never expire. */
export function expiresOn(expiry, on) {
  if (expiry.months === null) return null;
  const date = addMonths(on, expiry.months);
  return expiry.endOfMonth ? endOfMonth(date) : date;
}

/** The same, seen from `today` by someone who was never told: too near a date moves away. */
export function expiresUnannounced(expiry, on, today) {
  const date = expiresOn(expiry, on);
  if (date === null || date >= today + expiry.noticeDays) return date;
  const moved = today + expiry.noticeDays;
  return expiry.endOfMonth ? endOfMonth(moved) : moved;
}

/** Every figure of the portal about one member. Dates are day numbers, money minor units. */
export function figures(rules, { joinedOn, purchases, today }) {
  const { tiers, window, earn, expiry } = rules;
  const { tier, validUntil, graceUntil, history, counted } = live(rules, joinedOn, purchases, today);

  const from = windowFrom(window, today);
  const to = windowTo(window, today);
  const inWindow = counted.filter(({ on }) => on >= from && on <= to);
  const spent = sum(inWindow.map(({ paid }) => paid));
  const next = tiers[tier + 1] ?? null;
  const oldest = inWindow.find(({ paid }) => paid > 0);

  let toKeep = null;
  let toKeepBy = null;
  if (tier > 0) {
    const kept = graceUntil === null
      ? spentWithin(counted, windowFrom(window, validUntil), validUntil)
      : (window.kind === 'rolling' ? spent : spentWithin(counted, windowFrom(window, validUntil), today));
    toKeep = Math.max(0, tiers[tier].keep - kept);
    toKeepBy = validUntil;
    if (graceUntil !== null) {
      // In a rolling window the amount holds only until an earlier purchase leaves, which may be before grace ends.
      const holdsUntil = window.kind === 'rolling' ? countsUntil(window, oldest?.on ?? today) : graceUntil;
      toKeepBy = Math.min(graceUntil, holdsUntil);
    }
  }

  const earning = counted.filter(({ points }) => points > 0)
    .map((purchase) => ({ ...purchase, postsOn: purchase.on + earn.pendingDays }));
  const posted = earning.filter(({ postsOn }) => postsOn <= today);
  const waiting = earning.filter(({ postsOn }) => postsOn > today);

  const expiring = new Map();
  for (const { on, points } of posted) {
    const date = expiresUnannounced(expiry, on, today);
    expiring.set(date, (expiring.get(date) ?? 0) + points);
  }

  return {
    tier: tiers[tier].id,
    validUntil,
    graceUntil,
    window: { from, to },
    spent,
    next: next?.id ?? null,
    toNext: next === null ? null : Math.max(0, next.threshold - spent),
    toNextBy: next === null ? null : countsUntil(window, oldest?.on ?? today),
    toKeep,
    toKeepBy,
    counted: inWindow.map(({ on, paid }) => ({ on, paid, until: countsUntil(window, on) })).reverse(),
    history,
    available: sum(posted.map(({ points }) => points)),
    pending: sum(waiting.map(({ points }) => points)),
    entries: earning.map(({ on, paid, points, postsOn }) =>
      ({ on, paid, points, postsOn, posted: postsOn <= today })),
    expiring: [...expiring].map(([on, points]) => ({ on, points }))
      .sort((a, b) => (a.on ?? Infinity) - (b.on ?? Infinity)),
  };
}
