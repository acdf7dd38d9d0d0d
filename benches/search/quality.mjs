// @ts-check
// Scores the ranking beside Pagefind's and BM25's, on queries of which it is known which page is meant.
//
//     npm ci --prefix benches/search
//     PRECEDENT=target/release/precedent node benches/search/quality.mjs FOLDER…
//     ENGINE=terminal SETS=questions,heading MISSES=1 node benches/search/quality.mjs FOLDER…
//
// Needs `openssl` and a Chromium (CHROME names one elsewhere). With ENGINE=terminal it needs neither: the program itself is
// asked, and Pagefind is left out. SETS chooses sets by name. MISSES=1 lists, on the error output, the queries whose page
// Precedent does not show first. BM25 is that of `lib/bm25.mjs`: whole pages, stems, no stop words.
//
// The sets, each of at most QUERIES (200) queries, evenly spread:
//
// - questions: as people type them, judged by somebody who has read the pages: `questions/NAME.json`, NAME being the base
//   name of the folder (`lib/questions.mjs`). Any of the pages named is right.
// - description: `description` or `summary` of the front matter, its first six telling words. The key is taken out of a
//   copy of the folder before anything is indexed, for all sets; a description that the page's text repeats is no query.
// - old address: the words of a redirect's last part → the page it leads to.
// - title, title with a typo, title half typed: up to six words of a title that one page has; one slip in a word of five
//   letters or more; the last word cut to 60 %, searched as when typing.
// - heading: a heading of two words or more that one page has.
// - commit: the subject of a commit that changed one page alone, where the folder itself is a Git repository.
// - superseded: the words that the titles of a superseded record and its successor share, in the form of the older one. The
//   answer is right when the successor stands before the superseded record, wherever.
// - base form: the base form of a word that one page has, where no page has the base form or another form of the word.
// - number: a version, time or price (`3.12`, `10:36`, `1,240`) that stands on one page.
// - hyphenated word: `hand-over` that stands on one page, asked as `handover` and as `hand over`, of which no page has either.
// - closed word: `timeout` that stands on one page, asked as `time-out` and as `time out`, of two words that other pages have.
// - identifier: `snake_case`, `camelCase` or `a::b` that one page has. Long identifier: one of more than 40 characters.
//
// The same folder gives the same queries. An answer counts when the page is among the first ten. Between the engines, the
// mean difference of the reciprocal ranks with its 95 % interval.

import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { bm25 } from "./lib/bm25.mjs";
import { pagefindSite, pagesOf, precedentSite } from "./lib/book.mjs";
import { launch, visit } from "./lib/browser.mjs";
import { takeDescriptions } from "./lib/facts.mjs";
import { host, identity } from "./lib/host.mjs";
import { difference, printMisses, scored } from "./lib/scores.mjs";
import { setsOf } from "./lib/sets.mjs";
import { mean, printHead, printRow } from "./lib/table.mjs";
import { terminal } from "./lib/terminal.mjs";

/** @typedef {import("./lib/sets.mjs").JudgedSet} JudgedSet */
/** @typedef {(set: JudgedSet) => Promise<string[][]>} Ask returns the addresses found for each query */

const SEEN = 10;
const { ENGINE, SETS, MISSES } = process.env;
const inTerminal = ENGINE === "terminal";
if (ENGINE && !inTerminal) throw new Error(`ENGINE=${ENGINE} is unknown: it is \`terminal\`, or unset for the browser`);

const folders = process.argv.slice(2);
if (!folders.length) throw new Error("usage: node benches/search/quality.mjs FOLDER…");
const scratch = mkdtempSync(join(tmpdir(), "search-quality-"));
const certificate = inTerminal ? undefined : identity(scratch);
const browser = certificate && (await launch(certificate));

/** Asks an engine in the browser. @param {import("./lib/browser.mjs").Engine} engine @param {string} site @param {JudgedSet[]} sets */
async function inBrowser(engine, site, sets) {
  if (!browser || !certificate) throw new Error("there is no browser");
  const server = await host(site, certificate);
  const context = await browser.newContext();
  const page = await visit(await context.newPage(), server.url, engine, site);
  await page.open();
  const all = [];
  for (const { judged, typing } of sets) {
    const answers = await page.ask(judged.map(({ query }) => query), { limit: SEEN, typing });
    all.push(answers.map(({ pages }) => pages));
  }
  await context.close();
  await server.close();
  return all;
}

/** Asks the program. @param {string} book @param {string} cache @param {Set<string>} urls @param {JudgedSet[]} sets */
async function byProgram(book, cache, urls, sets) {
  const program = terminal(book, cache, urls);
  try {
    const all = [];
    for (const { judged, typing } of sets) all.push(await program.ask(judged.map(({ query }) => query), { limit: SEEN, typing }));
    return all;
  } finally {
    program.stop();
  }
}

/** Prints the rows of a folder. @param {string} name @param {JudgedSet[]} sets @param {[string, string[][][]][]} engines the answers to each set, by engine */
function printRows(name, sets, engines) {
  sets.forEach((set, at) => {
    const mine = engines.map(([engine, all]) => /** @type {[string, string[][]]} */ ([engine, all[at]]));
    const scores = mine.map(([, answers]) => scored(set.judged, answers));
    const each = (/** @type {(score: (typeof scores)[0]) => number} */ figure) => scores.map((score) => figure(score).toFixed(3)).join(" / ");
    const differences = scores.slice(1).map(({ reciprocal }) => difference(scores[0].reciprocal, reciprocal));
    printRow([
      name, `${set.name} (${set.judged.length})`, each(({ reciprocal }) => mean(reciprocal)), ...differences,
      each(({ first }) => first), each(({ found }) => found), each(({ nothing }) => nothing),
    ]);
    if (MISSES) printMisses(set, mine);
  });
}

const names = inTerminal ? ["Precedent", "BM25"] : ["Precedent", "Pagefind", "BM25"];
printHead(["corpus", "set (queries)", `MRR@10 ${names.join(" / ")}`, ...names.slice(1).map((name) => `over ${name}`), "hit@1", "recall@10", "no result"]);
try {
  for (const [number, folder] of folders.entries()) {
    const [name, place] = [basename(resolve(folder)), join(scratch, `${number}`)];
    const [book, cache] = [join(place, "book"), join(place, "cache")];
    cpSync(resolve(folder), book, { recursive: true });
    const descriptions = takeDescriptions(book);
    const site = precedentSite(book, join(place, "precedent")).folder;
    const pages = pagesOf(site);
    const sets = setsOf({ name, book, site, cache, pages, descriptions }, SETS?.split(","));
    /** @type {[string, string[][][]][]} */
    const engines = inTerminal
      ? [["Precedent", await byProgram(book, cache, new Set(pages.map(({ url }) => url)), sets)]]
      : [
          ["Precedent", await inBrowser("Precedent", site, sets)],
          ["Pagefind", await inBrowser("Pagefind", pagefindSite(site, pages, join(place, "pagefind")).folder, sets)],
        ];
    const baseline = bm25(pages);
    engines.push(["BM25", sets.map(({ judged }) => judged.map(({ query }) => baseline(query, SEEN)))]);
    printRows(name, sets, engines);
  }
} finally {
  await browser?.close();
  rmSync(scratch, { recursive: true });
}
