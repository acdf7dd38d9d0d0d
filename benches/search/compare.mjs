// @ts-check
// Compares what a search transfers and how long it takes with Pagefind, on the same pages, in headless Chromium.
//
//     npm ci --prefix benches/search
//     PRECEDENT=target/release/precedent node benches/search/compare.mjs FOLDER…
//
// Needs `openssl` and a Chromium (CHROME names one elsewhere). Every query is asked in a new, empty browser context, for
// eight results with their excerpts; then the next query in the same page. Bytes are those of bodies as they are sent, over
// HTTP/2 and with gzip for text alone. Queries are one to three words in a row of a title or heading, the same each time.
// Figures are medians over the queries. The empty page has opened the connection before the clock begins. The network is
// simulated: an answer waits one round trip, and all answers share the line; slow start and lost packets are not.

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join, resolve } from "node:path";
import { indexOnDisk, pagefindSite, pagesOf, partOf, precedentSite, secondsWithoutSearch } from "./lib/book.mjs";
import { inDialog, launch, visit } from "./lib/browser.mjs";
import { LOOPBACK, ORDINARY, host, identity } from "./lib/host.mjs";
import { kB, printTable, quantile } from "./lib/table.mjs";
import { random, telling } from "./lib/words.mjs";

/** @typedef {import("./lib/browser.mjs").Engine} Engine */
/** @typedef {import("./lib/book.mjs").Indexed} Indexed */
/** @typedef {{requests: number, bytes: number, code: number, index: number, texts: number, first: number, all: number}} Visit */
/** @typedef {{cold: Visit, following: Visit}} Visits */

/** How many queries are asked. */
const QUERIES = Number(process.env.QUERIES ?? 18);
const SEED = 20261125;
const LIMIT = 8;

/** @param {import("./lib/book.mjs").Page[]} pages */
function queriesOf(pages) {
  const pick = random(SEED);
  const sources = pages.flatMap(({ title, headings }) => [title, ...headings]).map((text) => telling(text).filter((word) => word.length > 2));
  return Array.from({ length: QUERIES }, (_, at) => {
    const count = 1 + (at % 3);
    const long = sources.filter((words) => words.length >= count);
    const words = long[pick(long.length)];
    const start = pick(words.length - count + 1);
    return words.slice(start, start + count).join(" ").toLowerCase();
  });
}

/** What was sent for an answer. @param {import("./lib/host.mjs").Sent[]} sent @param {import("./lib/browser.mjs").Answer} answer @returns {Visit} */
function told(sent, { first, all }) {
  const bytesOf = (/** @type {string | undefined} */ part) => sent.filter(({ path }) => !part || partOf(path) === part).reduce((sum, { bytes }) => sum + bytes, 0);
  const told = { requests: sent.length, bytes: bytesOf(undefined), code: bytesOf("code"), index: bytesOf("index"), texts: bytesOf("texts"), first, all };
  sent.length = 0;
  return told;
}

/**
 * @param {import("playwright-core").Browser} browser @param {import("./lib/host.mjs").Host} server
 * @param {Engine} engine @param {string} site @param {string[]} queries @returns {Promise<Visits[]>}
 */
async function visits(browser, server, engine, site, queries) {
  const all = [];
  for (const [at, query] of queries.entries()) {
    const context = await browser.newContext();
    const page = await visit(await context.newPage(), server.url, engine, site);
    server.sent.length = 0;
    const cold = told(server.sent, await page.cold(query, { limit: LIMIT }));
    const [answer] = await page.ask([queries[(at + 1) % queries.length]], { limit: LIMIT });
    all.push({ cold, following: told(server.sent, answer) });
    await context.close();
  }
  return all;
}

/**
 * How long a query takes in the open dialog, each in a new browser context.
 * @param {import("playwright-core").Browser} browser @param {import("./lib/host.mjs").Host} server
 * @param {import("./lib/browser.mjs").Entry} entry @param {string[]} queries @returns {Promise<number[]>}
 */
