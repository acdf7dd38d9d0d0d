// @ts-check
// Writes a book of any size in the words of another: how often a word comes follows Zipf's law, as in what people write.

import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { filesBelow } from "./book.mjs";
import { random } from "./words.mjs";

/** Words of all the text of a folder, the most frequent first. @param {string} folder */
export function vocabularyOf(folder) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const name of filesBelow(folder).filter((name) => name.endsWith(".md"))) {
    for (const [word] of readFileSync(join(folder, name), "utf8").matchAll(/[A-Za-z][A-Za-z']{1,19}/g)) counts.set(word.toLowerCase(), (counts.get(word.toLowerCase()) ?? 0) + 1);
  }
  return [...counts].sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1)).map(([word]) => word);
}

/**
 * Writes a book of decisions: 2 to 7 sections of 40 to 160 words each. The same vocabulary gives the same book.
 * @param {string} folder @param {string[]} vocabulary @param {number} pages
 */
export function writeBook(folder, vocabulary, pages) {
  const pick = random(pages);
  // The sum of the frequencies 1, 1/2, 1/3… up to each word; a number below the last is a word by how often it comes.
  let sum = 0;
  const until = vocabulary.map((_, at) => (sum += 1 / (at + 1)));
  const word = () => {
    const wanted = (pick(2 ** 30) / 2 ** 30) * sum;
    let [low, high] = [0, until.length - 1];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (until[middle] < wanted) low = middle + 1;
      else high = middle;
    }
    return vocabulary[low];
  };
  const words = (/** @type {number} */ count) => Array.from({ length: count }, word).join(" ");
  const write = (/** @type {string} */ name, /** @type {string} */ text) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  write("book.toml", '[book]\ntitle = "Generated"\nsrc = "docs"\n');
  write("docs/index.md", "# Generated\n\nA generated book.\n");
  const statuses = ["accepted", "accepted", "accepted", "proposed", "rejected"];
  for (let page = 1; page <= pages; page += 1) {
    const number = String(page).padStart(5, "0");
    const sections = Array.from({ length: 2 + pick(6) }, () => `## ${words(1 + pick(4))}\n\n${words(40 + pick(120))}.\n\n${words(40)}.\n`);
    const day = `20${10 + pick(16)}-${String(1 + pick(12)).padStart(2, "0")}-${String(1 + pick(28)).padStart(2, "0")}`;
    write(
      `docs/area-${String(Math.floor(page / 200)).padStart(3, "0")}/decisions/${number}-${word().replaceAll("'", "")}.md`,
      `---\nstatus: ${statuses[pick(5)]}\ndate: ${day}\n---\n# ${words(2 + pick(5))}\n\n${words(60)}.\n\n${sections.join("\n")}`,
    );
  }
}
