// @ts-check
// What both lists show: a result, and what became of a query.

/** The number of a decision, which is the last place that leads to it, and its title without one. @param {Result} result @returns {[string, string]} */
function nameOf({ title, path, breadcrumb, kind }) {
  const label = kind === "decision" ? (breadcrumb.at(-1) ?? "") : "";
  const number = /^(?:\p{L}[\p{L}\p{N} _-]*?)?0*(\d{1,5})$/u.exec(label)?.[1];
  // A folder may end in a number as well, but not in that of its file.
  if (!number || !new RegExp(`(?<!\\d)0*${number}(?!\\d)`).test(path)) return ["", title];
  return [label, title.replace(new RegExp(`^[\\[(#\\s]*(?:\\p{L}+[\\s#_-]*)?0*${number}(?:[\\])\\s.:)–—-]+)(?=\\S)`, "u"), "")];
}

/** @param {Result} result @param {string} name @param {Record<string, string>} attributes */
function resultOf(result, name, attributes) {
  const { heading, url, breadcrumb, kind, status, date, excerpt } = result;
  const [label, title] = nameOf(result);
  const named = element("span", { class: "search-title" }, ...(label ? [element("span", { class: "number" }, label), " "] : []), title);
  const line = element("span", { class: "search-line" }, named);
  if (status) line.append(element("span", { class: "status", "data-status": status }, /** @type {any} */ (window).precedentSay(`status.${status}`)));
  const place = breadcrumb.slice(0, label ? -1 : undefined).map((crumb) => element("span", {}, crumb));
  if (heading && heading !== result.title) place.push(element("span", { class: "search-heading" }, heading));
  const facts = [kind === "page" ? "" : /** @type {any} */ (window).precedentSay(`kind.${kind}`), date ?? ""].filter(Boolean).join(" · ");
  const link = element("a", { class: "search-result", href: new URL(url, rootUrl()).href, ...attributes }, line);
  if (place.length || facts) link.append(element("span", { class: "search-place" }, element("span", { class: "search-crumbs" }, ...place), element("span", { class: "search-facts" }, facts)));
  if (excerpt.length) link.append(element("span", { class: "search-excerpt" }, ...excerpt.map(({ text, marked }) => (marked ? element("mark", {}, text) : text))));
  return name === "a" ? link : element(name, {}, link);
}

/** @param {Answer} answer */
const countOf = ({ results, total = 0 }) => (total > results.length ? word("some", { n: results.length, total }) : results.length ? word("result_count", { n: results.length }) : "");

/** Says what became of a query, for both lists. @param {string} query @param {Answer} answer @param {() => void} [unfilter] */
function remarks(query, { results, unknown = [], corrected = [], synonyms = [], error }, unfilter) {
  const found = [
    ...unknown.map((typed) => word("unknown", { typed })),
    ...corrected.map(([typed, meant]) => word("corrected", { typed, meant })),
    ...synonyms.map(([typed, name]) => word("synonym", { typed, name })),
  ];
  const said = found.filter(() => results.length).map((text) => element("p", { class: "search-message" }, text));
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
