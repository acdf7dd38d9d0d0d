// @ts-check
// Tabs. The page brings a row of buttons and the parts; this makes tabs of them, which stay in step: all groups with the
// chosen label change together, here and on the pages that are read later.
(() => {
  "use strict";

  /** How many labels are remembered. */
  const REMEMBERED = 20;
  /** A tab of a group; an author's element may have the name alone. */
  const TAB = ".tab-group > .tab-list > .tab";
  const { labels, wanted } = window.precedentTabs;
  let named = 0;

  /** @param {Element} group @returns {HTMLElement[]} */
  const tabsOf = (group) => [.../** @type {NodeListOf<HTMLElement>} */ (group.querySelectorAll(":scope > .tab-list > .tab"))];
  /** @param {Element} group @returns {HTMLElement[]} */
  const partsOf = (group) => [.../** @type {NodeListOf<HTMLElement>} */ (group.querySelectorAll(":scope > .tab-panel"))];
  /** @param {Element} inside @returns {HTMLElement} */
  const groupOf = (inside) => /** @type {HTMLElement} */ (inside.closest(".tab-group"));

  /** Shows one part of a group. The others can still be found by the browser, where it knows how. @param {Element} group @param {number} chosen */
  function show(group, chosen) {
    tabsOf(group).forEach((tab, at) => {
      tab.classList.toggle("chosen", at === chosen);
      tab.setAttribute("aria-selected", String(at === chosen));
      tab.tabIndex = at === chosen ? 0 : -1;
    });
    partsOf(group).forEach((part, at) => {
      part.classList.toggle("chosen", at === chosen);
      if (at === chosen) part.removeAttribute("hidden");
      else part.setAttribute("hidden", "until-found");
    });
  }

  /** Says what is a tab and what its part. @param {Element} group */
  function equip(group) {
    const parts = partsOf(group);
    group.querySelector(":scope > .tab-list")?.setAttribute("role", "tablist");
    tabsOf(group).forEach((tab, at) => {
      const part = parts[at];
      if (!part) return;
      named += 1;
      tab.id ||= `tab-${named}`;
      part.id ||= `tab-panel-${named}`;
      tab.setAttribute("role", "tab");
      tab.setAttribute("aria-controls", part.id);
      part.setAttribute("role", "tabpanel");
      part.setAttribute("aria-labelledby", tab.id);
      if (!part.querySelector("a[href], button, input, [tabindex]")) part.tabIndex = 0;
    });
  }

  /** Shows the parts with a label wherever there is one; what the reader looks at stays where it is. @param {HTMLElement} tab */
  function choose(tab) {
    const label = tab.textContent ?? "";
    const before = tab.getBoundingClientRect().top;
    for (const group of document.querySelectorAll(".tab-group")) {
      const at = tabsOf(group).findIndex((other) => other.textContent === label);
      if (at >= 0 && group !== groupOf(tab)) show(group, at);
    }
    show(groupOf(tab), tabsOf(groupOf(tab)).indexOf(tab));
    scrollBy({ top: tab.getBoundingClientRect().top - before, behavior: "instant" });
    labels.splice(0, labels.length, ...[label, ...labels.filter((other) => other !== label)].slice(0, REMEMBERED));
    try {
      localStorage.setItem("precedent-tabs", JSON.stringify(labels));
    } catch {
      // Storage may be refused; the choice then lasts as long as the page.
    }
  }

  /** Shows the parts that something stands in, from the outermost on. @param {Element | null} inside @returns {boolean} whether one was hidden */
  function reveal(inside) {
    const part = inside?.closest(".tab-group > .tab-panel");
    if (!part) return false;
    const group = groupOf(part);
    const outer = reveal(group.parentElement);
    const hidden = !part.classList.contains("chosen");
    show(group, partsOf(group).indexOf(/** @type {HTMLElement} */ (part)));
    return hidden || outer;
  }

  /** Goes to what an address names, if that is in a part which is not shown. @param {string} hash */
  function follow(hash) {
    let id = hash.slice(1);
    try {
      id = decodeURIComponent(id);
    } catch {
      // The address has a mistake in it; then the id is taken as it stands.
    }
    const target = document.getElementById(id);
    if (target && reveal(target)) target.scrollIntoView();
  }

  /** @param {Event} event @param {string} selector @returns {HTMLElement | null} */
  const within = (event, selector) => (event.target instanceof Element ? event.target.closest(selector) : null);

  document.addEventListener("click", (event) => {
    const tab = within(event, TAB);
    if (tab) choose(tab);
    const link = within(event, 'a[href^="#"]');
    if (link instanceof HTMLAnchorElement) follow(link.hash);
  });
  document.addEventListener("keydown", (event) => {
    const tab = within(event, TAB);
    if (!tab || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const tabs = tabsOf(groupOf(tab));
    const forwards = getComputedStyle(tab).direction === "rtl" ? -1 : 1;
    const steps = /** @type {Record<string, number>} */ ({ ArrowRight: forwards, ArrowLeft: -forwards });
    const at = tabs.indexOf(tab);
    const next = event.key === "Home" ? 0 : event.key === "End" ? tabs.length - 1 : event.key in steps ? (at + steps[event.key] + tabs.length) % tabs.length : -1;
    if (next < 0) return;
    event.preventDefault();
    tabs[next].focus();
    choose(tabs[next]);
  });
  // The browser found something in a part that is not shown.
  document.addEventListener("beforematch", (event) => void reveal(within(event, ".tab-panel")));
  addEventListener("hashchange", () => follow(location.hash));

  function enhance() {
    for (const group of document.querySelectorAll(".tab-group")) {
      equip(group);
      show(group, wanted(group));
    }
  }

  document.addEventListener("precedent:update", enhance);
  enhance();
  follow(location.hash);
})();
