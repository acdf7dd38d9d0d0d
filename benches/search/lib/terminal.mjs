// @ts-check
// Asks the program instead of the browser: no Chromium, no Pagefind, the same ranking.
//
// Whole queries go to `precedent search`, a process each; what is still being typed goes to the preview, which alone reads
// the last word as a beginning.

import { execFile, spawn } from "node:child_process";
import { availableParallelism } from "node:os";
import { PRECEDENT } from "./book.mjs";

/** @typedef {{limit: number, typing?: boolean}} Asking */

/** More than are wanted, since drafts are found too and no site has them. */
const DRAFTS = 10;

/** @param {{url: string}[]} results */
const addresses = (results) => results.map(({ url }) => url.replace(/#.*/, ""));

/** @param {string} book @param {string} cache @param {number} limit @param {string} query @returns {Promise<string[]>} */
function searched(book, cache, limit, query) {
  const words = ["search", "--dir", book, "--cache-dir", cache, "--format", "json", "-n", `${limit}`, "--", query];
  return new Promise((found, failed) => {
    execFile(PRECEDENT, words, { maxBuffer: 2 ** 30 }, (error, stdout, stderr) => {
      // 1: nothing was found.
      if (error && error.code !== 1) failed(new Error(`“${query}”: ${stderr}`));
      else found(addresses(JSON.parse(stdout || "[]")));
    });
  });
}

/** Starts the preview; returns its address. @param {string} book @param {string} cache */
function preview(book, cache) {
  const server = spawn(PRECEDENT, ["serve", book, "--no-drafts", "--cache-dir", cache], { stdio: ["ignore", "pipe", "ignore"] });
  /** @type {Promise<string>} */
  const url = new Promise((listening, failed) => {
    let told = "";
    server.stdout.on("data", (some) => {
      const address = /http:\/\/\S+\//.exec((told += some))?.[0];
      if (address) listening(address);
    });
    server.on("error", failed);
    server.on("exit", () => failed(new Error("the preview ended")));
  });
  return { url, stop: () => server.kill() };
}

/**
 * @param {string} book @param {string} cache where the program keeps its index
 * @param {Set<string>} urls the pages of the site
 */
export function terminal(book, cache, urls) {
  /** @type {ReturnType<typeof preview> | undefined} */
  let server;
  return {
    /** @param {string[]} queries @param {Asking} asking @returns {Promise<string[][]>} */
    async ask(queries, { limit, typing = false }) {
      if (typing) server ??= preview(book, cache);
      const base = await server?.url;
      const one = async (/** @type {string} */ query) => {
        if (!typing) return searched(book, cache, limit + DRAFTS, query);
        const answer = await fetch(`${base}api/search?limit=${limit + DRAFTS}&q=${encodeURIComponent(query)}`);
        return addresses((await answer.json()).results ?? []);
      };
      /** @type {string[][]} */
      const answers = [];
      let next = 0;
      // The first one alone brings the index up to date.
      const asked = async () => {
        for (let at = next++; at < queries.length; at = next++) answers[at] = (await one(queries[at])).filter((url) => urls.has(url)).slice(0, limit);
      };
      if (queries.length) answers[next++] = (await one(queries[0])).filter((url) => urls.has(url)).slice(0, limit);
      await Promise.all(Array.from({ length: availableParallelism() }, asked));
      return answers;
    },
    stop: () => server?.stop(),
  };
}
