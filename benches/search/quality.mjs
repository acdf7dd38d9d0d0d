// @ts-check
// Scores the ranking beside Pagefind's, on queries of which public facts say which page is meant.
//
//     npm ci --prefix benches/search
//     PRECEDENT=target/release/precedent node benches/search/quality.mjs FOLDER…
//
// Needs `openssl` and a Chromium (CHROME names one elsewhere). The sets, each of at most 200 queries, evenly spread:
//
// - description: `description` or `summary` of the front matter, its first six telling words. The key is taken out of a
//   copy of the folder before anything is indexed; a description that the page's text repeats is no query.
// - old address: the words of a redirect's last part → the page it leads to.
// - title, title with a typo, title half typed: up to six words of a title that one page has; one slip in a word of five
//   letters or more; the last word cut to 60 %, searched as when typing.
// - heading: a heading of two words or more that one page has.
// - commit: the subject of a commit that changed one page alone, where the folder itself is a Git repository.
//
// The same folder gives the same queries. An answer counts when the page is among the first ten. Between the engines, the
// mean difference of the reciprocal ranks with its 95 % interval. With MISSES=1 the error output lists queries whose page
// Precedent ranks behind Pagefind.

import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { filesBelow, pagefindSite, pagesOf, precedentSite } from "./lib/book.mjs";
import { launch, visit } from "./lib/browser.mjs";
import { host, identity } from "./lib/host.mjs";
import { mean, printHead, printRow } from "./lib/table.mjs";
import { halfTyped, plain, random, shuffled, spread, telling, withTypo } from "./lib/words.mjs";

/** @typedef {import("./lib/browser.mjs").Engine} Engine */
/** @typedef {import("./lib/book.mjs").Page} Page */
/** @typedef {{query: string, url: string}} Judged */
/** @typedef {{name: string, judged: Judged[], typing?: boolean}} JudgedSet */

const MOST = Number(process.env.QUERIES ?? 200);
const SEED = 20261125;
const SEEN = 10;

// ---- The sets ----

