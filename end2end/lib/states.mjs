// A house with something in every state: the pages about one thing, for whoever looks at all of them.
import { api } from './api.mjs';
import { handOver, hold, unit } from './gifts.mjs';
import { bearer } from './signin.mjs';
import { cast, staffApi } from './roster.mjs';

/** Why the counter could not keep one of them, as it wrote it. */
export const REASON = '这一件有破损';

/**
 * Reservations of `account` in every state a program can bring about, and where they are to be seen: `{member: {name: address}, staff: {name: address},
 * people}`. Leaves her one more reservation to make.
 */
export async function arranged(server, account) {
  const hers = api(server, await bearer(server, account.phone));
  const { staff } = await server.accounts();
  const people = cast(staff);
  const clerk = await staffApi(server, people.colleague);
  const make = async (gift, which = 0) => {
    const place = await unit(hers, gift, 'shanghai-qixia', which);
    return { place, made: await hold(hers, place) };
  };
  const putAside = async ({ place, made }) => {
    await clerk.post(`/staff/reservations/${made.id}/ready`, { barcode: place.variant.barcode });
    return made.id;
  };
  // Ended ones first: only so many may be open at once.
  const collected = await make('lip-balm', 2);
  await putAside(collected);
  await handOver(clerk, hers, collected.made.id, collected.place.variant.barcode);
  const cancelled = await make('hand-cream', 1);
  await hers.delete(`/reservations/${cancelled.made.id}`);
  const failed = await make('hand-cream', 2);
  await clerk.post(`/staff/reservations/${failed.made.id}/fail`, { reason: REASON });
  const held = await make('travel-duo', 0);
  const ready = await make('sheet-masks', 1);
  await putAside(ready);
  const offered = await make('cleansing-foam', 0);
  await putAside(offered);
  await clerk.post(`/staff/pickups/${offered.made.id}/exchange`, { variant_id: offered.place.other.id });
  return {
    people,
    member: {
      gift: `/gifts/${held.place.gift.id}`,
      'gift out of reach': `/gifts/${(await unit(hers, 'body-mist', 'shanghai-qixia')).gift.id}`,
      held: `/reservations/${held.made.id}`,
      ready: `/reservations/${ready.made.id}`,
      pass: `/reservations/${ready.made.id}/pass`,
      'no pass yet': `/reservations/${held.made.id}/pass`,
      'another counter': `/reservations/${held.made.id}/move`,
      'an offer': `/reservations/${offered.made.id}`,
      collected: `/reservations/${collected.made.id}`,
      cancelled: `/reservations/${cancelled.made.id}`,
      failed: `/reservations/${failed.made.id}`,
    },
    staff: {
      today: '/staff',
      'to put aside': `/staff/reservations/${held.made.id}`,
      'to hand over': `/staff/reservations/${ready.made.id}`,
      'waiting for her word': `/staff/reservations/${offered.made.id}`,
      over: `/staff/reservations/${collected.made.id}`,
      pickup: '/staff/pickup',
      stock: '/staff/stock',
      hold: '/staff/hold',
    },
  };
}
