// What a check finds, and how it is said.

/** Chinese characters and Chinese punctuation. */
export const HAN = /[\p{Script=Han}\u3000-\u303f\uff00-\uffef]/u;

/** Something wrong at a place in a file. */
export function problem(file, source, start, message) {
  const before = source.slice(0, start).split('\n');
  return { file, line: before.length, column: before.at(-1).length + 1, message };
}

/** As a compiler says it. */
export const sentence = ({ file, line, column, message }) => (line === undefined ? `${file}: ${message}` : `${file}:${line}:${column}: ${message}`);
