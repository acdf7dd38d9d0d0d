// @ts-check
// The search: a dialog with a text field over a list (the combobox pattern), and the page of all results. Where results come
// from is the business of `ask` alone: the preview answers over HTTP, a built site by the engine, which is loaded when it is needed.
//
// Two events on `document` tell who listens what is searched; nothing else does:
// `precedent:search` {query, results} when results are shown, `precedent:search-choose` {query, url, position} when one is chosen.
//
// The parts are joined in the order of their names, inside of one function; so they share their names.

/** @typedef {{title: string, heading: string, url: string, path: string, breadcrumb: string[], kind: string, status: string | null, date: string | null, excerpt: Part[]}} Result */
/** @typedef {{results: Result[], total?: number, unknown?: string[], corrected?: [string, string][], synonyms?: [string, string][], error?: string | null}} Answer */
/** @typedef {import("../engine/search.d.ts").Search} Search */

/** Returns a word of the search: `search.choose` of the language files. @param {string} name @param {Record<string, string | number>} [values] */
const word = (name, values) => /** @type {any} */ (window).precedentSay(`search.${name}`, values);

const html = document.documentElement;
const rootUrl = () => new URL(html.dataset.root || "./", location.href);
/** The page of results; a template of a book may not say where that is. */
const resultsUrl = () => (html.dataset.results ? new URL(html.dataset.results, location.href) : new URL("search.html", rootUrl()));
const api = () => document.querySelector('meta[name="precedent-search"]')?.getAttribute("content");
const isThere = () => Boolean(api() || html.dataset.search);

/** Makes an element. Text becomes a text node, never markup. @param {string} name @param {Record<string, string>} attributes @param {...(Node | string)} content */
function element(name, attributes, ...content) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...content);
  return made;
}

// ---- Asking ----

/** @type {Promise<Search> | undefined} */
let engineLoad;

function loadEngine() {
  engineLoad ??= new Promise((resolve, reject) => {
    const made = () => /** @type {any} */ (globalThis).precedentSearch?.createSearch(rootUrl());
    if (made()) return resolve(made());
    const script = /** @type {HTMLScriptElement} */ (element("script", { src: new URL(html.dataset.search ?? "", rootUrl()).href }));
    script.onload = () => (made() ? resolve(made()) : reject());
    script.onerror = reject;
    document.head.append(script);
  });
  engineLoad.catch(() => (engineLoad = undefined));
  return engineLoad;
}

/** Loads what the first search will need, as soon as it is likely. */
const prepare = () => {
  if (html.dataset.search && !api()) loadEngine().then((search) => search.ready()).catch(() => {});
};

/**
 * Asks for the pages that match a query.
 * @param {string} query @param {number} limit @param {AbortSignal} signal
 * @returns {Promise<Answer>}
 */
async function ask(query, limit, signal) {
  const source = api();
  if (!source) return (await loadEngine()).search(query, { limit, signal, typing: true });
  const response = await fetch(`${source}?q=${encodeURIComponent(query)}&limit=${limit}`, { signal, headers: { accept: "application/json" } });
  if (!response.ok && response.status !== 400) throw new Error(`the search answered ${response.status}`);
  return response.json();
}

/** The values of a field that begin so, with how many pages have each. @param {string} field @param {string} prefix @returns {Promise<[string, number][]>} */
async function completionsOf(field, prefix) {
  const source = api();
  if (!source) return (await loadEngine()).complete(/** @type {any} */ (field), prefix);
  const response = await fetch(`${source.replace(/search$/, "complete")}?field=${field}&prefix=${encodeURIComponent(prefix)}`);
  return response.ok ? response.json() : [];
}

/** What went wrong, for a reader. @param {unknown} error */
function explain(error) {
  const code = /** @type {{code?: string}} */ (error)?.code;
  if (code === "damaged" || code === "outdated") return word(code);
  return word(location.protocol === "file:" ? "disk" : navigator.onLine ? "unreachable" : "offline");
}

// ---- Recent searches ----

const RECENT = "precedent-recent";

/** @returns {string[]} */
function recent() {
  try {
    const list = JSON.parse(localStorage.getItem(RECENT) ?? "[]");
    return Array.isArray(list) ? list.filter((query) => typeof query === "string").slice(0, 6) : [];
  } catch {
    return []; // Storage may be refused, or hold what another wrote.
  }
}

/** @param {string} query @param {boolean} keep */
function remember(query, keep) {
  try {
    localStorage.setItem(RECENT, JSON.stringify([...(keep ? [query] : []), ...recent().filter((other) => other !== query)].slice(0, 6)));
  } catch {
    // Then nothing is remembered.
  }
}

// ---- Pages that were read ----

const PAGES = `precedent-pages ${rootUrl().pathname}`;
/** How many are offered. */
const MOST_PAGES = 5;

/** @returns {{title: string, url: string}[]} the pages that were read last, addresses from the root */
function pagesRead() {
  try {
    const list = JSON.parse(localStorage.getItem(PAGES) ?? "[]");
    return Array.isArray(list) ? list.filter((page) => typeof page?.title === "string" && typeof page?.url === "string").slice(0, MOST_PAGES + 1) : [];
  } catch {
    return []; // As above.
  }
}

/** Notes that this page was read, where it is one that somebody wrote. */
function noteRead() {
  const title = document.querySelector("h1")?.textContent?.replace(/\s+/g, " ").trim();
  const url = location.href.split(/[?#]/)[0].slice(rootUrl().href.length);
  if (!title || !["page", "decision", "guideline"].includes(document.body.dataset.kind ?? "") || /^(index\.html)?$/.test(url)) return;
  try {
    localStorage.setItem(PAGES, JSON.stringify([{ title, url }, ...pagesRead().filter((page) => page.url !== url)]));
  } catch {
    // Then nothing is remembered.
  }
}
