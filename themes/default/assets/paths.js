// @ts-check
// Reading paths: which pages of one are read, and where to go on. All of it is kept in this browser and sent nowhere; without
// script a path is a list of links. A page is read when its end was on the screen while its path is followed, when "Next" leads on
// from it, or when its box on the page of the path is checked.
(() => {
  "use strict";

  /** @typedef {{u: string, a?: string, t: string, n?: string}} Page file from the root, its address where that is another, title, number of a decision */
  /** @typedef {{u: string, a?: string, t: string, p: Page[]}} Path file, its address where that is another, title, pages in order */
  /** @typedef {{path: string, read: string[]}} State the path that is followed, or nothing, and the pages that were read */

  const say = window.precedentSay;
  const root = new URL(document.documentElement.dataset.root || ".", location.href);
  const place = `precedent-paths ${root.pathname}`;
  /** Returns the file of an address from the root: hosts leave out `.html`. @param {string} url */
  const file = (url) => (/(^|\/)$/.test(url) ? `${url}index.html` : url.endsWith(".html") ? url : `${url}.html`);
  const here = file(location.href.split(/[?#]/)[0].slice(root.href.length));

  /** @type {Promise<Path[]> | null} */
  let loading = null;
  /** @type {IntersectionObserver | null} */
  let observer = null;
  let turn = 0;

  /** What lies in the storage may be anything. @returns {State} */
  function recall() {
    try {
      const found = JSON.parse(localStorage.getItem(place) ?? "{}");
      const read = Array.isArray(found?.read) ? found.read.filter((/** @type {unknown} */ url) => typeof url === "string") : [];
      return { path: typeof found?.path === "string" ? found.path : "", read };
    } catch {
      return { path: "", read: [] };
    }
  }

  /** @param {Partial<State>} change */
  function remember(change) {
    try {
      localStorage.setItem(place, JSON.stringify({ ...recall(), ...change }));
    } catch {
      // Storage may be refused: then a path is a list.
    }
    show();
  }

  /** @param {string} url @param {boolean} isRead */
  function mark(url, isRead) {
    const others = recall().read.filter((other) => other !== url);
    remember({ read: isRead ? [...others, url] : others });
  }

  /** All paths of the book: a script, since a page opened from a disk can load nothing else. @returns {Promise<Path[]>} */
  function paths() {
    loading ??= new Promise((found) => {
      const script = document.createElement("script");
      script.src = document.body.dataset.readingPaths ?? "";
      script.onload = script.onerror = () => {
        script.remove();
        found(window.precedentReadingPaths ?? []);
      };
      document.head.append(script);
    });
    return loading;
  }

  /**
   * @param {string} name
   * @param {Record<string, string>} attributes
   * @param {(Node | string)[]} [children]
   */
  function element(name, attributes, children = []) {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  }

  /** @param {Path} path @param {Set<string>} read */
  function progress(path, read) {
    const count = path.p.filter((page) => read.has(page.u)).length;
    const text = say("paths.progress", { n: count, total: path.p.length });
    const bar = element("progress", { max: String(path.p.length), value: String(count), "aria-label": text });
    return { count, text, bar };
  }

  /** The next page that was not read: after this one, else from the beginning. @param {Path} path @param {Set<string>} read */
  function following(path, read) {
    const at = path.p.findIndex((page) => page.u === here);
    const order = [...path.p.slice(at + 1), ...path.p.slice(0, at + 1)];
    return order.find((page) => page.u !== here && !read.has(page.u));
  }

  /** @param {Page} page */
  function nameOf(page) {
    return page.n ? [element("span", { class: "number" }, [page.n]), ` ${page.t}`] : [page.t];
  }

  // ---- The page of a path ----

  /** @param {HTMLElement} list @param {Path} path @param {State} state */
  function showPath(list, path, state) {
    const read = new Set(state.read);
    for (const item of /** @type {NodeListOf<HTMLElement>} */ (list.querySelectorAll("li[data-page]"))) {
      const url = item.dataset.page ?? "";
      let box = /** @type {HTMLInputElement | null} */ (item.querySelector(".path-check"));
      if (!box) {
        const title = item.querySelector("a")?.textContent ?? "";
        box = /** @type {HTMLInputElement} */ (element("input", { type: "checkbox", class: "path-check", "data-added": "", "aria-label": say("paths.read", { title }) }));
        item.prepend(box);
      }
      box.checked = read.has(url);
    }
    const { count, text, bar } = progress(path, read);
    const actions = document.querySelector(".path-actions");
    document.querySelector("main .path-progress")?.remove();
    if (count) actions?.before(element("div", { class: "path-progress", "data-added": "" }, [bar, element("span", { "aria-hidden": "true" }, [text])]));
    const go = /** @type {HTMLAnchorElement | null} */ (document.querySelector(".path-go"));
    if (!go || !actions) return;
    const next = path.p.find((page) => !read.has(page.u));
    const target = next ?? path.p[0];
    go.href = new URL(target.a ?? target.u, root).href;
    go.textContent = say(!next ? "paths.again" : count ? "paths.continue" : "paths.start");
    actions.querySelector(".path-to")?.remove();
    const to = count && next ? nameOf(next) : next ? [] : [say("paths.done")];
    if (to.length) actions.append(element("span", { class: "path-to", "data-added": "" }, to));
  }

  // ---- Lists of paths ----

  /** @param {Path[]} all @param {State} state */
  function showCards(all, state) {
    const read = new Set(state.read);
    for (const card of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("li[data-path]"))) {
      const path = all.find((path) => path.u === card.dataset.path);
      card.querySelector(".path-progress")?.remove();
      if (!path || !path.p.some((page) => read.has(page.u))) continue;
      const { text, bar } = progress(path, read);
      card.append(element("div", { class: "path-progress", "data-added": "" }, [bar, element("span", { "aria-hidden": "true" }, [text])]));
    }
  }

  // ---- While a path is followed ----

  /** Where the reader is in the path, for the foot of the sidebar and the end of the page. @param {Path} path @param {State} state @param {string} kind */
  function way(path, state, kind) {
    const read = new Set(state.read);
    const { text, bar } = progress(path, read);
    const next = following(path, read);
    const leave = element("button", { type: "button", class: "tool path-leave", "aria-label": say("paths.leave"), title: say("paths.leave") }, [element("span", { class: "icon icon-close" })]);
    const title = element("a", { class: "path-title", href: new URL(path.a ?? path.u, root).href }, [path.t]);
    const to = next
      ? element("a", { class: "path-next", href: new URL(next.a ?? next.u, root).href }, [element("span", {}, [say("paths.next")]), " ", element("strong", {}, nameOf(next))])
      : element("p", { class: "path-next" }, [say("paths.done")]);
    return element(kind === "path-end" ? "nav" : "div", { class: `path-way ${kind}`, role: kind === "path-end" ? "navigation" : "group", "aria-label": say("paths.label"), "data-added": "" }, [
      element("div", { class: "path-head" }, [title, leave]),
      element("div", { class: "path-progress" }, [bar, element("span", { "aria-hidden": "true" }, [text])]),
      to,
    ]);
  }

  /** Sees to it that a page whose end is on the screen is read. @param {Path} path @param {State} state */
  function watch(path, state) {
    observer?.disconnect();
    const article = document.querySelector("main article");
    if (!article || state.read.includes(here) || !path.p.some((page) => page.u === here)) return;
    const end = document.querySelector(".path-sentinel") ?? element("div", { class: "path-sentinel", "data-added": "" });
    article.append(end);
    observer = new IntersectionObserver((seen) => {
      if (!seen.some((one) => one.isIntersecting)) return;
      observer?.disconnect();
      mark(here, true);
    });
    observer.observe(end);
  }

  /** @param {Path | undefined} path @param {State} state */
  function showWay(path, state) {
    const focused = document.activeElement?.closest(".path-way") ? document.activeElement.className : "";
    for (const old of document.querySelectorAll(".path-way")) old.remove();
    observer?.disconnect();
    if (!path) return;
    document.querySelector(".sidebar")?.append(way(path, state, "path-foot"));
    if (path.p.some((page) => page.u === here)) {
      const after = document.querySelector("main .pager");
      if (after) after.before(way(path, state, "path-end"));
      else document.querySelector("main")?.append(way(path, state, "path-end"));
    }
    if (focused) /** @type {HTMLElement | null} */ (document.querySelector(`.path-way .${CSS.escape(focused.split(" ").at(-1) ?? "")}`))?.focus();
    watch(path, state);
  }

  async function show() {
    const state = recall();
    const list = /** @type {HTMLElement | null} */ (document.querySelector("ol[data-path]"));
    const cards = document.querySelector("li[data-path]");
    if (!state.path && !list && !(cards && state.read.length)) return showWay(undefined, state);
    const mine = ++turn;
    const all = await paths();
    if (mine !== turn) return;
    const current = recall();
    if (list) {
      const own = all.find((path) => path.u === list.dataset.path);
      if (own) showPath(list, own, current);
    }
    showCards(all, current);
    showWay(all.find((path) => path.u === current.path), current);
  }

  document.addEventListener("click", (event) => {
    const target = /** @type {Element} */ (event.target);
    const list = /** @type {HTMLElement | null} */ (document.querySelector("ol[data-path]"));
    if (target.closest(".path-leave")) {
      remember({ path: "" });
      // The button that had the focus is gone.
      /** @type {HTMLElement | null} */ (document.querySelector("main"))?.focus({ preventScroll: true });
    }
    else if (target.closest("a.path-next")) mark(here, true);
    else if (list && target.closest(".path-go, ol[data-path] a")) {
      const again = target.closest(".path-go") && [...list.querySelectorAll(".path-check")].every((box) => /** @type {HTMLInputElement} */ (box).checked);
      const own = [...list.querySelectorAll("li")].map((item) => item.dataset.page);
      const read = recall().read;
      remember({ path: list.dataset.path, read: again ? read.filter((url) => !own.includes(url)) : read });
    }
  });
  document.addEventListener("change", (event) => {
    const box = /** @type {HTMLInputElement} */ (event.target);
    const item = /** @type {HTMLElement | null} */ (box.closest("li[data-page]"));
    if (item && box.matches(".path-check")) mark(item.dataset.page ?? "", box.checked);
  });
  // Another tab may be on the same path, and the way back to a page brings it as it was left.
  addEventListener("storage", (event) => event.key === place && show());
  addEventListener("pageshow", (event) => event.persisted && show());
  document.addEventListener("precedent:update", () => {
    loading = null;
    show();
  });
  show();
})();
