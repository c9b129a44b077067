// The figures of programme.toml as `figures.mjs` wants them.
import { readFileSync } from 'node:fs';
import { parse as parseToml } from 'smol-toml';

/** Minor units of an amount as the file writes it: `"1500.00"`, `"0"`. */
function amount(text) {
  const [whole, fraction = ''] = text.split('.');
  return Number(whole) * 100 + Number(fraction.padEnd(2, '0'));
}

/** The rules, and `timeZone`. Only for currencies of two decimals, as the demo's. */
export function readProgramme(file) {
  const toml = parseToml(readFileSync(file, 'utf8'));
  const { earning, expiry, tier_window: window } = toml;
  return {
    timeZone: toml.time_zone,
    earn: { points: earning.points, perMinor: amount(earning.per), pendingDays: earning.pending_days },
    expiry: { months: expiry.months ?? null, endOfMonth: expiry.end_of_month, noticeDays: expiry.notice_days },
    window: {
      kind: window.kind,
      months: window.months ?? 12,
      termMonths: window.term_months,
      graceDays: window.grace_days,
    },
    tiers: toml.tier.map((tier) => ({
      id: tier.id,
      name: tier.name,
      threshold: amount(tier.threshold),
      keep: amount(tier.keep),
      multiplierPercent: tier.multiplier_percent,
    })),
  };
}
