// A mini-program's folder as WeChat reads it: files, pages, subpackages, components.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** Resolves what `from` calls `wanted`, inside the package. */
export const resolve = (from, wanted) => path.posix.normalize(wanted.startsWith('/') ? wanted.slice(1) : path.posix.join(path.posix.dirname(from), wanted));

/**
 * Reads a folder: `{names, text(name), bytes(name), config, pages, roots, components}`. `pages` are paths without ending, `roots` those of the subpackages, `components`
 * what pages and components name in `usingComponents`, and the custom tab bar.
 */
export function readPackage(folder) {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .sort();
  const known = new Set(names);
  const bytes = (name) => readFileSync(path.join(folder, name));
  const text = (name) => {
    if (!known.has(name)) throw new Error(`no such file in the package: ${name}`);
    return bytes(name).toString('utf8');
  };
  const json = (name) => {
    try { return JSON.parse(text(name)); } catch (error) { throw new Error(`${name}: ${error.message}`, { cause: error }); }
  };
  const config = json('app.json');
  const subpackages = config.subPackages ?? config.subpackages ?? [];
  const roots = subpackages.map(({ root }) => root.replaceAll(/^\/|\/$/g, ''));
  const pages = [...config.pages, ...subpackages.flatMap((subpackage, index) => subpackage.pages.map((page) => `${roots[index]}/${page}`))];
  const configs = { 'app.json': config };
  const components = new Set();
  const visit = (unit) => {
    const own = (configs[`${unit}.json`] = known.has(`${unit}.json`) ? json(`${unit}.json`) : {});
    for (const kind of ['js', 'wxml', 'json']) if (!known.has(`${unit}.${kind}`)) throw new Error(`${unit}.${kind} is missing`);
    for (const component of Object.values({ ...config.usingComponents, ...own.usingComponents })) {
      const target = resolve(unit, component);
      if (!components.has(target)) { components.add(target); visit(target); }
    }
  };
  pages.forEach(visit);
  if (config.tabBar !== undefined) {
    if (!config.tabBar.custom) throw new Error('app.json: only a custom tab bar is drawn');
    for (const { pagePath } of config.tabBar.list) if (!config.pages.includes(pagePath)) throw new Error(`app.json: tab page ${pagePath} is not in the main package`);
    components.add('custom-tab-bar/index');
    visit('custom-tab-bar/index');
  }
  if (known.has('theme.json')) configs['theme.json'] = json('theme.json');
  return { folder, names, known, text, bytes, config, configs, pages, roots, components: [...components] };
}

/** The subpackage a file belongs to; the main package is the empty string. */
export const rootOf = (roots, name) => roots.find((root) => name.startsWith(`${root}/`)) ?? '';
