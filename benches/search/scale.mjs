// @ts-check
// Measures a keystroke and the memory of a page on a large book, for Precedent and for Pagefind.
//
//     npm ci --prefix benches/search
//     PRECEDENT=target/release/precedent node benches/search/scale.mjs FOLDER [PAGES]
//
// Needs `openssl` and a Chromium (CHROME names one elsewhere). The book has PAGES pages, 10,000 without, of words of FOLDER
// by Zipf's law: harder than a real one, where a word keeps to few pages. Queries are one to three of its words. Cold, each
// is asked in an empty browser context, and the next one after it. Then each is typed letter by letter, every beginning asked in turn for eight results;
// the second time everything is there that the first has fetched: that is the time of a keystroke. Memory, beyond that of an
// empty page, is what the browser says of the page and its workers after collecting garbage, which leaves out WebAssembly,
// and what the page's process has for itself on Linux: after the first query, and after all of them. FILES=1 lists the
// files of the first query.

import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { indexOnDisk, pagefindSite, pagesOf, partOf, precedentSite } from "./lib/book.mjs";
import { launch, visit } from "./lib/browser.mjs";
import { EMPTY, host, identity } from "./lib/host.mjs";
import { vocabularyOf, writeBook } from "./lib/generate.mjs";
import { kB, printTable, quantile } from "./lib/table.mjs";
import { random } from "./lib/words.mjs";

const [folder, count = "10000"] = process.argv.slice(2);
if (!folder) throw new Error("usage: node benches/search/scale.mjs FOLDER [PAGES]");
const LIMIT = 8;
const QUERIES = 12;

/** A median and how far it goes. @param {number[]} all */
const times = (all) => [0.5, 0.95, 1].map((share) => quantile(all, share).toFixed(1)).join(" / ");

/** Words from all over a vocabulary, the frequent ones and the rare. @param {string[]} vocabulary */
function queriesOf(vocabulary) {
  const pick = random(7);
  const known = vocabulary.slice(0, 8000).filter((word) => word.length > 3);
  const one = () => known[Math.floor(known.length ** (pick(1000) / 1000))];
  return Array.from({ length: QUERIES }, (_, at) => Array.from({ length: 1 + (at % 3) }, one).join(" "));
}

/** What was in the field after each letter. @param {string} query */
const typed = (query) => [...query].map((_, at) => query.slice(0, at + 1)).filter((text) => text.length > 1 && !text.endsWith(" "));

/** @param {import("playwright-core").Page} page @returns {Promise<number>} bytes */
const memoryOf = (page) => page.evaluate(async () => (await /** @type {any} */ (performance).measureUserAgentSpecificMemory()).bytes);

/** Bytes that the browser's renderers have for themselves, by process; none where the system does not say. @param {import("playwright-core").CDPSession} session */
async function renderers(session) {
  /** @type {Map<number, number>} */
  const bytes = new Map();
  const { processInfo } = await session.send("SystemInfo.getProcessInfo");
  for (const { id } of processInfo.filter(({ type }) => type === "renderer")) {
    try {
      const rollup = readFileSync(`/proc/${id}/smaps_rollup`, "utf8");
      bytes.set(id, [...rollup.matchAll(/^Private_\w+: +(\d+) kB/gm)].reduce((sum, [, kilobytes]) => sum + Number(kilobytes) * 1024, 0));
    } catch {
      // No Linux, or the process has ended.
    }
  }
  return bytes;
}