async function dialogs(browser, server, entry, queries) {
  const all = [];
  for (const query of queries) {
    const context = await browser.newContext();
    all.push(await inDialog(await context.newPage(), server.url, query, entry));
    await context.close();
  }
  return all;
}

/** @param {Visits[]} all @param {keyof Visits} which @param {keyof Visit} figure */
const median = (all, which, figure) => quantile(all.map((visits) => visits[which][figure]));

const folders = process.argv.slice(2);
if (!folders.length) throw new Error("usage: node benches/search/compare.mjs FOLDER…");
const scratch = mkdtempSync(join(tmpdir(), "search-compare-"));
const certificate = identity(scratch);
const browser = await launch(certificate);
const [transfers, times, entered, disks] = [/** @type {any[][]} */ ([]), /** @type {any[][]} */ ([]), /** @type {any[][]} */ ([]), /** @type {any[][]} */ ([])];
const milliseconds = (/** @type {number} */ time) => time.toFixed(0);
try {
  for (const [at, folder] of folders.entries()) {
    const [book, name, place] = [resolve(folder), basename(resolve(folder)), join(scratch, `${at}`)];
    const ours = precedentSite(book, join(place, "precedent"));
    ours.seconds = Math.max(0, ours.seconds - secondsWithoutSearch(book, place));
    const pages = pagesOf(ours.folder);
    const theirs = pagefindSite(ours.folder, pages, join(place, "pagefind"));
    const queries = queriesOf(pages);
    console.log(`${name}, ${pages.length} pages: ${queries.join(", ")}`);
    for (const [engine, site] of /** @type {[Engine, Indexed][]} */ ([["Precedent", ours], ["Pagefind", theirs]])) {
      const server = await host(site.folder, certificate);
      const here = await visits(browser, server, engine, site.folder, queries);
      server.network = ORDINARY;
      const far = await visits(browser, server, engine, site.folder, queries);
      if (engine === "Precedent") {
        const told = (/** @type {number[]} */ all) => [0.5, 0.95].map((share) => milliseconds(quantile(all, share))).join(" / ");
        entered.push([name, told(await dialogs(browser, server, "pasted", queries)), told(await dialogs(browser, server, "typed", queries))]);
      }
      server.network = LOOPBACK;
      await server.close();
      const part = (/** @type {keyof Visit} */ figure) => (median(here, "cold", figure) / 1000).toFixed(1);
      transfers.push([
        name, engine, median(here, "cold", "requests"), kB(median(here, "cold", "bytes")), `${part("code")} / ${part("index")} / ${part("texts")}`,
        kB(quantile(here.map(({ cold }) => cold.bytes), 0.95)), median(here, "following", "requests"), kB(median(here, "following", "bytes")),
      ]);
      const both = (/** @type {Visits[]} */ all, /** @type {keyof Visits} */ which) => `${milliseconds(median(all, which, "first"))} / ${milliseconds(median(all, which, "all"))}`;
      times.push([name, engine, both(here, "cold"), both(here, "following"), both(far, "cold"), both(far, "following")]);
      const { files, bytes } = indexOnDisk(site.folder);
      disks.push([name, engine, pages.length, files, kB(bytes), `${site.seconds.toFixed(2)} s`]);
    }
  }
} finally {
  await browser.close();
  rmSync(scratch, { recursive: true });
}
printTable(["corpus", "engine", "requests cold", "bytes cold", "code / index / texts, kB", "bytes cold, 95 %", "requests following", "bytes following"], transfers);
console.log("\nMilliseconds until the first of the results, and until all eight, can be shown:");
printTable(["corpus", "engine", "loopback cold", "loopback following", "60 ms, 20 Mbit/s cold", "60 ms, 20 Mbit/s following"], times);
console.log("\nMilliseconds at 60 ms and 20 Mbit/s from the last letter in the open dialog of Precedent until results are shown, median and 95 %:");
printTable(["corpus", "pasted", "typed"], entered);
console.log("\nIndex time: of Precedent, what the search adds to a clean build; of Pagefind, its whole run.");
printTable(["corpus", "engine", "pages", "index files", "index on disk", "index time"], disks);
