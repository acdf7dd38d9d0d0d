// @ts-check
// Makes two sites of one folder: Precedent's, and a copy of it that Pagefind has indexed.
//
// Pagefind reads the same pages: those in Precedent's index, of each its article. What a page shows beside its text, facts
// of the record and how long it takes to read, is left out, as Precedent leaves it out; kind and status are filters.

import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { inflateRawSync } from "node:zlib";

/** @typedef {{path: string, url: string, title: string, kind: string, status: string | null, headings: string[], text: string}} Page `text` has the title and the headings too */
/** @typedef {{folder: string, seconds: number}} Indexed a site, and how long its index took */

export const PRECEDENT = resolve(process.env.PRECEDENT ?? "target/release/precedent");
const pagefind = fileURLToPath(new URL("../node_modules/pagefind/lib/runner/bin.cjs", import.meta.url));

/** What stands around the pieces of a file of Precedent's index, and what they are a multiple of. */
const [PREFIX, SUFFIX, BLOCK] = [15, 2, 64];

/** @param {() => void} run */
function secondsOf(run) {
  const begun = performance.now();
  run();
  return (performance.now() - begun) / 1000;
}

/** @param {string} book @param {string} site */
function build(book, site) {
  return secondsOf(() => execFileSync(PRECEDENT, ["build", book, "-d", site, "-q"], { stdio: ["ignore", "ignore", "pipe"] }));
}

/** Builds the site of a book. @param {string} book @param {string} site @returns {Indexed} `seconds` are those of the whole build */
export const precedentSite = (book, site) => ({ folder: site, seconds: build(book, site) });

/** Builds the site without a search; returns how long that takes. @param {string} book @param {string} scratch */
export function secondsWithoutSearch(book, scratch) {
  const copy = join(scratch, "without-search");
  cpSync(book, copy, { recursive: true });
  const settings = join(copy, "book.toml");
  const toml = existsSync(settings) ? readFileSync(settings, "utf8") : "";
  const header = "[output.html.search]";
  writeFileSync(settings, toml.includes(header) ? toml.replace(header, `${header}\nenable = false`) : `${toml}\n${header}\nenable = false\n`);
  return build(copy, join(scratch, "site-without-search"));
}

/** @param {string} folder @returns {string[]} */
export function filesBelow(folder) {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: "utf8" }).sort().filter((name) => statSync(join(folder, name)).isFile());
}

/** Reads a piece of a file of Precedent's index. @param {Buffer} bytes */
function unpacked(bytes) {
  const packed = [];
  for (let at = 0; at < bytes.length - bytes[bytes.length - 1] + 93; at += 1) {
    const escaped = bytes[at] === 92 ? bytes[(at += 1)] : 0;
    packed.push(escaped === 110 ? 10 : escaped === 114 ? 13 : bytes[at]);
  }
  return JSON.parse(inflateRawSync(Uint8Array.from(packed)).toString());
}

/** The pieces of texts. @param {string} site @returns {any[]} */
function textsOf(site) {
  const read = (/** @type {string} */ name) => readFileSync(join(site, "search", `${name}.js`)).subarray(PREFIX, -SUFFIX);
  /** @type {{names: string, sizes: string[]}} */
  const { names, sizes } = unpacked(read("root")).texts;
  return sizes.flatMap((letters, at) => {
    const pack = read(`d/${names.slice(at * 5, at * 5 + 5)}`);
    let end = 0;
    return [...letters.replace(/\d/g, "")].map((letter) => unpacked(pack.subarray(end, (end += (letter.charCodeAt(0) - 57) * BLOCK))));
  });
}

/** The pages that are in Precedent's index. @param {string} site @returns {Page[]} */
export function pagesOf(site) {
  const indexed = new Set(textsOf(site).map((piece) => piece[4]));
  const { pages } = JSON.parse(readFileSync(join(site, "site.json"), "utf8"));
  return pages
    .filter((/** @type {Page} */ { path, url }) => indexed.has(path) && existsSync(join(site, url)))
    .map((/** @type {Page} */ { path, url, title, kind, status }) => {
      const html = readFileSync(join(site, url), "utf8");
      const article = html.slice(html.indexOf("<article"), html.lastIndexOf("</article>"));
      return { path, url, title, kind, status, headings: headingsOf(article), text: linesOf(article) };
    });
}

/** The headings of an article below its title. @param {string} article */
function headingsOf(article) {
  return [...article.matchAll(/<h([2-4])\b[^>]*>(.*?)<\/h\1>/gs)].map(([, , inner]) => textOf(inner)).filter(Boolean);
}

/** What an article shows beside its text: facts of the record, relations, notes on its status; and drawings. */
const BESIDE = [/^<div class="(?:record|byline)".*?^<\/div>/gms, /<(section) class="(?:why|relations)".*?<\/\1>/gs, /<aside class="notice".*?<\/aside>/gs, /<(svg|script|style)\b.*?<\/\1>/gs];

/** The text of an article, with its headings, a block a line. @param {string} article */
function linesOf(article) {
  const text = BESIDE.reduce((rest, part) => rest.replace(part, ""), article);
  const blocks = text.replace(/<\/?(?:address|article|blockquote|br|d[dlt]|details|div|fig\w+|h\d|hr|li|ol|p|pre|section|summary|t\w+|ul)\b[^>]*>/g, "\n");
  return blocks.split("\n").map(textOf).filter(Boolean).join("\n");
}

/** @type {Record<string, string>} */
const ENTITIES = { amp: "&", lt: "<", gt: ">", quot: '"', "#39": "'" };

/** @param {string} html */
const textOf = (html) => html.replace(/<[^>]*>/g, "").replace(/&(#?\w+);/g, (all, name) => ENTITIES[name] ?? all).replace(/\s+/g, " ").trim();

/**
 * Copies the pages and has Pagefind index them.
 * @param {string} site @param {Page[]} pages @param {string} copy where to @returns {Indexed}
 */
export function pagefindSite(site, pages, copy) {
  for (const { url, kind, status } of pages) {
    const filters = [`kind:${kind}`, ...(status ? [`status:${status}`] : [])].join(", ");
    const html = readFileSync(join(site, url), "utf8")
      .replace("<article", `<article data-pagefind-body data-pagefind-filter="${filters}"`)
      .replace(/<div class="(record|byline)"/g, "$& data-pagefind-ignore");
    mkdirSync(dirname(join(copy, url)), { recursive: true });
    writeFileSync(join(copy, url), html);
  }
  const seconds = secondsOf(() => execFileSync(process.execPath, [pagefind, "--site", copy, "--keep-index-url", "--silent"]));
  return { folder: copy, seconds };
}

/** The part of a file in a search: nothing for what is not fetched for one. @typedef {"code" | "index" | "texts"} Part */

/** @param {string} path below the site @returns {Part | undefined} */
export function partOf(path) {
  if (/^assets\/engine-|^pagefind\/(pagefind(-worker)?\.js|wasm\.)/.test(path)) return "code";
  if (/^search\/d\/|^pagefind\/fragment\//.test(path)) return "texts";
  if (/^search\/|^pagefind\/(index|filter)\/|^pagefind\/pagefind(-entry\.json|\..*\.pf_meta)/.test(path)) return "index";
}

/** The files of an index without its code. @param {string} site */
export function indexOnDisk(site) {
  const sizes = filesBelow(site).filter((name) => ["index", "texts"].includes(partOf(name) ?? "")).map((name) => statSync(join(site, name)).size);
  return { files: sizes.length, bytes: sizes.reduce((sum, size) => sum + size, 0) };
}
