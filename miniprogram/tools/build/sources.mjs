// Which sources there are, and how scripts are compiled.
import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import ts from 'typescript';

/** What is for the tools alone. */
const TOOLS = /^(tools\/|tsconfig\.json$|(eslint|stylelint)\.config\.mjs$|PRIVACY\.md$)|\.d\.ts$/;
const KINDS = { '.ts': 'script', '.json': 'json', '.wxml': 'template' };

/** `[{name, kind, text}]`, sorted by name; `kind` is `script`, `json` or `template`. Throws for a file that has no place in the package. */
export async function kinds(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'))
    .filter((name) => !TOOLS.test(name))
    .sort();
  const astray = names.filter((name) => KINDS[path.extname(name)] === undefined);
  if (astray.length > 0) throw new Error(`no place in the mini-program (style belongs into style/, logic into crates/screens): ${astray.join(', ')}`);
  return Promise.all(names.map(async (name) => ({ name, kind: KINDS[path.extname(name)], text: await readFile(path.join(folder, name), 'utf8') })));
}

/**
 * TypeScript as the JavaScript engines of 2018 and WeChat's loader take it: file by file, because WeChat packs by itself, and by TypeScript's own
 * compiler, because what comes out is read in the developer tools. `undefined` for a file of types alone.
 */
export function script(name, text) {
  const { statements } = ts.createSourceFile(name, text, ts.ScriptTarget.ES2020);
  if (statements.every((each) => ts.isInterfaceDeclaration(each) || ts.isTypeAliasDeclaration(each) || (ts.isImportDeclaration(each) && each.importClause?.isTypeOnly))) return undefined;
  const { outputText, diagnostics } = ts.transpileModule(text, {
    fileName: name,
    reportDiagnostics: true,
    compilerOptions: { target: ts.ScriptTarget.ES2018, module: ts.ModuleKind.CommonJS, isolatedModules: true, removeComments: true },
  });
  if (diagnostics.length > 0) throw new Error(`miniprogram/${name}: ${ts.flattenDiagnosticMessageText(diagnostics[0].messageText, '\n')}`);
  return outputText;
}
