// @ts-check
// Figures as people read them.

/** @param {number[]} values @param {number} [share] half of them are below the median */
export function quantile(values, share = 0.5) {
  const sorted = [...values].sort((one, other) => one - other);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? 0;
}

/** @param {number[]} values */
export const mean = (values) => values.reduce((sum, value) => sum + value, 0) / (values.length || 1);

/** @param {number} bytes */
export const kB = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

/** @param {(string | number)[]} cells */
export const printRow = (cells) => console.log(`| ${cells.join(" | ")} |`);

/** @param {string[]} head */
export function printHead(head) {
  console.log("");
  printRow(head);
  console.log(`|${head.map((_, at) => (at < 2 ? "---" : "--:")).join("|")}|`);
}

/** @param {string[]} head @param {(string | number)[][]} rows */
export function printTable(head, rows) {
  printHead(head);
  rows.forEach(printRow);
}
