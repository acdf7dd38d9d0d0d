// @ts-check
// The sets of queries of a folder, each query with the pages that are right. `quality.mjs` says what they are.

import { commitsOf, redirectsOf, successionsOf, wordsOfAddress } from "./facts.mjs";
import { questionsOf } from "./questions.mjs";
import { baseForms, closedWords, hyphenatedWords, identifiers, longIdentifiers, numbers, sharedTitles } from "./rules.mjs";
import { halfTyped, plain, random, spread, telling, withTypo } from "./words.mjs";

/** @typedef {import("./book.mjs").Page} Page */
/** @typedef {{query: string, urls: string[], before?: string}} Judged any of `urls` is right; with `before`, it is if it stands before that one */
/** @typedef {{name: string, judged: Judged[], typing: boolean}} JudgedSet */
/** @typedef {{name: string, book: string, site: string, cache: string, pages: Page[], descriptions: Map<string, string>}} Corpus */

const MOST = Number(process.env.QUERIES ?? 200);
const SEED = 20261125;

/** Keeps those of which no other says the same. @param {Judged[]} judged */
function unique(judged) {
  const key = (/** @type {Judged} */ { query }) => query.toLowerCase();
  const counts = new Map();
  for (const one of judged) counts.set(key(one), (counts.get(key(one)) ?? 0) + 1);
  return judged.filter((one) => counts.get(key(one)) === 1);
}

/** @param {Page[]} pages @returns {Judged[]} */
function titlesOf(pages) {
  const titles = pages.map(({ title, url }) => ({ query: plain(title).split(" ").slice(0, 6).join(" "), urls: [url] }));
  return unique(titles).filter(({ query }) => /\p{L}{3}/u.test(query));
}

/** What each set takes from a folder, by its name. @param {Corpus} corpus @returns {Record<string, () => Judged[]>} */
function makersOf({ name, book, site, cache, pages, descriptions }) {
  const urls = new Set(pages.map(({ url }) => url));
  const urlOf = new Map(pages.map(({ path, url }) => [path, url]));
  const titles = titlesOf(pages);
  const changed = (/** @type {(query: string) => string | undefined} */ change) =>
    titles.flatMap(({ query, urls }) => {
      const other = change(query);
      return other ? [{ query: other, urls }] : [];
    });
  const byPath = (/** @type {string} */ path, /** @type {string} */ query) => {
    const url = urlOf.get(path);
    return url && query.includes(" ") ? [{ query, urls: [url] }] : [];
  };
  return {
    questions: () => questionsOf(name, pages),
    description: () => [...descriptions].flatMap(([path, text]) => byPath(path, telling(text).slice(0, 6).join(" "))),
    "old address": () => {
      const redirects = redirectsOf(book, site).filter(({ from, to }) => urls.has(to) && wordsOfAddress(from) !== wordsOfAddress(to));
      return unique(redirects.map(({ from, to }) => ({ query: wordsOfAddress(from), urls: [to] }))).filter(({ query }) => query);
    },
    title: () => titles,
    "title with a typo": () => {
      const pick = random(SEED);
      return changed((query) => withTypo(query, pick));
    },
    "title half typed": () => changed(halfTyped),
    heading: () => {
      const known = new Set(titles.map(({ query }) => query.toLowerCase()));
      const headings = pages.flatMap(({ url, headings }) => [...new Set(headings.map(plain))].map((query) => ({ query, urls: [url] })));
      return unique(headings).filter(({ query }) => telling(query).length > 1 && query.split(" ").length <= 8 && !known.has(query.toLowerCase()));
    },
    commit: () => commitsOf(book).flatMap(({ path, query }) => byPath(path, query)),
    superseded: () => sharedTitles(successionsOf(book, cache)).filter(({ urls: [url] }) => urls.has(url)),
    "base form": () => baseForms(pages),
    number: () => numbers(pages),
    "hyphenated word": () => hyphenatedWords(pages),
    "closed word": () => closedWords(pages),
    identifier: () => identifiers(pages),
    "long identifier": () => longIdentifiers(pages),
  };
}

/** @param {Corpus} corpus @param {string[]} [names] those sets alone @returns {JudgedSet[]} */
export function setsOf(corpus, names) {
  const makers = makersOf(corpus);
  const unknown = names?.find((name) => !(name in makers));
  if (unknown) throw new Error(`no set is called ${unknown}; there are ${Object.keys(makers).join(", ")}`);
  return Object.entries(makers)
    .filter(([name]) => !names || names.includes(name))
    .map(([name, make]) => ({ name, judged: spread(make(), MOST), typing: name === "title half typed" }))
    .filter(({ judged }) => judged.length);
}
