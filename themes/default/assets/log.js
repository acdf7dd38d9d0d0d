// @ts-check
// The decision log: sorts and filters the table that the page brings. What is chosen stands in the address, so that it
// can be passed on. Listeners sit on the document, as in theme.js.
(() => {
  "use strict";

  const say = window.precedentSay;
  const states = ["proposed", "accepted", "rejected", "deprecated", "superseded", "unknown"];

  /** @typedef {{row: HTMLElement, order: number, title: string, status: string, date: string, scope: string, people: string, named: string, tags: string[], text: string}} Decision */

  /** @type {Decision[]} */
  let decisions = [];

  const form = () => /** @type {HTMLFormElement | null} */ (document.querySelector(".log-form"));

  /** What a reader sees in a cell. @param {Element} row @param {string} name */
  const cell = (row, name) => row.querySelector(`.log-${name}`)?.textContent?.trim() ?? "";

  /** @param {HTMLElement} row @returns {Decision} */
  function read(row) {
    return {
      row,
      order: Number(row.dataset.order),
      title: cell(row, "title"),
      status: row.dataset.state ?? "",
      date: cell(row, "date"),
      scope: cell(row, "scope"),
      people: cell(row, "people"),
      named: (row.dataset.people ?? "").toLowerCase(),
      tags: [...row.querySelectorAll(".log-tags li")].map((tag) => (tag.textContent ?? "").toLowerCase()),
      text: `${row.textContent} ${row.dataset.people}`.toLowerCase(),
    };
  }

  // ---- Filters ----

  /** What is asked for: every field of the form that is not empty. */
  function wanted() {
    /** @type {Record<string, string>} */
    const values = {};
    const fields = form();
    if (fields) for (const [name, value] of new FormData(fields)) if (String(value).trim()) values[name] = String(value).trim();
    return values;
  }

  /** @param {Decision} decision @param {Record<string, string>} want */
  function fits(decision, want) {
    const has = (/** @type {string} */ name, /** @type {(value: string) => boolean} */ test) => !Object.hasOwn(want, name) || test(want[name].toLowerCase());
    return has("status", (value) => decision.status === value)
      && has("scope", (value) => decision.scope.toLowerCase() === value || decision.scope.toLowerCase().startsWith(`${value}/`))
      && has("tag", (value) => decision.tags.includes(value))
      && has("person", (value) => decision.named.includes(value))
      && has("year", (value) => decision.date.startsWith(value))
      && has("q", (value) => value.split(/\s+/).every((word) => decision.text.includes(word)));
  }

  function filter() {
    const want = wanted();
    let shown = 0;
    for (const decision of decisions) {
      const fit = fits(decision, want);
      if (decision.row.hidden === fit) decision.row.hidden = !fit;
      if (fit) shown += 1;
    }
    const all = decisions.length;
    const words = shown === all ? say("decisions.count", { n: all }) : say("decisions.some", { n: all, shown });
    const count = document.querySelector(".log-count");
    if (count && count.textContent !== words) count.textContent = words;
    const none = /** @type {HTMLElement | null} */ (document.querySelector(".log-none"));
    if (none) none.hidden = shown > 0;
    const reset = /** @type {HTMLElement | null} */ (document.querySelector(".log-reset"));
    if (reset) reset.hidden = Object.keys(want).length === 0;
  }

  // ---- Order ----

  /** @type {Record<string, (a: Decision, b: Decision) => number>} */
  const orders = {
    order: (a, b) => a.order - b.order,
    title: (a, b) => a.title.localeCompare(b.title, undefined, { numeric: true }),
    status: (a, b) => states.indexOf(a.status) - states.indexOf(b.status),
    date: (a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0),
    scope: (a, b) => a.scope.localeCompare(b.scope),
    people: (a, b) => a.people.localeCompare(b.people),
  };

  const sorted = () => /** @type {HTMLElement | null} */ (document.querySelector(".log th[aria-sort]"));

  /** @param {string} name @param {"ascending" | "descending"} direction */
  function sort(name, direction) {
    // The name comes from the address: `__proto__` is none.
    const order = Object.hasOwn(orders, name) ? orders[name] : undefined;
    const body = document.querySelector(".log tbody");
    if (!order || !body) return;
    const sign = direction === "ascending" ? 1 : -1;
    // What says nothing stands last, whatever the direction.
    const empty = (/** @type {Decision} */ decision) => Number(name !== "order" && !decision[/** @type {"title"} */ (name)]);
    decisions.sort((a, b) => empty(a) - empty(b) || sign * order(a, b) || sign * (a.order - b.order));
    body.append(...decisions.map((decision) => decision.row));
    for (const head of document.querySelectorAll(".log th[data-sort]")) {
      if (/** @type {HTMLElement} */ (head).dataset.sort === name) head.setAttribute("aria-sort", direction);
      else head.removeAttribute("aria-sort");
    }
  }

  // ---- The address ----

  /** Writes what is chosen into the address; a preview's or a reader's other parameters stay. */
  function remember() {
    const address = new URL(location.href);
    const fields = form();
    for (const field of fields ? [...fields.elements] : []) address.searchParams.delete(/** @type {HTMLInputElement} */ (field).name);
    for (const [name, value] of Object.entries(wanted())) address.searchParams.set(name, value);
    const head = sorted();
    const chosen = `${head?.getAttribute("aria-sort") === "descending" ? "-" : ""}${head?.dataset.sort ?? ""}`;
    address.searchParams.delete("sort");
    if (chosen !== "-date") address.searchParams.set("sort", chosen);
    if (address.href !== location.href) history.replaceState(history.state, "", address);
  }

  /** Sets the form and the order as the address says. */
  function recall() {
    const asked = new URL(location.href).searchParams;
    for (const field of form()?.elements ?? []) {
      const input = /** @type {HTMLInputElement | HTMLSelectElement} */ (field);
      if (!input.name) continue;
      const value = asked.get(input.name) ?? "";
      if (input instanceof HTMLSelectElement) {
        const option = [...input.options].find((option) => option.value.toLowerCase() === value.toLowerCase());
        input.value = option?.value ?? "";
      } else input.value = value;
    }
    const order = asked.get("sort") ?? "-date";
    sort(order.replace(/^-/, ""), order.startsWith("-") ? "descending" : "ascending");
  }

  // ---- Together ----

  function changed() {
    filter();
    remember();
  }

  document.addEventListener("input", (event) => {
    if (/** @type {Element} */ (event.target).closest(".log-form")) changed();
  });
  document.addEventListener("submit", (event) => {
    if (event.target === form()) event.preventDefault();
  });
  document.addEventListener("reset", (event) => {
    // The fields are empty only after the event.
    if (event.target === form()) setTimeout(changed);
  });
  document.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    if (target.closest(".log-clear")) {
      form()?.reset();
      /** @type {HTMLElement | null} */ (document.querySelector(".log-form input"))?.focus();
    }
    const head = /** @type {HTMLElement | null} */ (target.closest(".log th[data-sort]"));
    if (!head || !target.closest("button")) return;
    const name = head.dataset.sort ?? "";
    const now = head.getAttribute("aria-sort");
    const first = name === "date" ? "descending" : "ascending";
    sort(name, now === null ? first : now === "ascending" ? "descending" : "ascending");
    remember();
  });
  addEventListener("popstate", () => {
    recall();
    filter();
  });

  function enhance() {
    const fields = form();
    if (!fields) return;
    for (const head of document.querySelectorAll(".log th[data-sort]")) {
      const label = head.querySelector("span");
      if (!label || head.querySelector("button")) continue;
      const button = document.createElement("button");
      button.type = "button";
      button.append(label.textContent ?? "");
      label.replaceWith(button);
    }
    decisions = [...document.querySelectorAll(".log tbody tr")].map((row) => read(/** @type {HTMLElement} */ (row)));
    recall();
    filter();
  }

  document.addEventListener("precedent:update", enhance);
  enhance();
})();
