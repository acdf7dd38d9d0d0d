// @ts-check
// The decision log: sorts and filters the table that the page brings. What is chosen stands in the address, so that it
// can be passed on. Listeners sit on the document, as in theme.js.
//
// A page of a long log has some of the rows. The first filter or other order there loads all of them (decisions.js) and shows
// what fits, some at a time; without any the page is again as it was.
(() => {
  "use strict";

  const say = window.precedentSay;
  const states = ["proposed", "accepted", "rejected", "deprecated", "superseded", "unknown"];

  /** @typedef {{row: HTMLElement | null, record?: PrecedentRecord, order: number, title: string, status: string, date: string, scope: string, people: string, named: string, tags: string[], text: string}} Decision */

  /** The rows of the page. @type {Decision[]} */
  let decisions = [];

  /** The rows of all pages, where the page has only some and they were asked for. @type {Decision[] | null} */
  let all = null;

  /** How many of all are shown at once, and at first. */
  const STEP = 100;
  let limit = STEP;

  /** How the rows stand at first. */
  const USUAL = "-date";

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

  // ---- The rows of other pages ----

  /** @param {PrecedentRecord} record @returns {Decision} */
  function known(record) {
    const { order, title, status, date, scope, people, named, tags } = record;
    const state = status ? record.word || say(`status.${status}`) : "";
    const text = [record.label, record.number ?? "", title, state, date, scope, ...people, ...tags, ...named].join(" ").toLowerCase();
    return {
      row: null, record, order, title, status, date, scope, people: people.join(", "), named: named.join("; ").toLowerCase(),
      tags: tags.map((tag) => tag.toLowerCase()), text,
    };
  }

  /** @param {string} name @param {Record<string, string>} attributes @param {...(Node | string)} content */
  function element(name, attributes, ...content) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...content);
    return made;
  }

  /** Returns the row of a decision; what is on another page gets one as the build makes them. @param {Decision} decision */
  function rowOf(decision) {
    const { record } = decision;
    if (decision.row || !record) return /** @type {HTMLElement} */ (decision.row);
    const names = record.people.slice(0, 3).flatMap((name, at) => [...(at ? [", "] : []), element("span", {}, name)]);
    if (record.people.length > 3) names.push(", ", element("span", {}, say("decisions.more_people", { n: record.people.length - 3 })));
    const badge = () => element("span", { class: "status", "data-status": record.status, ...(record.word ? { title: say(`status.${record.status}`) } : {}) }, record.word || say(`status.${record.status}`));
    /** @type {Record<string, (Node | string)[]>} */
    const cells = {
      number: record.label ? [record.label] : [],
      title: [element("a", { href: record.url }, record.title)],
      status: record.status ? [badge()] : [],
      date: record.date ? [element("time", { datetime: record.date }, record.date)] : [],
      scope: record.scope ? [record.scope] : [],
      people: names,
      tags: record.tags.length ? [element("ul", { class: "tags" }, ...record.tags.map((tag) => element("li", {}, tag)))] : [],
    };
    /** @type {Record<string, string>} */
    const state = record.status ? { "data-state": record.status } : {};
    const row = element("tr", { role: "row", "data-order": String(record.order), ...state, "data-people": record.named.join("; ") });
    // Which columns there are the head says.
    for (const name of columns()) row.append(element("td", { role: "cell", class: `log-${name}` }, ...(cells[name] ?? [])));
    decision.row = row;
    return row;
  }

  const columns = () => [...document.querySelectorAll(".log thead th")].map((head) => /** @type {HTMLElement} */ (head).dataset.column ?? "");

  /** Adds to the form what decisions of other pages can be filtered by. @param {Decision[]} decisions */
  function offer(decisions) {
    /** @param {Element | null | undefined} list @param {(record: PrecedentRecord) => string[]} values @param {boolean} counts */
    const fill = (list, values, counts) => {
      if (!list) return;
      const known = new Set([...list.querySelectorAll("option")].map((option) => option.value));
      /** @type {Map<string, number>} */
      const found = new Map();
      for (const { record } of decisions) for (const value of record ? values(record) : []) if (value && !known.has(value)) found.set(value, (found.get(value) ?? 0) + 1);
      const missing = [...found].sort(([one], [other]) => one.localeCompare(other, undefined, { numeric: true }));
      list.append(...missing.map(([value, count]) => element("option", { value }, ...(counts ? [`${value} (${count})`] : []))));
    };
    const field = (/** @type {string} */ name) => form()?.querySelector(`select[name=${name}]`);
    fill(field("scope"), (record) => [record.scope], true);
    fill(field("tag"), (record) => [...new Set(record.tags)], true);
    fill(field("year"), (record) => [record.date.slice(0, 4)], true);
    fill(document.getElementById("log-people"), (record) => [...new Set(record.named)], false);
  }

  /** Loads the rows of all pages. @returns {Promise<void>} */
  async function load() {
    const records = await window.precedentRecordsOf(form()?.dataset.source ?? "");
    if (all) return;
    all = records.filter((record) => !record.isGuideline).map(known);
    offer(all);
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

  const part = (/** @type {string} */ name) => /** @type {HTMLElement | null} */ (document.querySelector(`.log-${name}`));

  /** Says how many are shown, in a region that is read out. @param {string} words */
  function tell(words) {
    const count = part("count");
    if (count && count.textContent !== words) count.textContent = words;
  }

  function filter() {
    const want = wanted();
    const isAsked = Object.keys(want).length > 0;
    const reset = part("reset");
    if (reset) reset.hidden = !isAsked;
    if (form()?.dataset.source) return filterParts(want, isAsked || chosenOrder() !== USUAL);
    let shown = 0;
    for (const decision of decisions) {
      const fit = fits(decision, want);
      const row = rowOf(decision);
      if (row.hidden === fit) row.hidden = !fit;
      if (fit) shown += 1;
    }
    summarize(shown, decisions.length);
  }

  /** @param {number} shown @param {number} count */
  function summarize(shown, count) {
    tell(shown === count ? say("decisions.count", { n: count }) : say("decisions.some", { n: count, shown }));
    const none = part("none");
    if (none) none.hidden = shown > 0;
  }

  /** Shows what fits of all pages, or the page as it was. @param {Record<string, string>} want @param {boolean} isAsked */
  function filterParts(want, isAsked) {
    const body = document.querySelector(".log tbody");
    document.querySelector(".decisions")?.toggleAttribute("data-filtered", isAsked);
    if (isAsked && !all) {
      tell(say("decisions.loading"));
      load().then(() => { recall(); filter(); }, () => tell(say("decisions.unreachable")));
      return;
    }
    const found = isAsked ? (all ?? []).filter((decision) => fits(decision, want)) : decisions;
    const shown = isAsked ? found.slice(0, limit) : found;
    body?.replaceChildren(...shown.map(rowOf));
    if (isAsked) summarize(found.length, all?.length ?? 0);
    else {
      tell("");
      const none = part("none");
      if (none) none.hidden = true;
    }
    const rest = part("rest"), more = part("more");
    if (rest && more) {
      rest.hidden = shown.length === found.length;
      more.textContent = say("decisions.show_more", { n: Math.min(STEP, found.length - shown.length) });
    }
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
    // The rows of a part stay as they are for whenever nothing is asked for.
    const list = form()?.dataset.source ? (all ?? []) : decisions;
    const sign = direction === "ascending" ? 1 : -1;
    // What says nothing stands last, whatever the direction.
    const empty = (/** @type {Decision} */ decision) => Number(name !== "order" && !decision[/** @type {"title"} */ (name)]);
    list.sort((a, b) => empty(a) - empty(b) || sign * order(a, b) || sign * (a.order - b.order));
    if (!form()?.dataset.source) body.append(...list.map(rowOf));
    for (const head of document.querySelectorAll(".log th[data-sort]")) {
      if (/** @type {HTMLElement} */ (head).dataset.sort === name) head.setAttribute("aria-sort", direction);
      else head.removeAttribute("aria-sort");
    }
  }

  /** The order that the table has: the column, after `-` where it descends. */
  function chosenOrder() {
    const head = sorted();
    return `${head?.getAttribute("aria-sort") === "descending" ? "-" : ""}${head?.dataset.sort ?? ""}`;
  }

  // ---- The address ----

  /** Writes what is chosen into the address; a preview's or a reader's other parameters stay. */
  function remember() {
    const address = new URL(location.href);
    const fields = form();
    for (const field of fields ? [...fields.elements] : []) address.searchParams.delete(/** @type {HTMLInputElement} */ (field).name);
    for (const [name, value] of Object.entries(wanted())) address.searchParams.set(name, value);
    const chosen = chosenOrder();
    address.searchParams.delete("sort");
    if (chosen !== USUAL) address.searchParams.set("sort", chosen);
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
    const order = asked.get("sort") ?? USUAL;
    sort(order.replace(/^-/, ""), order.startsWith("-") ? "descending" : "ascending");
  }

  // ---- Together ----

  function changed() {
    limit = STEP;
    filter();
    remember();
  }

  document.addEventListener("input", (event) => {
    if (/** @type {Element} */ (event.target).closest(".log-form")) changed();
  });
  // Who goes to a field will filter: lists of values are whole by then.
  document.addEventListener("focusin", (event) => {
    const fields = form();
    if (fields?.dataset.source && !all && fields.contains(/** @type {Node} */ (event.target))) load().catch(() => {});
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
    if (target.closest(".log-more")) {
      const last = document.querySelector(".log tbody")?.lastElementChild;
      limit += STEP;
      filter();
      /** @type {HTMLElement | null | undefined} */ (last?.nextElementSibling?.querySelector("a"))?.focus();
    }
    const head = /** @type {HTMLElement | null} */ (target.closest(".log th[data-sort]"));
    if (!head || !target.closest("button")) return;
    const name = head.dataset.sort ?? "";
    const now = head.getAttribute("aria-sort");
    const first = name === "date" ? "descending" : "ascending";
    sort(name, now === null ? first : now === "ascending" ? "descending" : "ascending");
    if (form()?.dataset.source) filter();
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
    all = null;
    decisions = [...document.querySelectorAll(".log tbody tr")].map((row) => read(/** @type {HTMLElement} */ (row)));
    recall();
    filter();
  }

  document.addEventListener("precedent:update", enhance);
  enhance();
})();
