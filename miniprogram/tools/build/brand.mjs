// The brand's name in each language, its mini-program's id, and where its server is.
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { parse } from 'smol-toml';

/** The id that the developer tools take from somebody who has none yet. */
const TOURIST = 'touristappid';

/** `{names, appId, origin}` of `public/brand/brand.toml`. The environment stands in for what differs between a brand's servers. */
export async function readBrand(root, environment) {
  const { name, miniprogram = {} } = parse(await readFile(path.join(root, 'public/brand/brand.toml'), 'utf8'));
  const appId = environment.SHOUYUE_MINIPROGRAM_APP_ID || miniprogram.app_id || TOURIST;
  const origin = (environment.SHOUYUE_MINIPROGRAM_ORIGIN || miniprogram.origin || '').replace(/\/$/, '');
  if (appId !== TOURIST && !/^wx[0-9a-f]{16}$/.test(appId)) throw new Error(`app_id ${appId}: "wx" and 16 hexadecimal digits, as WeChat's console shows it`);
  if (origin !== '' && !isOrigin(origin)) throw new Error(`origin ${origin}: https://, a host, perhaps a port, and nothing else; http:// for this machine alone`);
  return { names: name, appId, origin };
}

/** What a brand has yet to set, and what that means; a line each. */
export function unset({ appId, origin }) {
  const found = [];
  if (origin === '') found.push('no origin is set: this build can reach no server (SHOUYUE_MINIPROGRAM_ORIGIN, or origin in public/brand/brand.toml)');
  if (appId === TOURIST) found.push('no app id is set: this build opens as a guest and can’t be uploaded (SHOUYUE_MINIPROGRAM_APP_ID, or app_id in public/brand/brand.toml)');
  return found;
}

/** WeChat takes requests to registered domains, encrypted; the developer tools can be told to look away. */
function isOrigin(text) {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.origin !== text) return false;
  return url.protocol === 'https:' || (url.protocol === 'http:' && ['localhost', '127.0.0.1'].includes(url.hostname));
}