const scratch = mkdtempSync(join(tmpdir(), "search-scale-"));
const certificate = identity(scratch);
const browser = await launch(certificate);
const rows = [];
let terminal = "";
try {
  const vocabulary = vocabularyOf(resolve(folder));
  const book = join(scratch, "book");
  writeBook(book, vocabulary, Number(count));
  const ours = precedentSite(book, join(scratch, "precedent"));
  const pages = pagesOf(ours.folder);
  const theirs = pagefindSite(ours.folder, pages, join(scratch, "pagefind"));
  const queries = queriesOf(vocabulary);
  console.log(`${pages.length} pages, ${vocabulary.length} words; typed: ${queries.join(", ")}`);
  terminal = execFileSync(process.execPath, [fileURLToPath(new URL("terminal.mjs", import.meta.url)), book, ...queries], { encoding: "utf8" });
  for (const [engine, site] of /** @type {const} */ ([["Precedent", ours], ["Pagefind", theirs]])) {
    const server = await host(site.folder, certificate);
    const [cold, following] = [/** @type {number[]} */ ([]), /** @type {number[]} */ ([])];
    for (const query of queries) {
      const context = await browser.newContext();
      const page = await visit(await context.newPage(), server.url, engine, site.folder);
      await page.cold(query, { limit: LIMIT });
      const sent = () => server.sent.splice(0).reduce((sum, { bytes }) => sum + bytes, 0);
      cold.push(sent());
      await page.ask([queries[(queries.indexOf(query) + 1) % queries.length]], { limit: LIMIT });
      following.push(sent());
      await context.close();
    }
    const context = await browser.newContext();
    const window = await context.newPage();
    await window.goto(server.url + EMPTY);
    const session = await browser.newBrowserCDPSession();
    const empty = await memoryOf(window);
    const emptyRenderers = await renderers(session);
    // The page's own process is the one that grows most.
    const grown = async () => Math.max(0, ...[...(await renderers(session))].map(([id, bytes]) => bytes - (emptyRenderers.get(id) ?? Infinity)));
    const page = await visit(window, server.url, engine, site.folder);
    server.sent.length = 0;
    await page.cold(queries[0], { limit: LIMIT });
    const sentFirst = server.sent.map(({ path, bytes }) => ({ part: partOf(path), path, bytes }));
    const afterFirst = [(await memoryOf(window)) - empty, await grown()];
    const [keystrokes, last] = [/** @type {number[]} */ ([]), /** @type {number[]} */ ([])];
    server.sent.length = 0;
    for (const query of queries) {
      const letters = typed(query);
      await page.ask(letters, { limit: LIMIT, typing: true });
      keystrokes.push(...(await page.ask(letters, { limit: LIMIT, typing: true })).map(({ all }) => all));
      last.push((await page.ask([query], { limit: LIMIT }))[0].all);
    }
    const sent = server.sent.reduce((sum, { bytes }) => sum + bytes, 0) / queries.length;
    const afterAll = [(await memoryOf(window)) - empty, await grown()];
    const bytes = (/** @type {string} */ part) => sentFirst.filter((one) => one.part === part).reduce((sum, one) => sum + one.bytes, 0);
    const megabytes = (/** @type {number} */ bytes) => `${(bytes / 1e6).toFixed(1)} MB`;
    const disk = indexOnDisk(site.folder);
    rows.push([
      engine, pages.length, times(keystrokes), times(last), afterFirst.map(megabytes).join(" / "), afterAll.map(megabytes).join(" / "),
      `${kB(quantile(cold))} / ${kB(Math.max(...cold))}`, `${kB(quantile(following))} / ${kB(Math.max(...following))}`, `${kB(bytes("code") + bytes("index") + bytes("texts"))} (${["code", "index", "texts"].map((part) => kB(bytes(part))).join(", ")})`, kB(sent), disk.files, megabytes(disk.bytes), `${site.seconds.toFixed(1)} s`,
    ]);
    if (process.env.FILES) for (const { path, bytes } of sentFirst) console.log(`  ${engine} ${path} ${bytes}`);
    await context.close();
    await server.close();
  }
} finally {
  await browser.close();
  rmSync(scratch, { recursive: true });
}
console.log("\nTimes are medians / 95 % / the longest, in milliseconds. Build time: Precedent's whole build; Pagefind's run alone.");
printTable(["engine", "pages", "keystroke", "whole query again", "memory, first query", "memory, all queries", "bytes cold, median / most", "bytes following, median / most", "bytes of the first query", "bytes of typing a query", "index files", "index on disk", "build time"], rows);
console.log(`\n${terminal}`);
