// @ts-check
// The search dialog: a text field over a list (the combobox pattern). Where results come from is the business of `ask` alone.
(() => {
  "use strict";

  /** @typedef {{text: string, marked: boolean}} Piece */
  /** @typedef {{title: string, heading: string, url: string, breadcrumb: string[], kind: string, status: string | null, date: string | null, tags: string[], excerpt: Piece[]}} Result */
  /** @typedef {{query: string, results: Result[], error: string | null}} Answer */

  const syntax = [
    ['"a phrase"', "words next to each other"],
    ["-not", "leave out pages with a word"],
    ["auth*", "words which begin so"],
    ["status:accepted", "decisions of one status"],
    ["kind:guideline", "decisions, guidelines or pages"],
    ["tag:security", "pages with a tag"],
  ];

  const source = () => document.querySelector('meta[name="precedent-search"]')?.getAttribute("content") ?? null;

  /**
   * Asks for the pages which match a query.
   * @param {string} query
   * @param {AbortSignal} signal
   * @returns {Promise<Answer>}
   */
  async function ask(query, signal) {
    const response = await fetch(`${source()}?q=${encodeURIComponent(query)}&limit=20`, { signal, headers: { accept: "application/json" } });
    if (!response.ok && response.status !== 400) throw new Error(`the search answered ${response.status}`);
    return response.json();
  }

  /**
   * @param {string} name
   * @param {Record<string, string>} attributes
   * @param {...(Node | string)} content
   */
  function element(name, attributes, ...content) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...content);
    return made;
  }

  // ---- The dialog, made when it is first opened ----

  const input = /** @type {HTMLInputElement} */ (element("input", {
    type: "text", role: "combobox", placeholder: "Search", "aria-label": "Search", "aria-autocomplete": "list", "aria-expanded": "false",
    "aria-controls": "search-results", autocomplete: "off", autocapitalize: "off", autocorrect: "off", spellcheck: "false", enterkeyhint: "search", autofocus: "",
  }));
  const list = element("div", { id: "search-results", role: "listbox", "aria-label": "Results" });
  const message = element("p", { class: "search-message", hidden: "" });
  const hint = element("dl", { class: "search-hint" }, ...syntax.flatMap(([code, meaning]) => [element("dt", {}, element("code", {}, code)), element("dd", {}, meaning)]));
  const count = element("span", { class: "search-count", role: "status" });
  const close = element("button", { type: "button", class: "tool", "aria-label": "Close search" }, element("span", { class: "icon icon-close" }));
  const body = element("div", { class: "search-body" }, message, list, hint);
  const foot = element("div", { class: "search-foot" },
    element("span", {}, element("kbd", {}, "↑"), " ", element("kbd", {}, "↓"), " choose"),
    element("span", {}, element("kbd", {}, "Enter"), " open"),
    element("span", {}, element("kbd", {}, "Ctrl Enter"), " in a new tab"),
    count);
  const dialog = /** @type {HTMLDialogElement} */ (element("dialog", { class: "search", "aria-label": "Search", "data-added": "" },
    element("div", { class: "search-field" }, element("span", { class: "icon icon-search" }), input, close), body, foot));

  function open() {
    if (source() === null || (dialog.open && dialog.isConnected)) return;
    if (!dialog.isConnected) {
      dialog.removeAttribute("open"); // The live preview may have taken it away while it was open.
      document.body.append(dialog);
    }
    dialog.showModal();
    input.select();
    if (input.value) search();
  }

  // ---- Asking ----

  /** @type {AbortController | null} */
  let running = null;
  let timer = 0;

  async function search() {
    clearTimeout(timer);
    running?.abort();
    const query = input.value.trim();
    if (query === "") return show({ query, results: [], error: null });
    const mine = (running = new AbortController());
    try {
      const answer = await ask(query, mine.signal);
      if (running === mine) show(answer);
    } catch {
      if (!mine.signal.aborted) show({ query, results: [], error: "The search cannot be reached." });
    }
  }

  // ---- Showing ----

  /** @param {Answer} answer */
  function show({ query, results, error }) {
    list.replaceChildren(...results.map(option));
    body.scrollTop = 0;
    message.hidden = error === null && (query === "" || results.length > 0);
    message.classList.toggle("error", error !== null);
    message.textContent = error ?? `Nothing was found for “${query}”.`;
    hint.hidden = results.length > 0;
    list.hidden = results.length === 0;
    count.textContent = results.length === 0 ? "" : results.length === 1 ? "1 result" : `${results.length} results`;
    input.setAttribute("aria-expanded", String(results.length > 0));
    select(results.length > 0 ? 0 : -1);
  }

  /** @param {Result} result @param {number} index */
  function option(result, index) {
    const line = element("span", { class: "search-line" }, element("span", { class: "search-title" }, result.title));
    if (result.heading && result.heading !== result.title) line.append(element("span", { class: "search-heading" }, result.heading));
    if (result.status) line.append(element("span", { class: "status", "data-status": result.status }, result.status[0].toUpperCase() + result.status.slice(1)));
    const place = [result.breadcrumb.join(" / "), result.date ?? ""].filter(Boolean).join(" · ");
    const made = element("a", {
      class: "search-result", role: "option", id: `search-result-${index}`, tabindex: "-1", "aria-selected": "false",
      href: (document.documentElement.dataset.root ?? "") + result.url,
    }, line);
    if (place) made.append(element("div", { class: "search-place" }, place));
    if (result.excerpt.length) made.append(element("p", { class: "search-excerpt" }, ...result.excerpt.map(({ text, marked }) => (marked ? element("mark", {}, text) : text))));
    return made;
  }

  const options = () => /** @type {HTMLAnchorElement[]} */ ([...list.children]);
  const selected = () => options().findIndex((option) => option.getAttribute("aria-selected") === "true");

  /** @param {number} index of the option, or -1 for none */
  function select(index) {
    options().forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
    const chosen = options()[index];
    if (chosen) input.setAttribute("aria-activedescendant", chosen.id);
    else input.removeAttribute("aria-activedescendant");
    chosen?.scrollIntoView({ block: "nearest", behavior: "instant" });
  }

  /** @param {number} step */
  function move(step) {
    const length = options().length;
    if (length > 0) select((selected() + step + length) % length);
  }

  // ---- Listening ----

  input.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(search, 50);
  });

  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    if (event.key === "ArrowDown") move(1);
    else if (event.key === "ArrowUp") move(-1);
    else if (event.key === "Enter") {
      const chosen = options()[selected()];
      if (chosen && (event.ctrlKey || event.metaKey)) window.open(chosen.href, "_blank", "noopener");
      else chosen?.click();
    } else return;
    event.preventDefault();
  });

  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    const leaves = event.target === dialog || (/** @type {Element} */ (event.target).closest("a") && !event.ctrlKey && !event.metaKey && !event.shiftKey);
    if (leaves) dialog.close();
  });

  document.addEventListener("click", (event) => {
    if (/** @type {Element} */ (event.target).closest(".search-open")) open();
  });

  document.addEventListener("keydown", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    const typing = target.isContentEditable || target.matches?.("input, textarea, select");
    const wanted = (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) || (event.key.toLowerCase() === "k" && (event.ctrlKey || event.metaKey));
    if (!wanted || source() === null) return;
    event.preventDefault();
    if (dialog.open && dialog.isConnected) dialog.close();
    else open();
  });

  function enhance() {
    for (const button of document.querySelectorAll(".search-open")) /** @type {HTMLElement} */ (button).hidden = source() === null;
  }

  document.addEventListener("precedent:update", enhance);
  enhance();
})();
