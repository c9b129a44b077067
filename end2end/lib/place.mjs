// Where things are. The environment may point elsewhere: at a release build, or at another portal.
import { fileURLToPath } from 'node:url';
import path from 'node:path';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const at = (variable, standard) => path.resolve(root, process.env[variable] ?? standard);

export const serverBinary = at('SHOUYUE_BINARY', 'target/debug/shouyue');
export const portal = at('SHOUYUE_PORTAL_DIR', 'dist');
export const programme = at('SHOUYUE_PROGRAMME_FILE', 'programme.toml');
// Working files: prepared databases, pictures of failures. Ignored by git.
export const results = path.join(root, 'end2end/.results');
