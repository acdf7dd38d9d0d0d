// @ts-check
// What public facts say of the pages of a folder: descriptions, old addresses, commits, and which record replaced which.

import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { PRECEDENT, filesBelow } from "./book.mjs";
import { telling } from "./words.mjs";

/** Takes descriptions out of the pages of a copy; returns them by the path of the page. @param {string} book */
export function takeDescriptions(book) {
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
export function redirectsOf(book, site) {
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
export function wordsOfAddress(address) {
  const last = address.replace(/\/?(index)?\.html$/, "").split(/[/#]/).pop() ?? "";
  return last.split(/[-_.]+/).filter((word) => /\p{L}/u.test(word)).join(" ");
}

/** Subjects of commits that changed one page alone. @param {string} book */
export function commitsOf(book) {
  if (!existsSync(join(book, ".git"))) return [];
  const log = execFileSync("git", ["-C", book, "log", "--no-merges", "--format=%x00%s", "--name-only"], { encoding: "utf8", maxBuffer: 2 ** 30 });
  return log.split("\0").flatMap((commit) => {
    const [subject, ...changed] = commit.split("\n").filter(Boolean);
    const words = telling((subject ?? "").replace(/^[\w ()/-]*:|[#(]+\d+\)?|\b[A-Z]+-?\d+\b/g, " ")).slice(0, 8);
    return changed.length === 1 && words.length > 2 ? [{ path: changed[0], query: words.join(" ") }] : [];
  });
}

/**
 * Records that another one has superseded, with the addresses of both.
 * @param {string} book @param {string} scratch where the program may keep its index
 */
export function successionsOf(book, scratch) {
  const { stdout } = spawnSync(PRECEDENT, ["list", "--format", "json", "--dir", book, "--cache-dir", scratch], { encoding: "utf8", maxBuffer: 2 ** 30 });
  /** @typedef {{id: string, title: string, url: string, superseded_by: string[]}} Listed */
  /** @type {Listed[]} */
  const records = JSON.parse(stdout || "[]");
  const byId = new Map(records.map((record) => [record.id, record]));
  return records.flatMap((old) => old.superseded_by.flatMap((id) => (byId.has(id) ? [{ old, successor: /** @type {Listed} */ (byId.get(id)) }] : [])));
}
