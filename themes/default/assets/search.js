// @ts-check
// The search: a dialog with a text field over a list (the combobox pattern), and the page of all results. Where results come
// from is the business of `ask` alone: the preview answers over HTTP, a built site by the engine, which is loaded when it is needed.
//
// Two events on `document` tell who listens what is searched; nothing else does:
// `precedent:search` {query, results} when results are shown, `precedent:search-choose` {query, url, position} when one is chosen.
(() => {
  "use strict";

  /** @typedef {{text: string, marked: boolean}} Piece */
  /** @typedef {{title: string, heading: string, url: string, breadcrumb: string[], kind: string, status: string | null, date: string | null, excerpt: Piece[]}} Result */
  /** @typedef {{results: Result[], total?: number, corrected?: [string, string][], error?: string | null}} Answer */
  /** @typedef {import("./engine/search.d.ts").Search} Search */

  /** Returns a word of the search: `search.choose` of the language files. @param {string} name @param {Record<string, string | number>} [values] */
  const word = (name, values) => /** @type {any} */ (window).precedentSay(`search.${name}`, values);

  const page = document.documentElement;
  const rootUrl = () => new URL(page.dataset.root || "./", location.href);
  const api = () => document.querySelector('meta[name="precedent-search"]')?.getAttribute("content");
  const isThere = () => Boolean(api() || page.dataset.search);

  /** Makes an element. Text becomes a text node, never markup. @param {string} name @param {Record<string, string>} attributes @param {...(Node | string)} content */
  function element(name, attributes, ...content) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...content);
    return made;
  }

  // ---- Asking ----

  /** @type {Promise<Search> | undefined} */
  let engine;

  function loadEngine() {
    engine ??= new Promise((resolve, reject) => {
      const made = () => /** @type {any} */ (globalThis).precedentSearch?.createSearch(rootUrl());
      if (made()) return resolve(made());
      const script = /** @type {HTMLScriptElement} */ (element("script", { src: new URL(page.dataset.search ?? "", rootUrl()).href }));
      script.onload = () => (made() ? resolve(made()) : reject());
      script.onerror = reject;
      document.head.append(script);
    });
    engine.catch(() => (engine = undefined));
    return engine;
  }

  /** Loads what the first search will need, as soon as it is likely. */
  const prepare = () => {
    if (page.dataset.search && !api()) loadEngine().then((search) => search.ready()).catch(() => {});
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

  const states = ["accepted", "proposed", "superseded", "deprecated", "rejected"];
  const years = () => Array.from({ length: 8 }, (_, at) => String(new Date().getFullYear() - at));

  /** The values of a field that begin so, with how many pages have each. @param {string} field @param {string} prefix @returns {Promise<[string, number][]>} */
  async function complete(field, prefix) {
    const isDay = field === "after" || field === "before";
    const known = isDay ? years() : field === "kind" ? ["decision", "guideline", "page"] : field === "status" ? states : [];
    /** @type {[string, number][]} */
    const fallback = known.filter((value) => value.startsWith(prefix.toLowerCase())).map((value) => [value, 0]);
    if (api() || isDay) return fallback;
    return (await loadEngine()).complete(/** @type {any} */ (field), prefix).catch(() => fallback);
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

  // ---- A result ----

  /** @param {Result} result @param {string} name @param {Record<string, string>} attributes */
  function resultOf({ title, heading, url, breadcrumb, kind, status, date, excerpt }, name, attributes) {
    const line = element("span", { class: "search-line" }, element("span", { class: "search-title" }, title));
    if (status) line.append(element("span", { class: "status", "data-status": status }, /** @type {any} */ (window).precedentSay(`status.${status}`)));
    const place = breadcrumb.map((crumb) => element("span", {}, crumb));
    if (heading && heading !== title) place.push(element("span", { class: "search-heading" }, heading));
    const facts = [kind === "page" ? "" : /** @type {any} */ (window).precedentSay(`kind.${kind}`), date ?? ""].filter(Boolean).join(" · ");
    const link = element("a", { class: "search-result", href: new URL(url, rootUrl()).href, ...attributes }, line);
    if (place.length || facts) link.append(element("span", { class: "search-place" }, element("span", { class: "search-crumbs" }, ...place), element("span", { class: "search-facts" }, facts)));
    if (excerpt.length) link.append(element("span", { class: "search-excerpt" }, ...excerpt.map(({ text, marked }) => (marked ? element("mark", {}, text) : text))));
    return name === "a" ? link : element(name, {}, link);
  }

  /** @param {Answer} answer */
  const countOf = ({ results, total = 0 }) => (total > results.length ? word("some", { n: results.length, total }) : results.length ? word("result_count", { n: results.length }) : "");

  /** Says what became of a query, for both lists. @param {string} query @param {Answer} answer @param {() => void} [unfilter] */
  function remarks(query, { results, corrected = [], error }, unfilter) {
    const said = corrected.filter(() => results.length).map(([typed, meant]) => element("p", { class: "search-message" }, word("corrected", { typed, meant })));
    if (error) said.push(element("p", { class: "search-message error" }, error));
    else if (!results.length && query) {
      said.push(element("p", { class: "search-message" }, word("nothing", { query }), " ", word("fewer")));
      if (unfilter && query.search(FILTER) >= 0) {
        const button = element("button", { type: "button", class: "search-link" }, word("unfiltered"));
        button.addEventListener("click", unfilter);
        said.push(element("p", { class: "search-message" }, button));
      }
    }
    return said;
  }

  /** @param {string} name @param {object} detail */
  const tell = (name, detail) => document.dispatchEvent(new CustomEvent(`precedent:${name}`, { detail }));

  /** Asks and shows, the newest question only. @param {(query: string, answer: Answer) => void} show @param {HTMLElement} status says so when it takes long */
  function asker(show, status) {
    /** @type {AbortController | undefined} */
    let running;
    return (/** @type {string} */ query, limit = 10) => {
      running?.abort();
      const { signal } = (running = new AbortController());
      // A letter alone says too little, but for a sign of a script without spaces.
      if (query === "" || /^[\0-\u024F]$/.test(query)) return show("", { results: [] });
      const slow = setTimeout(() => signal.aborted || (status.textContent = word("searching")), 300);
      ask(query, limit, signal)
        .then((answer) => {
          if (signal.aborted) return;
          show(query, answer);
          tell("search", { query, results: answer.results });
        })
        .catch((error) => signal.aborted || show(query, { results: [], error: explain(error) }))
        .finally(() => clearTimeout(slow));
    };
  }

  // ---- Going there ----

  const ARRIVAL = "precedent-arrival";

  /** Notes what was searched for the page that was chosen. @param {string} query @param {HTMLAnchorElement} link @param {number} position @param {boolean} elsewhere in another tab */
  function choose(query, link, position, elsewhere) {
    remember(query, true);
    tell("search-choose", { query, url: link.href, position });
    if (elsewhere) return;
    const marked = [...link.querySelectorAll("mark")].map((mark) => mark.textContent ?? "");
    const typed = query.replace(/(^|\s)-?\w+:("[^"]*"?|\S*)|(^|\s)-\S+/g, " ").split(/[\s"*]+/);
    const { origin, pathname } = new URL(link.href);
    try {
      sessionStorage.setItem(ARRIVAL, JSON.stringify({ page: origin + pathname, words: [...new Set([...marked, ...typed])].filter((word) => word.length > 1) }));
    } catch {
      // Then nothing is marked.
    }
    // The page may be this one.
    setTimeout(arrive, 100);
  }

  /** @param {MouseEvent} event */
  const isElsewhere = (event) => event.ctrlKey || event.metaKey || event.shiftKey;

  /** Marks the words of the search that led here, until Esc is pressed. */
  function arrive() {
    const main = document.querySelector("article");
    /** @type {{page: string, words: string[]}} */
    let noted;
    try {
      noted = JSON.parse(sessionStorage.getItem(ARRIVAL) ?? "null");
      if (noted?.page !== location.origin + location.pathname) return;
      sessionStorage.removeItem(ARRIVAL);
    } catch {
      return;
    }
    if (!main || !noted.words.length || typeof Highlight === "undefined") return;
    const escaped = noted.words.sort((one, other) => other.length - one.length).map((word) => word.replace(/[\\^$.*+?()[\]{}|\/]/g, "\\$&"));
    const any = new RegExp(`(?<![a-z0-9])(?:${escaped.join("|")})(?![a-z0-9])`, "giu");
    const marks = new Highlight();
    const texts = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
    for (let text = texts.nextNode(); text; text = texts.nextNode()) {
      for (const match of (text.textContent ?? "").matchAll(any)) {
        const range = new Range();
        range.setStart(text, match.index);
        range.setEnd(text, match.index + match[0].length);
        marks.add(range);
      }
    }
    CSS.highlights.set("precedent-search", marks);
  }

  // ---- The dialog, made when it is first opened ----

  const FILTER = /(^|\s)-?(kind|status|tag|by|scope|after|before):("[^"]*"?|\S*)/gi;
  /** The fields of the filters; a year is the days after its first. */
  const fields = /** @type {const} */ (["kind", "status", "tag", "by", "after"]);

  const input = /** @type {HTMLInputElement} */ (element("input", {
    type: "text", role: "combobox", placeholder: word("label"), "aria-label": word("label"), "aria-autocomplete": "list", "aria-expanded": "false",
    "aria-controls": "search-results", autocomplete: "off", autocapitalize: "off", autocorrect: "off", spellcheck: "false", enterkeyhint: "search", autofocus: "",
  }));
  const close = element("button", { type: "button", class: "tool", "aria-label": word("close") }, element("span", { class: "icon icon-close" }));
  const chips = element("div", { class: "search-chips", role: "group", "aria-label": word("filters") });
  const message = element("div", {});
  const list = element("div", { id: "search-results", role: "listbox", "aria-label": word("results") });
  const recents = element("div", { class: "search-recents" });
  const help = element("dl", { class: "search-help", "aria-label": word("help") },
    ...[
      [word("phrase"), word("phrase_help")], [word("without"), word("without_help")], [word("begin"), word("begin_help")],
      ["status:accepted", word("field_help")], ["after:2025", word("day_help")], ["ADR-12", word("id_help")],
    ].flatMap(([code, meaning]) => [element("dt", {}, element("code", {}, code)), element("dd", {}, meaning)]));
  const count = element("span", { class: "search-count", role: "status" });
  const all = /** @type {HTMLAnchorElement} */ (element("a", { class: "search-all", hidden: "" }, word("all_results")));
  const body = element("div", { class: "search-body" }, message, list, recents, help);
  const key = (/** @type {string} */ name, /** @type {string} */ does) => element("span", { class: "search-key" }, element("kbd", {}, name), ` ${does}`);
  const dialog = /** @type {HTMLDialogElement} */ (element("dialog", { class: "search", "aria-label": word("label"), "data-added": "" },
    element("div", { class: "search-field" }, element("span", { class: "icon icon-search" }), input, close), chips, body,
    element("div", { class: "search-foot" }, key("↑↓", word("choose")), key("↵", word("open")), key(/Mac|iP/.test(navigator.platform) ? "⌘ ↵" : "Ctrl ↵", word("new_tab")), count, all)));

  function open() {
    if (!isThere() || (dialog.open && dialog.isConnected)) return;
    prepare();
    const selected = String(getSelection()).trim();
    if (!dialog.isConnected) {
      dialog.removeAttribute("open"); // The live preview may have taken it away while it was open.
      document.body.append(dialog);
    }
    dialog.showModal();
    if (/^[^\n]{2,60}$/.test(selected)) input.value = selected;
    input.select();
    search();
  }

  /** Puts a text in place of what is typed, and searches. @param {string} text */
  function type(text) {
    input.value = text;
    input.focus();
    input.setSelectionRange(text.length, text.length);
    search();
  }

  const searchFor = asker(show, count);
  let timer = 0;

  /** What is typed of a filter before the caret: `status:acc`. */
  const unfinished = () => /(?:^|\s)-?(kind|status|tag|by|scope|after|before):(?:"([^"]*)|([^\s"]*))$/i.exec(input.value.slice(0, input.selectionStart ?? undefined));

  function search() {
    clearTimeout(timer);
    showChips();
    const filter = unfinished();
    const typed = input.value;
    if (!filter) return searchFor(typed.trim());
    const field = filter[1].toLowerCase();
    complete(field, filter[2] ?? filter[3]).then((values) => {
      if (input.value !== typed) return; // It was typed on.
      // A whole value is searched for.
      if (values.some(([value]) => value.toLowerCase() === (filter[2] ?? filter[3]).toLowerCase()) || !values.length) return searchFor(typed.trim());
      searchFor("");
      fill(values.slice(0, 30).map(([value, pages]) => {
        const made = element("div", { class: "search-value", role: "option" }, field === "status" ? element("span", { class: "status", "data-status": value.toLowerCase() }, value) : value);
        if (pages) made.append(element("span", { class: "search-facts" }, String(pages)));
        made.addEventListener("click", () => {
          const caret = input.selectionStart ?? typed.length;
          const before = typed.slice(0, caret - (filter[3] ?? `"${filter[2]}`).length);
          const year = field === "after" ? ` before:${Number(value) + 1}` : "";
          type(`${before}${/\s/.test(value) ? `"${value}"` : value}${year} ${typed.slice(caret).trimStart()}`);
        });
        return made;
      }), word("values", { field: word(field) }));
    }, (error) => show(typed, { results: [], error: explain(error) }));
  }

  /** Filters as they stand in the query: a click takes one out, or begins one. */
  function showChips() {
    const set = [...input.value.matchAll(FILTER)].filter((match) => match[3] && match[2].toLowerCase() !== "before");
    const made = set.map((match) => {
      const name = match[2].toLowerCase();
      const chip = element("button", { type: "button", class: "search-chip", "aria-pressed": "true" }, `${word(name)}: ${match[3].replace(/"/g, "")}`);
      chip.addEventListener("click", () => type((name === "after" ? input.value.replace(match[0], "").replace(/(^|\s)before:\S*/, "") : input.value.replace(match[0], "")).trimStart()));
      return chip;
    });
    for (const field of fields) {
      if (set.some((match) => match[2].toLowerCase() === field)) continue;
      const chip = element("button", { type: "button", class: "search-chip", "aria-pressed": "false" }, word(field));
      chip.addEventListener("click", () => type(`${input.value.replace(/\S$/, "$& ")}${field}:`));
      made.push(chip);
    }
    // The chip with the focus must not vanish under it.
    const at = [...chips.children].indexOf(/** @type {Element} */ (document.activeElement));
    chips.replaceChildren(...made);
    if (at >= 0) /** @type {HTMLElement} */ (made[Math.min(at, made.length - 1)]).focus();
  }

  // ---- Showing ----

  /** Fills the list; the first is chosen. @param {HTMLElement[]} options @param {string} label */
  function fill(options, label) {
    options.forEach((option, at) => (option.id = `search-result-${at}`));
    list.replaceChildren(...options);
    list.setAttribute("aria-label", label);
    list.hidden = !options.length;
    recents.hidden = help.hidden = options.length > 0;
    message.replaceChildren();
    body.scrollTop = 0;
    input.setAttribute("aria-expanded", String(options.length > 0));
    select(options.length ? 0 : -1);
  }

  /** @param {string} query @param {Answer} answer */
  function show(query, answer) {
    fill(answer.results.map((result) => resultOf(result, "a", { role: "option", tabindex: "-1" })), word("results"));
    message.replaceChildren(...remarks(query, answer, () => type(query.replace(FILTER, "").trim())));
    recents.hidden ||= query !== "";
    if (!recents.hidden) showRecents();
    all.hidden = !answer.results.length;
    all.href = new URL(`search.html?q=${encodeURIComponent(query)}`, rootUrl()).href;
    count.textContent = countOf(answer) || (query && !answer.error ? word("nothing", { query }) : "");
    count.classList.toggle("unseen", !answer.results.length);
  }

  function showRecents() {
    const past = recent().map((query) => {
      const again = element("button", { type: "button", class: "search-again" }, query);
      const remove = element("button", { type: "button", class: "tool", "aria-label": word("remove", { query }) }, element("span", { class: "icon icon-close" }));
      again.addEventListener("click", () => type(query));
      remove.addEventListener("click", () => {
        remember(query, false);
        showRecents();
        (recents.querySelector("button") ?? input).focus();
      });
      return element("div", {}, again, remove);
    });
    recents.replaceChildren(...(past.length ? [element("p", { class: "search-label-line" }, word("recent")), ...past] : []));
  }

  const options = () => /** @type {HTMLElement[]} */ ([...list.children]);
  const selected = () => options().findIndex((option) => option.getAttribute("aria-selected") === "true");

  /** @param {number} index of the option, or -1 for none */
  function select(index) {
    options().forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
    const chosen = options()[index];
    if (chosen) input.setAttribute("aria-activedescendant", chosen.id);
    else input.removeAttribute("aria-activedescendant");
    chosen?.scrollIntoView({ block: "nearest", behavior: "instant" });
  }

  // ---- Listening ----

  input.addEventListener("input", () => {
    clearTimeout(timer);
    // The preview is asked over HTTP; the engine knows itself when to wait.
    if (api()) timer = setTimeout(search, 50);
    else search();
  });

  input.addEventListener("keydown", (event) => {
    if (event.isComposing) return;
    const { length } = options();
    const [caret, end] = [input.selectionStart, input.value.length];
    const command = event.ctrlKey || event.metaKey;
    const to = {
      ArrowDown: (selected() + 1) % length, ArrowUp: (selected() - 1 + length) % length, PageUp: 0, PageDown: length - 1,
      // In the field they are the caret's, as long as it has a way to go.
      Home: caret === 0 ? 0 : NaN, End: caret === end ? length - 1 : NaN,
    }[event.key];
    const chosen = options()[selected()];
    if (to !== undefined && length && !Number.isNaN(to)) select(to);
    else if (event.key === "ArrowDown") /** @type {HTMLElement | null} */ (recents.querySelector("button"))?.focus();
    else if (event.key === "Enter" && chosen instanceof HTMLAnchorElement && command) {
      choose(input.value.trim(), chosen, selected(), true);
      window.open(chosen.href, "_blank", "noopener");
    } else if (event.key === "Enter") chosen?.click();
    else if (event.key === "Tab" && chosen?.className === "search-value" && !event.shiftKey) chosen.click();
    else return;
    event.preventDefault();
  });

  recents.addEventListener("keydown", (event) => {
    const buttons = /** @type {HTMLElement[]} */ ([...recents.querySelectorAll(".search-again")]);
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    (buttons[buttons.indexOf(/** @type {HTMLElement} */ (event.target)) + step] ?? input).focus();
  });

  close.addEventListener("click", () => dialog.close());
  dialog.addEventListener("click", (event) => {
    const link = /** @type {Element} */ (event.target).closest("a");
    if (link && link !== all) choose(input.value.trim(), link, options().indexOf(link), isElsewhere(event));
    if (event.target === dialog || (link && !isElsewhere(event))) dialog.close();
  });

  const opener = (/** @type {Event} */ event) => /** @type {Partial<Element>} */ (event.target).closest?.(".search-open");
  document.addEventListener("click", (event) => opener(event) && open());
  for (const name of ["pointerover", "focusin"]) document.addEventListener(name, (event) => opener(event) && prepare());

  document.addEventListener("keydown", (event) => {
    const target = /** @type {HTMLElement} */ (event.target);
    const typing = target.isContentEditable || target.matches?.("input, textarea, select");
    const command = event.ctrlKey || event.metaKey;
    if (event.key === "Escape") globalThis.CSS?.highlights?.delete("precedent-search");
    const wanted = (event.key === "/" && !typing && !command && !event.altKey) || (event.key.toLowerCase() === "k" && command && !event.shiftKey && !event.altKey);
    if (!wanted || !isThere()) return;
    event.preventDefault();
    if (dialog.open && dialog.isConnected) dialog.close();
    else open();
  });

  // ---- The page of all results ----

  const PAGE = 20;

  function showPage() {
    const form = /** @type {HTMLFormElement | null} */ (document.querySelector(".search-form"));
    const region = document.querySelector(".search-page");
    if (!form || !region || form.dataset.added !== undefined) return;
    form.dataset.added = "";
    form.hidden = !isThere();
    const field = /** @type {HTMLInputElement} */ (form.elements.namedItem("q"));
    const status = element("p", { class: "search-count", role: "status" });
    const found = element("ol", { class: "search-list" });
    const said = element("div", {});
    const more = element("button", { type: "button", class: "search-more", hidden: "" }, word("more"));
    region.replaceChildren(status, said, found, more);
    let limit = PAGE;
    const ask = asker((query, answer) => {
      const focused = found.children.length;
      found.replaceChildren(...answer.results.map((result) => resultOf(result, "li", {})));
      said.replaceChildren(...remarks(query, answer));
      status.textContent = countOf(answer);
      if (document.activeElement === more) found.children[focused]?.querySelector("a")?.focus();
      more.hidden = answer.results.length < limit || answer.results.length >= (answer.total ?? 0);
    }, status);
    const go = () => {
      const query = field.value.trim();
      document.title = query ? `${query} · ${document.title.replace(/^.* · /, "")}` : document.title;
      history.replaceState(history.state, "", `${location.pathname}${query ? `?q=${encodeURIComponent(query)}` : ""}`);
      ask(query, limit);
    };
    const restart = () => {
      limit = PAGE;
      go();
    };
    field.value = new URLSearchParams(location.search).get("q") ?? "";
    field.addEventListener("input", restart);
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      restart();
    });
    more.addEventListener("click", () => {
      limit += PAGE;
      go();
    });
    found.addEventListener("click", (event) => {
      const link = /** @type {Element} */ (event.target).closest("a");
      if (link) choose(field.value.trim(), link, [...found.children].indexOf(/** @type {Element} */ (link.parentElement)), isElsewhere(event));
    });
    if (field.value) go();
    else field.focus();
  }

  function enhance() {
    for (const button of document.querySelectorAll(".search-open")) /** @type {HTMLElement} */ (button).hidden = !isThere();
    showPage();
  }

  document.addEventListener("precedent:update", enhance);
  enhance();
  arrive();
})();
