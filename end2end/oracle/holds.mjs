// What a reservation locks, from the entries of `figures.mjs`: the points that would go first, batch by batch.
import { expiresOn } from './figures.mjs';

/**
 * After `points` are locked: `{available, held, lots: [{on, points, held}]}`, where `on` is the day the points of a batch were earned, in the order in which
 * they are used: the soonest to expire first, then the earliest. Throws if she has fewer.
 */
export function holding(rules, { entries, available }, points) {
  if (points > available) throw new Error(`${points} of ${available} points`);
  const last = ({ on }) => expiresOn(rules.expiry, on) ?? Infinity;
  let missing = points;
  const lots = entries.filter(({ posted }) => posted)
    .toSorted((one, other) => last(one) - last(other) || one.on - other.on)
    .map(({ on, points: all }) => {
      const held = Math.min(all, missing);
      missing -= held;
      return { on, points: all, held };
    });
  return { available: available - points, held: points, lots };
}
