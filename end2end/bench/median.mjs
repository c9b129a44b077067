// Small arithmetic and printing for the benches.

/** The middle value. */
export function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** `812 (790–861)`: the median, and the quarter and three quarter marks. */
export function spread(values, digits = 0) {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (share) => sorted[Math.round((sorted.length - 1) * share)].toFixed(digits);
  return `${median(values).toFixed(digits)} (${at(0.25)}–${at(0.75)})`;
}

/** Lines of cells under each other; the first cell of a line to the left, the others to the right. */
export function table(lines) {
  const widths = lines[0].map((_, column) => Math.max(...lines.map((line) => line[column].length)));
  return lines.map((line) => line.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join('   ')).join('\n');
}

/** Prints whether a figure keeps to its budget, and makes the bench fail if it does not. */
export function judge(what, value, budget, unit = '×') {
  const good = value <= budget;
  const text = (number) => (unit === '×' ? `${number.toFixed(2)} ×` : `${Math.round(number).toLocaleString('en')} ${unit}`);
  console.log(`${good ? 'within' : 'OVER  '} budget   ${what}: ${text(value)}, allowed ${text(budget)}`);
  if (!good) process.exitCode = 1;
}
