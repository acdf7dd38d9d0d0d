// @ts-check
// The live preview's own script: follows the server's events, swaps in what changed without a reload, shows findings.
{
  "use strict";

  /** @typedef {{severity: string, path: string, line: number, column: number, code: string, message: string, help: string | null}} Finding */
  /** @typedef {{generation: number, changed: string[], findings: Finding[]}} Update */

  let generation = -1;
  let shown = "";

  const events = new EventSource("/_precedent/events");
  events.addEventListener("update", (event) => {
    /** @type {Update} */
    const update = JSON.parse(event.data);
    lost(false);
    const first = generation < 0;
    // After a restart of the server, or events that were missed, nothing is known: look at everything.
    const missed = !first && update.generation !== generation + 1;
    generation = update.generation;
    showFindings(update.findings, first);
    if (missed || (!first && concerns(update.changed))) refresh();
  });
  events.addEventListener("error", () => lost(true));

  /** @param {string[]} changed */
  function concerns(changed) {
    const here = decodeURIComponent(location.pathname).replace(/^\//, "").replace(/(^|\/)$/, "$1index.html");
    return changed.some((path) => {
      const name = decodeURIComponent(path);
      return name === here || /\.(css|js|svg|png|jpe?g|gif|webp|avif)$/i.test(name);
    });
  }

  async function refresh() {
    const response = await fetch(location.pathname, { cache: "no-store" });
    const next = new DOMParser().parseFromString(await response.text(), "text/html");
    if (scripts(next) !== scripts(document)) return location.reload();
    document.title = next.title;
    swapStyles(next);
    morph(document.body, next.body);
    for (const image of document.images) {
      if (new URL(image.src).origin === location.origin) reloadImage(image);
    }
    document.dispatchEvent(new CustomEvent("precedent:update"));
  }

  /** @param {Document} page */
  function scripts(page) {
    return [...page.querySelectorAll("script[src]")].map((script) => script.getAttribute("src")).filter((src) => !src?.endsWith("navigation.js")).join();
  }

  /** @param {Document} next */
  function swapStyles(next) {
    const links = (/** @type {Document} */ page) => /** @type {HTMLLinkElement[]} */ ([...page.querySelectorAll('head link[rel="stylesheet"]')]);
    const wanted = new Set(links(next).map((link) => link.getAttribute("href")));
    const old = links(document).filter((link) => !wanted.has(link.getAttribute("href")));
    const present = new Set(links(document).map((link) => link.getAttribute("href")));
    const anchor = old[0]?.nextSibling ?? null;
    let waiting = 0;
    const drop = () => { if (waiting === 0) old.forEach((link) => link.remove()); };
    for (const link of links(next)) {
      if (present.has(link.getAttribute("href"))) continue;
      const added = document.createElement("link");
      added.rel = "stylesheet";
      added.href = /** @type {string} */ (link.getAttribute("href"));
      waiting += 1;
      // The old sheet stays until the new one is there, so that nothing flashes.
      added.onload = added.onerror = () => { waiting -= 1; drop(); };
      document.head.insertBefore(added, anchor);
    }
    drop();
  }

  /** @param {HTMLImageElement} image */
  async function reloadImage(image) {
    const address = image.src.split("#")[0];
    const response = await fetch(address, { cache: "no-cache" });
    const tag = response.headers.get("etag") ?? "";
    if (image.dataset.tag !== undefined && image.dataset.tag !== tag) image.src = `${address}#${generation}`;
    image.dataset.tag = tag;
  }

  /**
   * Makes one tree like another and leaves alone what is the same, so that scroll position, focus and open details stay.
   * @param {Node} from @param {Node} to
   */
  function morph(from, to) {
    if (from instanceof Element && to instanceof Element) {
      for (const { name } of [...from.attributes]) {
        if (!to.hasAttribute(name) && name !== "open" && !name.startsWith("data-")) from.removeAttribute(name);
      }
      for (const { name, value } of [...to.attributes]) {
        if (from.getAttribute(name) !== value && name !== "open" && !(name === "hidden" && from instanceof HTMLButtonElement)) from.setAttribute(name, value);
      }
    } else if (from.nodeValue !== to.nodeValue) {
      from.nodeValue = to.nodeValue;
    }
    const old = [...from.childNodes].filter((node) => !isOwn(node));
    const wanted = [...to.childNodes];
    wanted.forEach((node, at) => {
      const present = old[at];
      if (present === undefined) from.appendChild(document.importNode(node, true));
      else if (present.isEqualNode(node)) return;
      else if (alike(present, node)) morph(present, node);
      else present.replaceWith(document.importNode(node, true));
    });
    old.slice(wanted.length).forEach((node) => node.remove());
  }

  /** @param {Node} a @param {Node} b */
  function alike(a, b) {
    return a.nodeName === b.nodeName && (!(a instanceof Element) || a.id === /** @type {Element} */ (b).id);
  }

  /** What this script or a dialog added is no part of the page. @param {Node} node */
  function isOwn(node) {
    return node instanceof Element && (node.classList.contains("precedent-findings") || node.classList.contains("precedent-lost") || node.nodeName === "DIALOG");
  }

  /** @param {Finding[]} findings @param {boolean} first */
  function showFindings(findings, first) {
    const key = JSON.stringify(findings);
    if (key === shown) return;
    shown = key;
    const before = document.querySelector("details.precedent-findings");
    before?.remove();
    if (findings.length === 0) return;
    const panel = element("details", "precedent-findings");
    // What was wrong before the page was opened waits to be asked for; what a save broke is shown.
    /** @type {HTMLDetailsElement} */ (panel).open = !first;
    panel.append(element("summary", "", `${findings.length} ${findings.length === 1 ? "finding" : "findings"}`));
    const list = element("ul", "");
    for (const finding of findings.slice(0, 100)) {
      const item = element("li", "");
      item.append(element("code", "", `${finding.path}:${finding.line}:${finding.column}`), document.createTextNode(" "));
      item.append(element("span", finding.severity, finding.message), document.createTextNode(" "), element("code", "", `[${finding.code}]`));
      if (finding.help) item.append(element("small", "", finding.help));
      list.append(item);
    }
    panel.append(list);
    document.body.append(panel);
  }

  /** @param {boolean} isLost */
  function lost(isLost) {
    const sign = document.querySelector(".precedent-lost");
    if (!isLost) sign?.remove();
    else if (!sign) document.body.append(element("div", "precedent-lost", "The preview has stopped"));
  }

  /** @param {string} name @param {string} className @param {string} [text] */
  function element(name, className, text) {
    const made = document.createElement(name);
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }
}
