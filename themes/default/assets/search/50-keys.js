// @ts-check
// What the dialog and the page listen to.

queryField.addEventListener("input", () => {
  clearTimeout(typingTimer);
  // The preview is asked over HTTP; the engine knows itself when to wait.
  if (api()) typingTimer = setTimeout(searchTyped, 50);
  else searchTyped();
});

queryField.addEventListener("keydown", (event) => {
  if (event.isComposing) return;
  const { length } = options();
  const [caret, end] = [queryField.selectionStart, queryField.value.length];
  const command = event.ctrlKey || event.metaKey;
  const to = {
    ArrowDown: (selected() + 1) % length, ArrowUp: (selected() - 1 + length) % length, PageUp: 0, PageDown: length - 1,
    // In the field they are the caret's, as long as it has a way to go.
    Home: caret === 0 ? 0 : NaN, End: caret === end ? length - 1 : NaN,
  }[event.key];
  const chosen = options()[selected()];
  if (to !== undefined && length && !Number.isNaN(to)) selectOption(to);
  else if (event.key === "ArrowDown") offered()[0]?.focus();
  else if (event.key === "Enter" && chosen instanceof HTMLAnchorElement && command) {
    choose(queryField.value.trim(), chosen, selected(), true);
    window.open(chosen.href, "_blank", "noopener");
  } else if (event.key === "Enter") chosen?.click();
  else if (event.key === "Tab" && chosen?.className === "search-value" && !event.shiftKey) chosen.click();
  else return;
  event.preventDefault();
});

/** What the empty dialog offers: searches, pages, places of the book. */
const offered = () => /** @type {HTMLElement[]} */ ([...dialogBody.querySelectorAll(".search-recents:not([hidden]) .search-again, .search-doors:not([hidden]) a")]);

dialogBody.addEventListener("keydown", (event) => {
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  const at = offered().indexOf(/** @type {HTMLElement} */ (event.target));
  if (!step || at < 0) return;
  event.preventDefault();
  (offered()[at + step] ?? queryField).focus();
});

closeButton.addEventListener("click", () => dialog.close());
dialog.addEventListener("click", (event) => {
  const link = /** @type {Element} */ (event.target).closest("a");
  if (link && options().includes(/** @type {HTMLElement} */ (link))) choose(queryField.value.trim(), link, options().indexOf(link), isElsewhere(event));
  if (event.target === dialog || (link && !isElsewhere(event))) dialog.close();
});

const openerOf = (/** @type {Event} */ event) => /** @type {Partial<Element>} */ (event.target).closest?.(".search-open");
document.addEventListener("click", (event) => openerOf(event) && openDialog());
for (const name of ["pointerover", "focusin"]) document.addEventListener(name, (event) => openerOf(event) && prepare());

document.addEventListener("keydown", (event) => {
  const target = /** @type {HTMLElement} */ (event.target);
  const typing = target.isContentEditable || target.matches?.("input, textarea, select");
  const command = event.ctrlKey || event.metaKey;
  if (event.key === "Escape") globalThis.CSS?.highlights?.delete("precedent-search");
  const wanted = (event.key === "/" && !typing && !command && !event.altKey) || (event.key.toLowerCase() === "k" && command && !event.shiftKey && !event.altKey);
  if (!wanted || !isThere()) return;
  event.preventDefault();
  if (dialog.open && dialog.isConnected) dialog.close();
  else openDialog();
});
