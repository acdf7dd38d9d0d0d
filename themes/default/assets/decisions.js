// @ts-check
// All records of the book, for the pages of a log or graph that has several: from `decision-log.js`, once somebody asks for
// what is on other pages. A script element, since pages opened from disk may not fetch.
(() => {
  "use strict";

  /** @typedef {[number, number, string, number | null, string, string, number, number, string, number[], number[], number[], number, [number, number][]]} Packed as `src/render/log_data.rs` writes it */

  /** @type {Promise<PrecedentRecord[]> | null} */
  let loading = null;

  const address = (/** @type {string} */ url) => new URL((document.documentElement.dataset.root ?? "") + url, location.href).href;

  /** @param {string[]} texts @param {Packed} packed @returns {PrecedentRecord} */
  function unpacked(texts, [kind, order, label, number, title, url, state, word, date, people, named, tags, scope, relations]) {
    const all = (/** @type {number[]} */ places) => places.map((place) => texts[place]);
    return {
      isGuideline: kind === 1, order, label, number, title, path: url, url: address(url), status: texts[state], word: texts[word], date,
      people: all(people), named: all(named), tags: all(tags), scope: texts[scope],
      relations: relations.map(([verb, other]) => ({ verb: texts[verb], other })),
    };
  }

  /** Returns all records, the newest first. @param {string} source */
  window.precedentRecordsOf = (source) => {
    loading ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = source;
      script.onload = () => {
        script.remove();
        const loaded = /** @type {{precedentRecords?: {texts: string[], records: Packed[]}}} */ (/** @type {unknown} */ (window)).precedentRecords;
        resolve((loaded?.records ?? []).map((packed) => unpacked(loaded?.texts ?? [], packed)));
      };
      script.onerror = () => {
        script.remove();
        loading = null;
        reject(new Error("the records could not be loaded"));
      };
      document.head.append(script);
    });
    return loading;
  };

  // The preview has built the book anew.
  document.addEventListener("precedent:update", () => (loading = null));
})();
