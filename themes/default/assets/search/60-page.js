// @ts-check
// The page of all results.

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

function enhance() {
  for (const button of document.querySelectorAll(".search-open")) /** @type {HTMLElement} */ (button).hidden = !isThere();
  showPage();
}

document.addEventListener("precedent:update", enhance);
enhance();
arrive();
