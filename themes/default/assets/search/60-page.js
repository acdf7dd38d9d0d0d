// @ts-check
// The page of all results, and the page for an address that leads nowhere.

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
  document.addEventListener("precedent:indexed", () => {
    if (field.isConnected && field.value.trim()) go();
  });
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

/** The words of an address that leads nowhere: `ADR-12`, or `use postgres` of `/adr/0012-use-postgres.html`. @param {string} path */
function wordsOf(path) {
  const names = path.split("/").map((name) => name.replace(/\.[a-z]+$/i, "")).filter((name) => name && name !== "index");
  let last = names.at(-1) ?? "";
  try {
    last = decodeURIComponent(last);
  } catch {
    // What is no text is searched for as it is.
  }
  if (/^[a-z]+-?\d+$/i.test(last)) return last;
  return last.replace(/^\d+[-_](?=\D)/, "").replace(/[\s_+.:"-]+/g, " ").trim().slice(0, 80);
}

/** Fills the search of the page for an address that leads nowhere, and shows what is near. */
function showMissing() {
  const form = /** @type {HTMLFormElement | null} */ (document.querySelector(".missing-search"));
  const near = /** @type {HTMLElement | null} */ (document.querySelector(".missing-near"));
  if (!form || !near || form.dataset.added !== undefined || !isThere()) return;
  form.dataset.added = "";
  form.hidden = false;
  const words = /\/404(\.html)?$/.test(location.pathname) ? "" : wordsOf(location.pathname);
  /** @type {HTMLInputElement} */ (form.elements.namedItem("q")).value = words;
  if (!words) return;
  const found = element("ol", { class: "search-list" });
  asker((query, { results }) => {
    near.hidden = !results.length;
    found.replaceChildren(...results.map((result) => resultOf(result, "li", {})));
    near.append(found);
  }, element("p", {}))(words, 5);
}

function enhance() {
  for (const button of document.querySelectorAll(".search-open")) /** @type {HTMLElement} */ (button).hidden = !isThere();
  showPage();
  showMissing();
}

document.addEventListener("precedent:update", enhance);
enhance();
noteRead();
arrive();
