// @ts-check
// The dialog, made when it is first opened.

const FILTER = /(^|\s)-?(kind|status|tag|by|scope|after|before):("[^"]*"?|\S*)/gi;
/** The fields of the filters; a year is the days after its first. */
const chipFields = /** @type {const} */ (["kind", "status", "tag", "by", "after"]);

const queryField = /** @type {HTMLInputElement} */ (element("input", {
  type: "text", role: "combobox", placeholder: word("label"), "aria-label": word("label"), "aria-autocomplete": "list", "aria-expanded": "false",
  "aria-controls": "search-results", autocomplete: "off", autocapitalize: "off", autocorrect: "off", spellcheck: "false", enterkeyhint: "search", autofocus: "",
}));
const closeButton = element("button", { type: "button", class: "tool", "aria-label": word("close") }, element("span", { class: "icon icon-close" }));
const chips = element("div", { class: "search-chips", role: "group", "aria-label": word("filters") });
const messages = element("div", {});
const resultList = element("div", { id: "search-results", role: "listbox", "aria-label": word("results") });
const recents = element("div", { class: "search-recents" });
const doors = element("div", { class: "search-doors" });
const helpList = element("details", { class: "search-syntax" }, element("summary", {}, word("help")), element("dl", { class: "search-help" },
  ...[
    [word("phrase"), word("phrase_help")], [word("without"), word("without_help")], [word("begin"), word("begin_help")],
    ["status:accepted", word("field_help")], ["after:2025", word("day_help")], ["ADR-12", word("id_help")],
  ].flatMap(([code, meaning]) => [element("dt", {}, element("code", {}, code)), element("dd", {}, meaning)])));
const countLine = element("span", { class: "search-count", role: "status" });
const allLink = /** @type {HTMLAnchorElement} */ (element("a", { class: "search-all", hidden: "" }, word("all_results")));
const dialogBody = element("div", { class: "search-body" }, messages, resultList, recents, doors, helpList);
const keyHint = (/** @type {string} */ name, /** @type {string} */ does) => element("span", { class: "search-key" }, element("kbd", {}, name), ` ${does}`);
const dialog = /** @type {HTMLDialogElement} */ (element("dialog", { class: "search", "aria-label": word("label"), "data-added": "" },
  element("div", { class: "search-field" }, element("span", { class: "icon icon-search" }), queryField, closeButton), chips, dialogBody,
  element("div", { class: "search-foot" }, keyHint("↑↓", word("choose")), keyHint("↵", word("open")), keyHint(/Mac|iP/.test(navigator.platform) ? "⌘ ↵" : "Ctrl ↵", word("new_tab")), countLine, allLink)));

function openDialog() {
  if (!isThere() || (dialog.open && dialog.isConnected)) return;
  prepare();
  const selected = String(getSelection()).trim();
  if (!dialog.isConnected) {
    dialog.removeAttribute("open"); // The live preview may have taken it away while it was open.
    document.body.append(dialog);
  }
  dialog.showModal();
  if (/^[^\n]{2,60}$/.test(selected)) queryField.value = selected;
  queryField.select();
  searchTyped();
}

/** Puts a text in place of what is typed, and searches. @param {string} text */
function typeQuery(text) {
  queryField.value = text;
  queryField.focus();
  queryField.setSelectionRange(text.length, text.length);
  searchTyped();
}

const searchFor = asker(show, countLine);
let typingTimer = 0;

