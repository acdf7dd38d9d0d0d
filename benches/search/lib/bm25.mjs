// @ts-check
// The baseline that needs no engine: BM25 over whole pages, in Porter's stems, without stop words.
//
// Okapi BM25 (Robertson and Zaragoza, “The Probabilistic Relevance Framework”, 2009), k1 1.2 and b 0.75. Title, headings
// and text of a page are one bag of words. Titles count no more, nothing is forgiven, no word is read as a beginning.

import { stemmer } from "stemmer";

const [K1, B] = [1.2, 0.75];

/** What Snowball's list for English holds, without its contracted forms. */
const STOP_WORDS = new Set(
  `i me my myself we our ours ourselves you your yours yourself yourselves he him his himself she her hers herself it its itself they
  them their theirs themselves what which who whom this that these those am is are was were be been being have has had having do does
  did doing would should could ought a an the and but if or because as until while of at by for with about against between into
  through during before after above below to from up down in out on off over under again further then once here there when where why
  how all any both each few more most other some such no nor not only own same so than too very can will just don now s t`.split(/\s+/),
);

/** The stems of a text, in its order. @param {string} text */
function stemsOf(text) {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return words.filter((word) => !STOP_WORDS.has(word)).map((word) => stemmer(word));
}

/** @param {import("./book.mjs").Page[]} pages */
export function bm25(pages) {
  /** How often each stem is on which page. @type {Map<string, Map<number, number>>} */
  const postings = new Map();
  const lengths = pages.map(({ text }, page) => {
    const stems = stemsOf(text);
    for (const stem of stems) {
      const posting = postings.get(stem) ?? new Map();
      postings.set(stem, posting.set(page, (posting.get(page) ?? 0) + 1));
    }
    return stems.length;
  });
  const average = lengths.reduce((sum, length) => sum + length, 0) / (pages.length || 1);
  /** The addresses of the best pages. @param {string} query @param {number} limit */
  return function ask(query, limit) {
    /** @type {Map<number, number>} */
    const scores = new Map();
    for (const stem of new Set(stemsOf(query))) {
      const posting = postings.get(stem) ?? new Map();
      const rarity = Math.log(1 + (pages.length - posting.size + 0.5) / (posting.size + 0.5));
      for (const [page, count] of posting) {
        const score = (rarity * count * (K1 + 1)) / (count + K1 * (1 - B + (B * lengths[page]) / average));
        scores.set(page, (scores.get(page) ?? 0) + score);
      }
    }
    const best = [...scores].sort(([page, score], [otherPage, other]) => other - score || page - otherPage);
    return best.slice(0, limit).map(([page]) => pages[page].url);
  };
}
