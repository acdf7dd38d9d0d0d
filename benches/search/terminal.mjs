// @ts-check
// Measures `precedent search` as a process of its own.
//
//     PRECEDENT=target/release/precedent node benches/search/terminal.mjs BOOK QUERY…
//
// Each query is asked eleven times; the first brings the index up to date and does not count. Beside it, a process that does
// nothing: what the system and this script take to start and end one. A process that holds much memory would start others
// more slowly, so that this runs apart from the other measurements.

import { spawnSync } from "node:child_process";
import { resolve } from "node:path";
import { quantile } from "./lib/table.mjs";

const RUNS = 11;
const [book, ...queries] = process.argv.slice(2);
if (!book || !queries.length) throw new Error("usage: node benches/search/terminal.mjs BOOK QUERY…");
const program = resolve(process.env.PRECEDENT ?? "target/release/precedent");

/** Runs the program; returns how long that takes, in milliseconds. @param {string[]} words */
function ran(...words) {
  const begun = performance.now();
  spawnSync(program, words, { stdio: "ignore" });
  return performance.now() - begun;
}

const [searches, nothing] = [/** @type {number[]} */ ([]), /** @type {number[]} */ ([])];
for (let run = 0; run < RUNS; run += 1) {
  for (const query of queries) {
    const times = [ran("search", "--dir", book, "--no-pager", ...query.split(" ")), ran("--version")];
    if (run) searches.push(times[0]), nothing.push(times[1]);
  }
}
const times = (/** @type {number[]} */ all) => [0.5, 0.95].map((share) => quantile(all, share).toFixed(1)).join(" / ");
console.log(`In the terminal, each query a process of its own, on an index that is up to date: ${times(searches)} ms (median / 95 %); a process that does nothing: ${times(nothing)} ms.`);