/** What is typed of a filter before the caret: `status:acc`. */
const unfinished = () => /(?:^|\s)-?(kind|status|tag|by|scope|after|before):(?:"([^"]*)|([^\s"]*))$/i.exec(queryField.value.slice(0, queryField.selectionStart ?? undefined));

function searchTyped() {
  clearTimeout(typingTimer);
  showChips();
  const filter = unfinished();
  const typed = queryField.value;
  if (!filter) return searchFor(typed.trim());
  const field = filter[1].toLowerCase();
  completionsOf(field, filter[2] ?? filter[3]).then((values) => {
    if (queryField.value !== typed) return; // It was typed on.
    // A whole value is searched for.
    if (values.some(([value]) => value.toLowerCase() === (filter[2] ?? filter[3]).toLowerCase()) || !values.length) return searchFor(typed.trim());
    searchFor("");
    fill(values.slice(0, 30).map(([value, pages]) => {
      const made = element("div", { class: "search-value", role: "option" }, field === "status" ? element("span", { class: "status", "data-status": value.toLowerCase() }, value) : value);
      if (pages) made.append(element("span", { class: "search-facts" }, String(pages)));
      made.addEventListener("click", () => {
        const caret = queryField.selectionStart ?? typed.length;
        const before = typed.slice(0, caret - (filter[3] ?? `"${filter[2]}`).length);
        const year = field === "after" ? ` before:${Number(value) + 1}` : "";
        typeQuery(`${before}${/\s/.test(value) ? `"${value}"` : value}${year} ${typed.slice(caret).trimStart()}`);
      });
      return made;
    }), word("values", { field: word(field) }));
  }, (error) => show(typed, { results: [], error: explain(error) }));
}

/** Filters as they stand in the query: a click takes one out, or begins one. */
function showChips() {
  const set = [...queryField.value.matchAll(FILTER)].filter((match) => match[3] && match[2].toLowerCase() !== "before");
  const made = set.map((match) => {
    const name = match[2].toLowerCase();
    const chip = element("button", { type: "button", class: "search-chip", "aria-pressed": "true" }, `${word(name)}: ${match[3].replace(/"/g, "")}`);
    countOn(chip, name, match[3].replace(/"/g, ""));
    chip.addEventListener("click", () => typeQuery((name === "after" ? queryField.value.replace(match[0], "").replace(/(^|\s)before:\S*/, "") : queryField.value.replace(match[0], "")).trimStart()));
    return chip;
  });
  for (const field of chipFields) {
    if (set.some((match) => match[2].toLowerCase() === field)) continue;
    const chip = element("button", { type: "button", class: "search-chip", "aria-pressed": "false" }, word(field));
    chip.addEventListener("click", () => typeQuery(`${queryField.value.replace(/\S$/, "$& ")}${field}:`));
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
  resultList.replaceChildren(...options);
  resultList.setAttribute("aria-label", label);
  resultList.hidden = !options.length;
  recents.hidden = doors.hidden = helpList.hidden = options.length > 0;
  messages.replaceChildren();
  dialogBody.scrollTop = 0;
  queryField.setAttribute("aria-expanded", String(options.length > 0));
  selectOption(options.length ? 0 : -1);
}

/** What is shown, so that the same answer leaves the reader's choice alone. */
let shownAnswer = "";

/** @param {string} query @param {Answer} answer */
function show(query, answer) {
  const key = JSON.stringify([query, answer]);
  if (key === shownAnswer && resultList.children.length) return;
  shownAnswer = key;
  fill(answer.results.map((result) => resultOf(result, "a", { role: "option", tabindex: "-1" })), word("results"));
  messages.replaceChildren(...remarks(query, answer, () => typeQuery(query.replace(FILTER, "").trim())), ...hints(query));
  recents.hidden ||= query !== "";
  if (query) doors.hidden = true;
  if (!recents.hidden) showRecents();
  if (!doors.hidden) showDoors();
  allLink.hidden = !answer.results.length;
  allLink.href = `${resultsUrl().href}?q=${encodeURIComponent(query)}`;
  countLine.textContent = countOf(answer) || (query && !answer.error ? word("nothing", { query }) : "");
  countLine.classList.toggle("unseen", !answer.results.length);
}

// The preview's search follows a save a moment later than its pages: what was asked in between is asked again.
document.addEventListener("precedent:indexed", () => {
  if (dialog.open && queryField.value.trim()) searchTyped();
});

function showRecents() {
  const past = recent().map((query) => {
    const again = element("button", { type: "button", class: "search-again" }, query);
    const remove = element("button", { type: "button", class: "tool", "aria-label": word("remove", { query }) }, element("span", { class: "icon icon-close" }));
    again.addEventListener("click", () => typeQuery(query));
    remove.addEventListener("click", () => {
      remember(query, false);
      showRecents();
      (recents.querySelector("button") ?? queryField).focus();
    });
    return element("div", {}, again, remove);
  });
  recents.replaceChildren(...(past.length ? [element("p", { class: "search-label-line" }, word("recent")), ...past] : []));
}

/** Offers what a reader may look for before a word is typed: pages that were read last, and where the book begins. */
function showDoors() {
  const here = location.href.split(/[?#]/)[0];
  const link = (/** @type {string} */ title, /** @type {string} */ url) => element("a", { class: "search-door", href: new URL(url, rootUrl()).href }, title);
  const read = pagesRead().filter(({ url }) => new URL(url, rootUrl()).href !== here).slice(0, MOST_PAGES).map(({ title, url }) => link(title, url));
  const top = /** @type {NodeListOf<HTMLAnchorElement>} */ (document.querySelectorAll(".nav:not(.nav-decisions) > li > .nav-row > a, .nav-decisions a"));
  const main = [...top].slice(0, 9).map((door) => link(door.textContent?.trim() ?? "", door.href));
  const part = (/** @type {string} */ name, /** @type {HTMLElement[]} */ links) => (links.length ? [element("p", { class: "search-label-line" }, word(name)), ...links] : []);
  doors.replaceChildren(...part("read", read), ...part("doors", main));
}

/** Fields that people type, and those that are meant. @type {Record<string, string>} */
const MEANT = { author: "by", authors: "by", person: "by", decider: "by", deciders: "by", owner: "by", user: "by", type: "kind", state: "status", tags: "tag", label: "tag", team: "scope", since: "after", from: "after", until: "before", to: "before" };

/** Says of what looks like a filter and is none which filter is meant. @param {string} query */
function hints(query) {
  const typed = /(?:^|\s)-?([a-z]{2,12}):(?=[\w"@-])/gi;
  const unknown = [...query.matchAll(typed)].map((match) => match[1].toLowerCase()).find((field) => MEANT[field]);
  if (!unknown) return [];
  const button = element("button", { type: "button", class: "search-link" }, word("mean_field", { field: `${MEANT[unknown]}:` }));
  button.addEventListener("click", () => typeQuery(queryField.value.replace(new RegExp(`(^|\\s)(-?)${unknown}:`, "i"), `$1$2${MEANT[unknown]}:`)));
  return [element("p", { class: "search-message search-hint" }, word("no_field", { field: `${unknown}:` }), " ", button)];
}

/** Says on a filter how many pages it leaves. @param {HTMLElement} chip @param {string} field @param {string} value */
function countOn(chip, field, value) {
  if (!["kind", "status", "tag", "by", "scope"].includes(field)) return;
  completionsOf(field, value).then((values) => {
    const pages = values.find(([one]) => one.toLowerCase() === value.toLowerCase())?.[1];
    if (pages) chip.append(" ", element("span", { class: "search-chip-count" }, word("pages", { n: pages })));
  }, () => {});
}

const options = () => /** @type {HTMLElement[]} */ ([...resultList.children]);
const selected = () => options().findIndex((option) => option.getAttribute("aria-selected") === "true");

/** @param {number} index of the option, or -1 for none */
function selectOption(index) {
  options().forEach((option, at) => option.setAttribute("aria-selected", String(at === index)));
  const chosen = options()[index];
  if (chosen) queryField.setAttribute("aria-activedescendant", chosen.id);
  else queryField.removeAttribute("aria-activedescendant");
  chosen?.scrollIntoView({ block: "nearest", behavior: "instant" });
}
