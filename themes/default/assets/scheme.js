// @ts-check
// What must be known before the first paint: the reader's colour scheme, whether code is wrapped, and the tabs that were chosen
// before.
// An absent scheme means automatic: the system decides.
(() => {
  "use strict";
  const root = document.documentElement;
  root.dataset.script = "";
  // The font of text is asked for before the style sheet is there, so that it is there for the first paint. A `preload` would be
  // refused from a disk.
  if (root.dataset.font) document.fonts.add(new FontFace("Inter", `url("${new URL(root.dataset.font, location.href).href}")`, { weight: "400 700", display: "optional", unicodeRange: "U+0020-007E, U+00A0-00FF, U+2010-2026" }));
  document.fonts.forEach((font) => font.load().catch(() => {}));
  /** @type {unknown} */
  let chosen;
  try {
    const scheme = localStorage.getItem("precedent-scheme");
    if (scheme === "light" || scheme === "dark") root.dataset.scheme = scheme;
    if (localStorage.getItem("precedent-wrap")) root.dataset.wrap = "";
    chosen = JSON.parse(localStorage.getItem("precedent-tabs") ?? "[]");
  } catch {
    // Storage may be refused; the scheme is then automatic.
  }

  /** @type {string[]} the labels that were chosen, the last one first */
  const labels = Array.isArray(chosen) ? chosen : [];
  const tabs = (window.precedentTabs = {
    labels,
    /** Which tab of a group the reader wants to see. */
    wanted(group) {
      const own = [...group.querySelectorAll(":scope > .tab-list > .tab")].map((tab) => tab.textContent ?? "");
      return Math.max(0, own.indexOf(labels.find((label) => own.includes(label)) ?? own[0]));
    },
  });
  if (labels.length === 0) return;

  // Parts are seen as the parser makes them, so that none is drawn and then exchanged for another.
  const parts = document.getElementsByClassName("tab-panel");
  let seen = 0;
  const observer = new MutationObserver(() => {
    for (; seen < parts.length; seen += 1) {
      const part = parts[seen];
      const group = /** @type {Element} */ (part.parentElement);
      const at = [...group.children].filter((child) => child.className.startsWith("tab-panel")).indexOf(part);
      part.classList.toggle("chosen", at === tabs.wanted(group));
    }
  });
  observer.observe(root, { childList: true, subtree: true });
  document.addEventListener("DOMContentLoaded", () => observer.disconnect());
})();
