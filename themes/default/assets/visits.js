// @ts-check
// Marks links to pages that are new or have changed since the reader's last visit. What was seen is kept in this browser
// and nowhere else. The first visit marks nothing; a page that is opened is no longer new.
(() => {
  "use strict";

  /** A pause as long as this begins another visit. */
  const PAUSE = 30 * 60 * 1000;

  /** @typedef {{known: Record<string, string>, fresh: string[], at: number}} Memory marks by address, addresses that are new, the time */

  const root = new URL(document.documentElement.dataset.root || ".", location.href);
  const place = `precedent-visit ${root.pathname}`;

  /** @returns {Memory | null} */
  function recall() {
    try {
      return JSON.parse(localStorage.getItem(place) ?? "null");
    } catch {
      return null;
    }
  }

  /** @param {Memory} memory */
  function remember(memory) {
    try {
      localStorage.setItem(place, JSON.stringify(memory));
    } catch {
      // Storage may be refused: then nothing is ever new.
    }
  }

  /** The file of an address: a page may have several, and a site may shorten all of them one day. @param {string} url from the root */
  function fileOf(url) {
    if (/(^|\/)$/.test(url)) return `${url}index.html`;
    return url.endsWith(".html") ? url : `${url}.html`;
  }

  /**
   * Compares what there is with what was there.
   * @param {Record<string, string>} marks
   * @param {number} now
   */
  function compare(marks, now) {
    const memory = recall();
    const here = fileOf(location.href.split(/[?#]/)[0].slice(root.href.length));
    const changed = memory ? Object.keys(marks).filter((url) => (memory.known[url] ?? memory.known[fileOf(url)]) !== marks[url]) : [];
    const before = memory && now - memory.at < PAUSE ? memory.fresh : [];
    const fresh = [...new Set([...before, ...changed])].filter((url) => fileOf(url) !== here && url in marks);
    remember({ known: marks, fresh, at: now });
    return fresh;
  }

  /** @param {string[]} fresh */
  function mark(fresh) {
    const addresses = new Set(fresh.map((url) => new URL(url, root).href));
    for (const old of document.querySelectorAll(".new-mark:not(.change *)")) old.remove();
    const links = /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll(".nav a, .log-title a, .home a"));
    for (const link of links) {
      if (!addresses.has(link.href.split(/[?#]/)[0])) continue;
      const sign = document.createElement("span");
      sign.className = "new-mark";
      sign.dataset.added = "";
      sign.title = window.precedentSay("script.new");
      const text = document.createElement("span");
      text.className = "unseen";
      text.textContent = ` (${sign.title})`;
      sign.append(text);
      link.append(sign);
    }
  }

  function look() {
    const script = document.createElement("script");
    script.src = document.body.dataset.changes ?? "";
    script.onload = () => {
      script.remove();
      mark(compare(window.precedentChanges ?? {}, Date.now()));
    };
    script.onerror = () => script.remove();
    document.head.append(script);
  }

  addEventListener("load", () => (window.requestIdleCallback ?? setTimeout)(look));
})();