/** Takes descriptions out of the pages of a copy; returns them by the path of the page. @param {string} book */
function takeDescriptions(book) {
  /** @type {Map<string, string>} */
  const taken = new Map();
  for (const path of filesBelow(book).filter((path) => path.endsWith(".md"))) {
    const markdown = readFileSync(join(book, path), "utf8");
    const front = /^\uFEFF?---\r?\n.*?\n---/s.exec(markdown)?.[0];
    const key = front && /^(?:description|summary):[ \t]*(.*(?:\n[ \t]+.*)*)\n/m.exec(front);
    if (!front || !key) continue;
    const text = key[1].replace(/^[|>][-+]?\s/, "").replace(/\s+/g, " ").trim().replace(/^(["'])(.*)\1$/, "$2");
    const rest = front.replace(key[0], "") + markdown.slice(front.length);
    writeFileSync(join(book, path), rest);
    const bare = (/** @type {string} */ text) => text.toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
    if (!bare(rest).includes(bare(text))) taken.set(path, text);
  }
  return taken;
}

/** Where old addresses lead: what the site redirects, and what an mdBook's settings say of lost anchors. @param {string} book @param {string} site */
function redirectsOf(book, site) {
  const pairs = filesBelow(site).filter((path) => path.endsWith(".html")).flatMap((path) => {
    const target = /http-equiv="refresh" content="0; url=([^"#]*)/.exec(readFileSync(join(site, path), "utf8"))?.[1];
    return target ? [[path, target]] : [];
  });
  const settings = existsSync(join(book, "book.toml")) ? readFileSync(join(book, "book.toml"), "utf8") : "";
  const table = /\[output\.html\.redirect\]\n([^[]*)/.exec(settings)?.[1] ?? "";
  pairs.push(...[...table.matchAll(/^"\/?(.*?#.*?)" = "(.*?)"/gm)].map(([, from, to]) => [from, to]));
  return pairs.map(([from, to]) => ({ from, to: decodeURIComponent(new URL(to, new URL(from.replace(/#.*/, ""), "https://site/")).pathname.slice(1)) }));
}

/** The words of the last part of an address. @param {string} address */
function wordsOfAddress(address) {
  const last = address.replace(/\/?(index)?\.html$/, "").split(/[/#]/).pop() ?? "";
  return last.split(/[-_.]+/).filter((word) => /\p{L}/u.test(word)).join(" ");
}

/** Subjects of commits that changed one page alone. @param {string} book */
function commitsOf(book) {
  if (!existsSync(join(book, ".git"))) return [];
  const log = execFileSync("git", ["-C", book, "log", "--no-merges", "--format=%x00%s", "--name-only"], { encoding: "utf8", maxBuffer: 2 ** 30 });
  return log.split("\0").flatMap((commit) => {
    const [subject, ...changed] = commit.split("\n").filter(Boolean);
    const words = telling((subject ?? "").replace(/^[\w ()/-]*:|[#(]+\d+\)?|\b[A-Z]+-?\d+\b/g, " ")).slice(0, 8);
    return changed.length === 1 && words.length > 2 ? [{ path: changed[0], query: words.join(" ") }] : [];
  });
}

/** Keeps those of which no other says the same. @param {Judged[]} judged */
function unique(judged) {
  const key = (/** @type {Judged} */ { query }) => query.toLowerCase();
  const counts = new Map();
  for (const one of judged) counts.set(key(one), (counts.get(key(one)) ?? 0) + 1);
  return judged.filter((one) => counts.get(key(one)) === 1);
}

/** @param {Page[]} pages @param {string} book @param {string} site @param {Map<string, string>} descriptions @returns {JudgedSet[]} */
function setsOf(pages, book, site, descriptions) {
  const pick = random(SEED);
  const urls = new Set(pages.map(({ url }) => url));
  const urlOf = new Map(pages.map(({ path, url }) => [path, url]));
  const titles = unique(pages.map(({ title, url }) => ({ query: plain(title).split(" ").slice(0, 6).join(" "), url }))).filter(({ query }) => /\p{L}{3}/u.test(query));
  const changed = (/** @type {(query: string) => string | undefined} */ change) =>
    titles.flatMap(({ query, url }) => {
      const other = change(query);
      return other ? [{ query: other, url }] : [];
    });
  const titleKeys = new Set(titles.map(({ query }) => query.toLowerCase()));
  const headings = pages.flatMap(({ url, headings }) => [...new Set(headings.map(plain))].map((query) => ({ query, url })));
  const byPath = (/** @type {string} */ path, /** @type {string} */ query) => {
    const url = urlOf.get(path);
    return url && query.includes(" ") ? [{ query, url }] : [];
  };
  const redirects = redirectsOf(book, site).filter(({ from, to }) => urls.has(to) && wordsOfAddress(from) !== wordsOfAddress(to));
  /** @type {JudgedSet[]} */
  const sets = [
    { name: "description", judged: [...descriptions].flatMap(([path, text]) => byPath(path, telling(text).slice(0, 6).join(" "))) },
    { name: "old address", judged: unique(redirects.map(({ from, to }) => ({ query: wordsOfAddress(from), url: to }))).filter(({ query }) => query) },
    { name: "title", judged: titles },
    { name: "title with a typo", judged: changed((query) => withTypo(query, pick)) },
    { name: "title half typed", judged: changed(halfTyped), typing: true },
    { name: "heading", judged: unique(headings).filter(({ query }) => telling(query).length > 1 && query.split(" ").length <= 8 && !titleKeys.has(query.toLowerCase())) },
    { name: "commit", judged: commitsOf(book).flatMap(({ path, query }) => byPath(path, query)) },
  ];
  return sets.map(({ judged, ...set }) => ({ ...set, judged: spread(judged, MOST) })).filter(({ judged }) => judged.length > 4);
}

// ---- The scores ----

/** What of a set was found where. @param {Judged[]} judged @param {string[][]} answers */
function scored(judged, answers) {
  const ranks = judged.map(({ url }, at) => answers[at].indexOf(url) + 1);
  const share = (/** @type {(rank: number) => boolean} */ holds) => ranks.filter(holds).length / ranks.length;
  return {
    reciprocal: ranks.map((rank) => (rank ? 1 / rank : 0)),
    first: share((rank) => rank === 1),
    found: share((rank) => rank > 0),
    nothing: answers.filter(({ length }) => !length).length / answers.length,
  };
}

/** @param {number[]} ours @param {number[]} theirs */
function difference(ours, theirs) {
  const differences = ours.map((one, at) => one - theirs[at]);
  const middle = mean(differences);
  const deviation = Math.sqrt(mean(differences.map((one) => (one - middle) ** 2)) / differences.length);
  return `${middle < 0 ? "−" : "+"}${Math.abs(middle).toFixed(3)} ± ${(1.96 * deviation).toFixed(3)}`;
}

/** @param {JudgedSet} set @param {string[][][]} answers of Precedent and of Pagefind */
function printMisses({ name, judged }, [ours, theirs]) {
  const place = (/** @type {string[]} */ answer, /** @type {string} */ url) => answer.indexOf(url) + 1 || Infinity;
  const behind = judged.map((one, at) => ({ ...one, at })).filter(({ url, at }) => place(ours[at], url) > place(theirs[at], url));
  for (const { query, url, at } of spread(shuffled(behind, random(SEED)), 10)) {
    console.error(`  ${name}: “${query}” → ${url}: ${place(ours[at], url)} after ${ours[at].slice(0, 2).join(", ")}; Pagefind ${place(theirs[at], url)}`);
  }
}

const folders = process.argv.slice(2);
if (!folders.length) throw new Error("usage: node benches/search/quality.mjs FOLDER…");
const scratch = mkdtempSync(join(tmpdir(), "search-quality-"));
const certificate = identity(scratch);
const browser = await launch(certificate);
printHead(["corpus", "set (queries)", "MRR@10 Precedent / Pagefind", "difference", "hit@1", "recall@10", "no result"]);
try {
  for (const [number, folder] of folders.entries()) {
    const [name, place] = [basename(resolve(folder)), join(scratch, `${number}`)];
    const book = join(place, "book");
    cpSync(resolve(folder), book, { recursive: true });
    const descriptions = takeDescriptions(book);
    const ours = precedentSite(book, join(place, "precedent")).folder;
    const pages = pagesOf(ours);
    const theirs = pagefindSite(ours, pages, join(place, "pagefind")).folder;
    const sets = setsOf(pages, book, ours, descriptions);
    /** The answers to each set. @param {Engine} engine @param {string} site */
    const answersOf = async (engine, site) => {
      const server = await host(site, certificate);
      const context = await browser.newContext();
      const page = await visit(await context.newPage(), server.url, engine, site);
      await page.open();
      const all = [];
      for (const { judged, typing = false } of sets) {
        const answers = await page.ask(judged.map(({ query }) => query), { limit: SEEN, typing });
        all.push(answers.map(({ pages }) => pages));
      }
      await context.close();
      await server.close();
      return all;
    };
    const answers = [await answersOf("Precedent", ours), await answersOf("Pagefind", theirs)];
    sets.forEach((set, at) => {
      const mine = answers.map((all) => all[at]);
      const scores = mine.map((all) => scored(set.judged, all));
      const [one, other] = scores;
      const both = (/** @type {(score: typeof one) => number} */ figure) => scores.map((score) => figure(score).toFixed(3)).join(" / ");
      printRow([
        name, `${set.name} (${set.judged.length})`, both(({ reciprocal }) => mean(reciprocal)), difference(one.reciprocal, other.reciprocal),
        both(({ first }) => first), both(({ found }) => found), both(({ nothing }) => nothing),
      ]);
      if (process.env.MISSES) printMisses(set, mine);
    });
  }
} finally {
  await browser.close();
  rmSync(scratch, { recursive: true });
}
