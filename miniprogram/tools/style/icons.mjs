// Icons as masks: WXML has no SVG, and WXSS loads no local file.
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';

/** An SVG as an address. */
export const inline = (svg) => `data:image/svg+xml,${svg.trim().replaceAll('"', "'").replace(/[%#<>{}|\\^`]/g, encodeURIComponent)}`;

/**
 * What an icon is drawn with: `--icon-NAME` of the root holds its strokes, and `.icon-NAME` takes them and its shape. `pen` are the attributes that the
 * portal's `.icon` gives its strokes. Rules as text.
 */
export async function icons(root, pen) {
  const folder = path.join(root, 'style/icons');
  const names = (await readdir(folder)).filter((file) => file.endsWith('.path')).map((file) => path.basename(file, '.path')).sort();
  const paths = await Promise.all(names.map((name) => readFile(path.join(folder, `${name}.path`), 'utf8')));
  const picture = (strokes, with_) => `url("${inline(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"${with_}><path d="${strokes}"/></svg>`)}")`;
  const drawn = names.map((name, index) => `--icon-${name}: ${picture(paths[index], ` fill="none" stroke="black"${pen}`)};`);
  const each = names.map((name, index) => `.icon-${name} { --strokes: var(--icon-${name}); --shape: ${picture(paths[index], '')}; }`);
  return `.root { ${drawn.join('\n')} }\n${each.join('\n')}`;
}
