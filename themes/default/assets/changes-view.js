// @ts-check
// What changed, week by week: marks what is new since the reader's last visit of this page, and filters. When the reader was
// here is kept in this browser and nowhere else. What is chosen stands in the address, so that it can be passed on.
(() => {
  "use strict";

  const say = window.precedentSay;

  /** A pause as long as this begins another visit. */
  const PAUSE = 30 * 60 * 1000;

  /** @typedef {{seen: number, before: number, at: number}} Memory the newest change that was shown, that of the visit before, the time */

  const root = new URL(document.documentElement.dataset.root || ".", location.href);
  const place = `precedent-changes ${root.pathname}`;

  const form = () => /** @type {HTMLFormElement | null} */ (document.querySelector(".changes-form"));
  const items = () => /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".change")]);
  const part = (/** @type {string} */ name) => /** @type {HTMLElement | null} */ (document.querySelector(name));

  /** @returns {Memory | null} */
  function recall() {
    try {
      const memory = JSON.parse(localStorage.getItem(place) ?? "null");
      return typeof memory?.seen === "number" ? memory : null;
    } catch {
      return null;
    }
  }

  /** Returns the newest change that an earlier visit has seen, and remembers this visit. The first has nothing to compare with. */
  function lastVisit() {
    const memory = recall();
    const now = Date.now();
    const newest = Math.max(0, ...items().map((item) => Number(item.dataset.at ?? 0)));
    const before = !memory ? null : now - memory.at < PAUSE ? memory.before : memory.seen;
    try {
      localStorage.setItem(place, JSON.stringify({ seen: Math.max(newest, memory?.seen ?? 0), before: before ?? newest, at: now }));
    } catch {
      // Storage may be refused: then nothing is ever new.
    }
    return before;
  }

  /** @param {number | null} before */
  function mark(before) {
    const fresh = before === null ? [] : items().filter((item) => Number(item.dataset.at ?? 0) > before);
    for (const item of fresh) {
      if (item.dataset.new !== undefined) continue;
      item.dataset.new = "";
      const sign = document.createElement("span");
      sign.className = "new-mark";
      sign.title = say("script.new");
      const text = document.createElement("span");
      text.className = "unseen";
      text.textContent = ` (${sign.title})`;
      sign.append(text);
      item.querySelector(".change-page .ref")?.append(sign);
    }
    const since = part(".changes-since");
    if (!since) return;
    since.hidden = fresh.length === 0;
    const words = since.querySelector("span");
    if (words && fresh.length) words.textContent = say("script.new_changes", { n: fresh.length });
  }

  /** What is asked for: every field of the form that is not empty. */
  function wanted() {
    /** @type {Record<string, string>} */
    const values = {};
    const fields = form();
    if (fields) for (const [name, value] of new FormData(fields)) if (String(value).trim()) values[name] = String(value).trim();
    return values;
  }

  /** @param {HTMLElement} item @param {Record<string, string>} want */
  function fits(item, want) {
    const { kind = "", scope = "", people = "" } = item.dataset;
    const asked = (want.scope ?? "").toLowerCase();
    const person = (want.person ?? "").replace(/^@/, "").toLowerCase();
    return (!want.kind || kind === want.kind)
      && (!asked || scope.toLowerCase() === asked || scope.toLowerCase().startsWith(`${asked}/`))
      && (!person || people.toLowerCase().includes(person))
      && (!want.new || item.dataset.new !== undefined);
  }

  function filter() {
    const want = wanted();
    const isAsked = Object.keys(want).length > 0;
    let shown = 0;
    for (const item of items()) {
      item.hidden = !fits(item, want);
      shown += Number(!item.hidden);
    }
    // A heading without anything below it goes too, and what is only counted while something is asked for.
    const isEmpty = (/** @type {Element} */ around) => !around.querySelector(".change:not([hidden])");
    for (const around of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".weight, .week"))) around.hidden = isAsked && isEmpty(around);
    for (const note of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(".week > .quiet"))) note.hidden = isAsked;
    const reset = part(".log-reset"), none = part(".log-none"), count = part(".log-count");
    if (reset) reset.hidden = !isAsked;
    if (none) none.hidden = shown > 0 || !isAsked;
    const words = isAsked ? say("script.shown_changes", { n: items().length, shown }) : "";
    if (count && count.textContent !== words) count.textContent = words;
  }

  /** Writes what is chosen into the address; other parameters stay. */
  function remember() {
    const address = new URL(location.href);
    for (const name of ["kind", "scope", "person", "new"]) address.searchParams.delete(name);
    for (const [name, value] of Object.entries(wanted())) address.searchParams.set(name, value);
    if (address.href !== location.href) history.replaceState(history.state, "", address);
  }

  /** Sets the form as the address says. */
  function restore() {
    const asked = new URL(location.href).searchParams;
    for (const field of form()?.elements ?? []) {
      const input = /** @type {HTMLInputElement | HTMLSelectElement} */ (field);
      if (!input.name) continue;
      const value = asked.get(input.name) ?? "";
      if (input instanceof HTMLInputElement && input.type === "checkbox") input.checked = value !== "";
      else if (input instanceof HTMLSelectElement) input.value = [...input.options].some((option) => option.value === value) ? value : "";
      else input.value = value;
    }
  }

  const changed = () => {
    filter();
    remember();
  };

  document.addEventListener("input", (event) => {
    if (/** @type {Element} */ (event.target).closest(".changes-form")) changed();
  });
  document.addEventListener("submit", (event) => {
    if (event.target === form()) event.preventDefault();
  });
  document.addEventListener("reset", (event) => {
    // The fields are empty only after the event.
    if (event.target === form()) setTimeout(changed);
  });
  document.addEventListener("click", (event) => {
    if (/** @type {Element} */ (event.target).closest(".log-clear")) {
      form()?.reset();
      /** @type {HTMLElement | null} */ (document.querySelector(".changes-form :is(select, input)"))?.focus();
    }
  });
  addEventListener("popstate", () => {
    restore();
    filter();
  });

  /** @type {number | null | undefined} */
  let before;

  function enhance() {
    const fields = form();
    if (!fields) return;
    fields.hidden = false;
    before = before === undefined ? lastVisit() : before;
    mark(before);
    restore();
    filter();
  }

  document.addEventListener("precedent:update", enhance);
  enhance();
})();
