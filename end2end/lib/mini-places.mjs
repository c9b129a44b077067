// Where each page of the portal is in the mini-program, for specs that open it there as a shared card would.

const TABS = { '/': 'pages/home/home', '/gifts': 'pages/gifts/gifts', '/reservations': 'pages/reservations/reservations', '/me': 'pages/me/me' };
const OTHERS = [
  [/^\/sign-in/, 'pages/sign_in/sign_in'],
  [/^\/join/, 'account/join/join'],
  [/^\/card/, 'account/card/card'],
  [/^\/points/, 'account/points/points'],
  [/^\/tier/, 'account/tier/tier'],
  [/^\/programme/, 'account/programme/programme'],
  [/^\/me\/profile/, 'account/profile/profile'],
  [/^\/me\/preferences/, 'account/preferences/preferences'],
  [/^\/gifts\/[^/]+$/, 'reserve/gift/gift'],
  [/^\/reservations\/[^/]+$/, 'reserve/reservation/reservation'],
  [/^\/reservations\/[^/]+\/move$/, 'reserve/move/move'],
  [/^\/reservations\/[^/]+\/pass$/, 'reserve/pass/pass'],
];

/** The file of the page at `path`: `reserve/gift/gift`. */
export const fileOf = (path) => TABS[path] ?? OTHERS.find(([pattern]) => pattern.test(path))?.[1] ?? 'account/not_found/not_found';

/** WeChat's address of the page at `path`, for `open`. */
export const at = (path) => (path in TABS ? `/${TABS[path]}` : `/${fileOf(path)}?path=${encodeURIComponent(path)}`);
