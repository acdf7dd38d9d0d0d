// @ts-check
// What the page can do beyond reading: colour scheme, navigation, table of contents, code that is copied and wrapped, print.
// Listeners sit on the document, so they survive when the live preview exchanges its content;
// `enhance` runs at the start and after each such exchange, and may run any number of times.
// What a script adds to the page carries `data-added`, which the live preview leaves alone.
(() => {
  "use strict";

  const root = document.documentElement;
  const say = window.precedentSay;

  /** @type {<T extends Element = HTMLElement>(selector: string, within?: ParentNode) => T | null} */
  const find = (selector, within = document) => within.querySelector(selector);
  /** @type {(selector: string, within?: ParentNode) => HTMLElement[]} */
  const all = (selector, within = document) => [...within.querySelectorAll(/** @type {"a"} */ (selector))];

  /**
   * Makes an element. Text always becomes a text node, never markup.
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

  // ---- Colour scheme ----

  const schemes = ["automatic", "light", "dark"];
  const chosenScheme = () => root.dataset.scheme ?? "automatic";

  /** @param {string} scheme */
  function setScheme(scheme) {
    if (scheme === "automatic") delete root.dataset.scheme;
    else root.dataset.scheme = scheme;
    showScheme();
  }

  function showScheme() {
    const scheme = chosenScheme();
    for (const button of all(".scheme-switch")) {
      button.title = say(`script.scheme_${scheme}`);
      button.setAttribute("aria-label", button.title);
    }
    for (const meta of all('meta[name="theme-color"]')) {
      const own = meta.getAttribute("media")?.includes("dark") ? "dark" : "light";
      meta.dataset.own ??= meta.getAttribute("content") ?? "";
      const shown = scheme === "automatic" ? own : scheme;
      const source = all('meta[name="theme-color"]').find((m) => m.getAttribute("media")?.includes(shown));
      meta.setAttribute("content", source?.dataset.own ?? source?.getAttribute("content") ?? meta.dataset.own);
    }
  }

  function nextScheme() {
    const scheme = schemes[(schemes.indexOf(chosenScheme()) + 1) % schemes.length];
    try {
      if (scheme === "automatic") localStorage.removeItem("precedent-scheme");
      else localStorage.setItem("precedent-scheme", scheme);
    } catch {
      // Storage may be refused; the choice then lasts as long as the page.
    }
    setScheme(scheme);
  }

  addEventListener("storage", (event) => {
    if (event.key !== "precedent-scheme") return;
    setScheme(event.newValue === "light" || event.newValue === "dark" ? event.newValue : "automatic");
  });

  // ---- Navigation ----

  /** @typedef {{n?: string, t: string, u?: string, k?: string, s?: string, c?: Entry[]}} Entry number, title, address, kind, status, children */

  /** @type {Promise<Entry[]> | null} */
  let navigation = null;

  /**
   * The whole navigation, from the file which all pages share. A script element, since pages opened from disk may not fetch.
   * @returns {Promise<Entry[]>}
   */
  function wholeNavigation() {
    navigation ??= new Promise((resolve, reject) => {
      const script = document.createElement("script");
      script.src = find(".sidebar")?.dataset.source ?? "";
      script.onload = () => {
        script.remove();
        const loaded = /** @type {{precedentNavigation?: {items: Entry[]}}} */ (/** @type {unknown} */ (window)).precedentNavigation;
        resolve(loaded?.items ?? []);
      };
      script.onerror = () => {
        script.remove();
        navigation = null;
        reject(new Error("the navigation could not be loaded"));
      };
      document.head.append(script);
    });
    return navigation;
  }

  /** The absolute address of an entry. @param {string} url from the root of the site */
  const address = (url) => new URL((root.dataset.root ?? "") + url, location.href).href;

  /** What identifies an item among its siblings: its address, or the title of a group without a page. @param {Element} item */
  function keyOf(item) {
    const label = /** @type {HTMLElement | null} */ (item.querySelector(":scope > .nav-link, :scope > .nav-row > .nav-link"));
    return label instanceof HTMLAnchorElement ? label.href : (label?.textContent?.trim() ?? "");
  }

  /** @param {Entry} entry */
  const keyOfEntry = (entry) => (entry.u === undefined ? entry.t : address(entry.u));

  /** Makes the list item of an entry: the markup of `nav_items` in templates/parts.html. @param {Entry} entry */
  function itemOf(entry) {
    const label = entry.u === undefined ? element("span", { class: "nav-link" }) : element("a", { class: "nav-link", href: address(entry.u) });
    if (entry.n) label.append(element("span", { class: "number" }, entry.n), " ");
    label.append(entry.t);
    if (entry.s && entry.s !== "accepted") {
      label.append(element("span", { class: "mark", "data-status": entry.s, title: say(`status.${entry.s}`) }, element("span", { class: "unseen" }, ` (${say(`status.${entry.s}`)})`)));
    }
    if (!entry.c?.length) return element("li", {}, label);
    const row = element("div", { class: "nav-row" });
    if (entry.u === undefined) row.append(element("button", { type: "button", class: "toggle nav-link", "aria-expanded": "false" }, entry.t));
    else row.append(label, element("button", { type: "button", class: "toggle", "aria-expanded": "false", "aria-label": entry.t }));
    return element("li", {}, row);
  }

  /** Fills a group, or the top, with all of its entries; items which are there stay, with whatever is open in them. @param {HTMLElement | null} group */
  async function fill(group) {
    const path = group ? wayTo(group) : [];
    /** @type {Entry[] | undefined} */
    let entries = await wholeNavigation();
    for (const key of path) entries = entries?.find((entry) => keyOfEntry(entry) === key)?.c;
    if (!entries) return;
    let list = group ? find(":scope > ul", group) : find(".nav");
    if (!list) group?.append((list = element("ul", {})));
    if (!list) return;
    const present = new Map([...list.children].map((item) => [keyOf(item), item]));
    list.replaceChildren(...entries.map((entry) => present.get(keyOfEntry(entry)) ?? itemOf(entry)));
  }

  /** @param {HTMLElement} toggle */
  async function toggleGroup(toggle) {
    const group = /** @type {HTMLElement} */ (toggle.closest("li"));
    const open = toggle.getAttribute("aria-expanded") !== "true";
    if (open && !find(":scope > ul", group)) {
      toggle.setAttribute("aria-busy", "true");
      try {
        await fill(group);
      } catch {
        const link = /** @type {HTMLAnchorElement | null} */ (find(":scope > .nav-row > a", group));
        if (link) location.href = link.href;
        return;
      } finally {
        toggle.removeAttribute("aria-busy");
      }
    }
    toggle.setAttribute("aria-expanded", String(open));
  }

  /** Shows the entries which the page left out; if they cannot be had, follows the link to the page of all pages. @param {HTMLAnchorElement} more */
  async function showMore(more) {
    const list = /** @type {HTMLElement} */ (more.closest("ul"));
    const before = more.closest("li")?.previousElementSibling;
    try {
      await fill(list.closest("li"));
    } catch {
      location.href = more.href;
      return;
    }
    find("a, button", (before ? before.nextElementSibling : list.firstElementChild) ?? list)?.focus();
  }

  /** Brings the current page into view, in the sidebar only: the page itself must not move. */
  function revealCurrent() {
    const sidebar = find(".sidebar");
    const current = sidebar && find('[aria-current="page"]', sidebar);
    if (!sidebar || !current) return;
    const frame = sidebar.getBoundingClientRect();
    const place = current.getBoundingClientRect();
    if (frame.height === 0 || (place.top > frame.top + 60 && place.bottom < frame.bottom - 40)) return;
    sidebar.scrollTop += place.top - frame.top - frame.height / 3;
  }

  // ---- Table of contents ----

  /** @type {{heading: HTMLElement, link: HTMLElement}[]} */
  let sections = [];
  /** @type {HTMLElement | undefined} */
  let reading;
  let waiting = false;

  function collectSections() {
    sections = all(".toc a").flatMap((link) => {
      const heading = document.getElementById(link.getAttribute("href")?.slice(1) ?? "");
      return heading ? [{ heading, link }] : [];
    });
    reading = undefined;
    followReading();
  }

  /** Marks the section being read: the last whose heading has passed the upper quarter, or the last of all at the end. */
  function followReading() {
    waiting = false;
    const atEnd = innerHeight + scrollY >= root.scrollHeight - 4 && scrollY > 0;
    const passed = sections.filter(({ heading }) => heading.getBoundingClientRect().top < Math.min(innerHeight / 4, 200));
    const now = (atEnd ? sections.at(-1) : passed.at(-1))?.link;
    if (now === reading) return;
    reading?.removeAttribute("aria-current");
    now?.setAttribute("aria-current", "true");
    reading = now;
    // On a wide screen the contents share a column with what a record says of itself.
    const box = [find(".toc"), find(".rail")].find((box) => box && box.scrollHeight > box.clientHeight);
    if (box && now) box.scrollTop += now.getBoundingClientRect().top - box.getBoundingClientRect().top - box.clientHeight / 2;
  }

  addEventListener("scroll", () => {
    if (!waiting) requestAnimationFrame(followReading);
    waiting = true;
  }, { passive: true });

  // ---- Tables ----

  /** A table with room enough needs no frame that scrolls: then its head can stay in view. @param {HTMLElement} frame */
  function fit(frame) {
    const fits = (frame.firstElementChild?.scrollWidth ?? 0) <= frame.clientWidth;
    frame.classList.toggle("fits", fits);
    if (fits) frame.removeAttribute("tabindex");
    else frame.setAttribute("tabindex", "0");
  }

  const frames = new ResizeObserver((changed) => new Set(changed.map(({ target }) => target.closest(".table"))).forEach((frame) => fit(/** @type {HTMLElement} */ (frame))));

  function fitTables() {
    frames.disconnect();
    // The table grows by itself where a reader makes the text larger.
    all(".table, .table > table").forEach((box) => frames.observe(box));
  }

  // ---- Groups that the reader opened ----

  const OPENED = `precedent-open ${new URL(root.dataset.root || ".", location.href).pathname}`;

  /** The keys of the groups from the top down to one. @param {Element} group */
  function wayTo(group) {
    /** @type {string[]} */
    const way = [];
    for (let item = /** @type {Element | null | undefined} */ (group); item; item = item.parentElement?.closest(".nav li")) way.unshift(keyOf(item));
    return way;
  }

  /** @returns {string[]} the ways of the groups that were opened by hand */
  function opened() {
    try {
      return JSON.parse(sessionStorage.getItem(OPENED) ?? "[]");
    } catch {
      return [];
    }
  }

  /** @param {Element} group @param {boolean} open */
  function noteOpened(group, open) {
    const way = wayTo(group).join("\n");
    const others = opened().filter((other) => other !== way);
    try {
      sessionStorage.setItem(OPENED, JSON.stringify(open ? [...others, way] : others));
    } catch {
      // Storage may be refused: then each page opens what leads to it.
    }
  }

  /** Opens the groups that the reader opened on an earlier page; those further down after those above. */
  async function reopen() {
    for (const way of opened().sort((a, b) => a.length - b.length)) {
      const group = all(".nav li:has(> .nav-row)").find((item) => wayTo(item).join("\n") === way);
      const toggle = group && find(":scope > .nav-row > .toggle", group);
      if (toggle?.getAttribute("aria-expanded") === "false") await toggleGroup(toggle);
    }
  }

  // ---- Copy ----

  function addCopyButtons() {
    for (const figure of all("figure.code")) {
      // An author's own figure may have the name and no code.
      if (find(":scope > .copy", figure) || !find(":scope > pre", figure)) continue;
      figure.append(element("button", { type: "button", class: "copy", "data-added": "", "aria-label": say("script.copy"), title: say("script.copy") }));
    }
  }

  /** Offers to wrap the lines of code that has longer ones than it has room for. */
  function offerWrap() {
    for (const figure of all("figure.code:not(.diagram)")) {
      const code = find(":scope > pre", figure);
      if (!code || find(":scope > .wrap", figure) || code.scrollWidth <= code.clientWidth + 1 && root.dataset.wrap === undefined) continue;
      figure.append(element("button", { type: "button", class: "wrap", "data-added": "", "aria-label": say("script.wrap"), title: say("script.wrap"), "aria-pressed": String(root.dataset.wrap !== undefined) }));
    }
  }

  /** Wraps the lines of all code, or no longer, also on other pages. */
  function toggleWrap() {
    const wrapped = root.toggleAttribute("data-wrap");
    try {
      if (wrapped) localStorage.setItem("precedent-wrap", "1");
      else localStorage.removeItem("precedent-wrap");
    } catch {
      // Storage may be refused; the choice then lasts as long as the page.
    }
    for (const button of all(".wrap[data-added]")) button.setAttribute("aria-pressed", String(wrapped));
    offerWrap();
  }

  addEventListener("resize", offerWrap);
  document.fonts?.ready.then(offerWrap);

  /** What is typed at prompts, without those and without what was answered; any other code as it is. @param {string} code */
  function typedOf(code) {
    const lines = code.replace(/\n$/, "").split("\n");
    for (const [prompt, more] of [[/^\s*\$ /, /^\s*> /], [/^>>> ?/, /^\.\.\. ?/], [/^PS[^>]*> /, /^>> /]]) {
      if (!prompt.test(lines[0])) continue;
      /** @type {string[]} */
      const typed = [];
      let [isTyped, goesOn] = [false, false];
      for (const line of lines) {
        isTyped = prompt.test(line) || goesOn || (isTyped && more.test(line));
        if (isTyped) typed.push(line.replace(prompt, "").replace(more, ""));
        goesOn = isTyped && line.endsWith("\\");
      }
      return `${typed.join("\n")}\n`;
    }
    return code;
  }

  /** The code as a reader wants to have it: without prompts, the lines which a change removes, and the numbers of notes. @param {HTMLElement} figure */
  function codeOf(figure) {
    const code = /** @type {HTMLElement} */ ((find("pre", figure) ?? figure).cloneNode(true));
    const unwanted = figure.classList.contains("signed") ? ".annotation" : ".annotation, .line.removed";
    for (const part of all(unwanted, code)) part.remove();
    return typedOf(code.textContent ?? "");
  }

  /** @param {string} text @returns {Promise<boolean>} whether it was allowed */
  async function writeToClipboard(text) {
    try {
      await navigator.clipboard.writeText(text);
      return true;
    } catch {
      // A preview seen over plain http from another machine has no clipboard; the older way still works there.
      const area = /** @type {HTMLTextAreaElement} */ (element("textarea", { class: "unseen", "data-added": "", readonly: "", "aria-hidden": "true" }));
      const focused = /** @type {HTMLElement | null} */ (document.activeElement);
      area.value = text;
      document.body.append(area);
      area.select();
      const done = document.execCommand("copy");
      area.remove();
      focused?.focus();
      return done;
    }
  }

  /** @param {HTMLElement} button */
  async function copy(button) {
    const figure = /** @type {HTMLElement | null} */ (button.closest("figure.code"));
    if (!figure) return;
    const text = codeOf(figure);
    const done = await writeToClipboard(text);
    const label = say(done ? "script.copied" : "script.copy_refused");
    button.classList.toggle("done", done);
    button.title = label;
    button.setAttribute("aria-label", label);
    announce(label);
    setTimeout(() => {
      button.classList.remove("done");
      button.title = say("script.copy");
      button.setAttribute("aria-label", button.title);
    }, 1800);
  }

  /** Says something to those who use a screen reader. @param {string} text */
  function announce(text) {
    let voice = find(".voice");
    if (!voice) document.body.append((voice = element("div", { class: "voice unseen", role: "status", "data-added": "" })));
    voice.textContent = text;
  }

  // ---- Together ----

  document.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    const plain = event.button === 0 && !event.ctrlKey && !event.metaKey && !event.shiftKey && !event.altKey;
    const toggle = /** @type {HTMLElement | null} */ (target.closest(".nav li > .nav-row > .toggle"));
    const more = /** @type {HTMLAnchorElement | null} */ (target.closest(".more a"));
    const button = /** @type {HTMLElement | null} */ (target.closest(".copy[data-added]"));
    if (target.closest(".scheme-switch")) nextScheme();
    else if (toggle) toggleGroup(toggle).then(() => noteOpened(/** @type {Element} */ (toggle.closest("li")), toggle.getAttribute("aria-expanded") === "true"));
    else if (more && plain) {
      event.preventDefault();
      showMore(more);
    } else if (button) copy(button);
    else if (target.closest(".wrap[data-added]")) toggleWrap();
    else if (target.closest(".toc a")) closePopover("toc");
  });

  /** @param {string} id */
  function closePopover(id) {
    const box = document.getElementById(id);
    if (box?.matches(":popover-open")) box.hidePopover();
  }

  // The drawer opens where the reader is; wide screens have no use for an open drawer.
  document.addEventListener("toggle", (event) => {
    if (/** @type {Element} */ (event.target).id === "sidebar") revealCurrent();
  }, true);
  matchMedia("(width >= 60rem)").addEventListener("change", () => closePopover("sidebar"));
  matchMedia("(width >= 75rem)").addEventListener("change", () => ["toc", "record-facts"].forEach(closePopover));

  // Paper has no room behind a click.
  addEventListener("beforeprint", () => all("article details:not([open], .history)").forEach((part) => {
    part.setAttribute("open", "");
    part.dataset.printed = "";
  }));
  addEventListener("afterprint", () => all("[data-printed]").forEach((part) => {
    part.removeAttribute("open");
    delete part.dataset.printed;
  }));

  function enhance() {
    showScheme();
    addCopyButtons();
    offerWrap();
    fitTables();
    collectSections();
    revealCurrent();
    reopen();
  }

  document.addEventListener("precedent:update", () => {
    navigation = null;
    enhance();
  });
  enhance();
})();
