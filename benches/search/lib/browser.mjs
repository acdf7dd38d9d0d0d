// @ts-check
// Both engines in a browser, asked in the same way.

import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { EMPTY } from "./host.mjs";

/** @typedef {import("playwright-core").Page} BrowserPage */
/** @typedef {"Precedent" | "Pagefind"} Engine */
/** @typedef {{limit: number, typing?: boolean}} Asking */
/** @typedef {{pages: string[], first: number, all: number}} Answer addresses relative to the site; milliseconds until the first result and until all can be shown */

/** What lies between two letters of a quick typist, in milliseconds. */
const KEYSTROKE = 120;

/** What a driver leaves in the page. @typedef {(query: string, asking: Asking) => Promise<Answer>} Ask */

/** @param {import("./host.mjs").Identity} identity */
export function launch({ fingerprint }) {
  const places = [process.env.CHROME, "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable", "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"];
  const executablePath = places.find((place) => place && existsSync(place));
  if (!executablePath) throw new Error("no Chromium was found: install one, or name it in CHROME");
  // A certificate that is merely ignored would switch the browser's cache off.
  const args = [`--ignore-certificate-errors-spki-list=${fingerprint}`, "--enable-blink-features=ForceEagerMeasureMemory"];
  // Chromium refuses its sandbox to root; these pages come from this machine.
  if (process.getuid?.() === 0) args.push("--no-sandbox");
  return chromium.launch({ executablePath, args });
}

/** The engine's script as every page names it. @param {string} site */
const scriptOf = (site) => /\bdata-search="([^"]*)"/.exec(readFileSync(join(site, "404.html"), "utf8"))?.[1] ?? "";

/** Loads Precedent's engine; in the page. @param {{base: string, script: string}} place */
async function openPrecedent({ base, script }) {
  const state = /** @type {any} */ (globalThis);
  await new Promise((loaded, failed) => {
    document.head.append(Object.assign(document.createElement("script"), { src: base + script, onload: loaded, onerror: failed }));
  });
  const search = state.precedentSearch.createSearch(base);
  state.ask = async (/** @type {string} */ query, /** @type {Asking} */ asking) => {
    const { results } = await search.search(query, asking);
    const all = performance.now();
    return { pages: results.map((/** @type {any} */ { url }) => url.slice(base.length).replace(/#.*/, "")), first: all, all };
  };
}

/** Loads Pagefind; in the page. @param {{base: string}} place */
async function openPagefind({ base }) {
  const pagefind = await import(`${base}pagefind/pagefind.js`);
  /** @type {any} */ (globalThis).ask = async (/** @type {string} */ query, /** @type {Asking} */ { limit }) => {
    const { results } = await pagefind.search(query);
    let first = 0;
    const data = await Promise.all(results.slice(0, limit).map(async (/** @type {any} */ result) => {
      const one = await result.data();
      first ||= performance.now();
      return one;
    }));
    const all = performance.now();
    return { pages: data.map(({ url }) => url.replace(/^\//, "")), first: first || all, all };
  };
}

/** How a query comes into the dialog. @typedef {"pasted" | "typed"} Entry */

/**
 * Opens the dialog of a site and enters a query once all is there that it loads by itself; returns the milliseconds from the
 * last letter until the results are shown.
 * @param {BrowserPage} page @param {string} base @param {string} query @param {Entry} entry
 */
export async function inDialog(page, base, query, entry) {
  await page.goto(`${base}contents.html`);
  await page.keyboard.press("/");
  await page.waitForLoadState("networkidle");
  const shown = page.evaluate((query) => new Promise((done) => {
    let entered = 0;
    document.addEventListener("input", () => (entered = performance.now()), { capture: true });
    document.addEventListener("precedent:search", (event) => /** @type {CustomEvent} */ (event).detail.query === query && done(performance.now() - entered));
  }), query);
  await page.evaluate(() => {}); // The listeners are there.
  await (entry === "pasted" ? page.keyboard.insertText(query) : page.keyboard.type(query, { delay: KEYSTROKE }));
  return /** @type {Promise<number>} */ (shown);
}

/**
 * Opens an empty page of a site and loads the engine in it, all as late as may be.
 * @param {BrowserPage} page @param {string} base @param {Engine} engine @param {string} site
 */
export async function visit(page, base, engine, site) {
  await page.goto(base + EMPTY);
  const place = { base, script: engine === "Precedent" ? scriptOf(site) : "" };
  return {
    /** Loads the engine and asks; the clock begins before either. @param {string} query @param {Asking} asking @returns {Promise<Answer>} */
    async cold(query, asking) {
      const begun = await page.evaluate(() => performance.now());
      await (engine === "Precedent" ? page.evaluate(openPrecedent, place) : page.evaluate(openPagefind, place));
      const answer = await page.evaluate(([query, asking]) => /** @type {any} */ (globalThis).ask(query, asking), /** @type {const} */ ([query, asking]));
      return { pages: answer.pages, first: answer.first - begun, all: answer.all - begun };
    },
    /** Loads the engine alone. */
    open: () => (engine === "Precedent" ? page.evaluate(openPrecedent, place) : page.evaluate(openPagefind, place)),
    /** Asks many queries, one after the other. @param {string[]} queries @param {Asking} asking @returns {Promise<Answer[]>} */
    ask: (queries, asking) =>
      page.evaluate(async ([queries, asking]) => {
        const answers = [];
        for (const query of queries) {
          const begun = performance.now();
          const answer = await /** @type {any} */ (globalThis).ask(query, asking);
          answers.push({ pages: answer.pages, first: answer.first - begun, all: answer.all - begun });
        }
        return answers;
      }, /** @type {const} */ ([queries, asking])),
  };
}
