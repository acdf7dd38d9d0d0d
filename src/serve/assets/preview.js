// @ts-check
// The live preview's own script: follows the server's events, swaps in what changed without a reload, shows findings.
{
  "use strict";

  /** @typedef {{severity: string, path: string, line: number, column: number, code: string, message: string, help: string | null}} Finding */
  /** @typedef {{generation: number, changed: string[], moved: Record<string, string>, findings: Finding[]}} Update */

  // The build that the page is of. One that came between the page and its first event is noticed by its number.
  let generation = Number(/** @type {HTMLScriptElement} */ (document.currentScript).dataset.generation);
  let isFirst = true;
  let shown = "";
  /** Whether events were missed, so that nothing is known of what changed. */
  let missed = false;
  /** @type {Document | null} the page as the server last sent it, without what scripts made of it */
  let served = null;

  const events = new EventSource("/_precedent/events");
  events.addEventListener("update", (event) => {
    /** @type {Update} */
    const update = JSON.parse(event.data);
    lost(false);
    const first = isFirst;
    isFirst = false;
    missed ||= update.generation !== (first ? generation : generation + 1);
    generation = update.generation;
    // Tells whoever looks, tests too, which build the page follows.
    document.documentElement.dataset.generation = String(generation);
    const place = Object.entries(update.moved).find(([old]) => isHere(old))?.[1];
    if (place !== undefined && !first) return location.replace(`/${place}${location.hash}`);
    showFindings(update.findings, first && !missed);
    if (missed) allImages = ++version;
    else if (!first) update.changed.filter(isImage).forEach((path) => images.set(`/${path}`, ++version));
    if (first && !missed) fetchPage().then((page) => { served ??= page; }, () => {});
    else if (missed || concerns(update.changed)) refresh();
  });
  events.addEventListener("indexed", () => document.dispatchEvent(new CustomEvent("precedent:indexed")));
  events.addEventListener("error", () => {
    lost(true);
    // What was built while nobody listened, perhaps by another process that counts anew, is not known.
    missed = true;
  });

  /** @param {string} path */
  function isImage(path) {
    return /\.(svg|png|jpe?g|gif|webp|avif|bmp|ico)$/i.test(path);
  }

  /** Says whether a file of the site is this page, whose address may have no `.html`. @param {string} path */
  function isHere(path) {
    const here = decode(location.pathname).replace(/^\//, "").replace(/(^|\/)$/, "$1index.html");
    return [here, `${here}.html`].includes(decode(path));
  }

  /** @param {string[]} changed */
  function concerns(changed) {
    return changed.some((path) => isHere(path) || isImage(path) || /\.(css|js)$/i.test(path));
  }

  /** @param {string} path */
  function decode(path) {
    try {
      return decodeURIComponent(path);
    } catch {
      return path; // An address that somebody typed.
    }
  }

  // ---- Exchange ----

  let isRunning = false;
  let isWanted = false;

  /** One exchange after the other: an older answer must not come after a newer. */
  async function refresh() {
    isWanted = true;
    if (isRunning) return;
    isRunning = true;
    try {
      while (isWanted) {
        isWanted = false;
        exchange(await fetchPage());
        missed = false;
      }
    } catch {
      missed = true; // The server went away; the stream of events tells when it is back.
    } finally {
      isRunning = false;
    }
  }

  async function fetchPage() {
    const response = await fetch(location.pathname, { cache: "no-store" });
    return new DOMParser().parseFromString(await response.text(), "text/html");
  }

  /** @param {Document} next */
  function exchange(next) {
    if (scripts(next) !== scripts(document)) return location.reload();
    document.title = next.title;
    for (const name of ["lang", "dir", "data-root"]) document.documentElement.setAttribute(name, next.documentElement.getAttribute(name) ?? "");
    swapStyles(next);
    next.querySelectorAll("img").forEach(addVersion);
    keepPlace(() => morph(document.body, next.body));
    served = next;
    document.dispatchEvent(new CustomEvent("precedent:update"));
  }

  /** @param {Document} page */
  function scripts(page) {
    return [...page.scripts].map((script) => script.src).filter((address) => address !== "" && !address.endsWith("/navigation.js")).join();
  }

  /** @param {Document} next */
  function swapStyles(next) {
    const links = (/** @type {Document} */ page) => /** @type {HTMLLinkElement[]} */ ([...page.querySelectorAll('head link[rel="stylesheet"]')]);
    const wanted = new Set(links(next).map((link) => link.href));
    const present = new Set(links(document).map((link) => link.href));
    const old = links(document).filter((link) => !wanted.has(link.href));
    const anchor = old[0]?.nextSibling ?? null;
    let waiting = 0;
    const drop = () => { if (waiting === 0) old.forEach((link) => link.remove()); };
    for (const { href } of links(next)) {
      if (present.has(href)) continue;
      const added = document.createElement("link");
      added.rel = "stylesheet";
      added.href = href;
      waiting += 1;
      // The old sheet stays until the new one is there, so that nothing flashes.
      added.onload = added.onerror = () => { waiting -= 1; drop(); };
      document.head.insertBefore(added, anchor);
    }
    drop();
  }

  // ---- Images ----

  /** Counts the changes of images. */
  let version = 0;
  let allImages = 0;
  /** @type {Map<string, number>} the last change of an image, by the path of its address */
  const images = new Map();

  /** Browsers keep an image as long as the page stands, whatever the server says; another address brings the new one. @param {HTMLImageElement} image */
  function addVersion(image) {
    const source = image.getAttribute("src");
    if (source === null) return;
    const address = new URL(source, location.href);
    const last = Math.max(images.get(address.pathname) ?? 0, allImages);
    if (address.origin !== location.origin || last === 0) return;
    address.searchParams.set("v", String(last));
    image.setAttribute("src", address.href);
  }

  // ---- Place ----

  /**
   * Keeps what the reader looks at where it is on the screen. Browsers do so by themselves, but not where the layout
   * around it changes as well (the first heading brings a table of contents), and not all of them.
   * @param {() => void} change
   */
  function keepPlace(change) {
    const top = (/** @type {Element} */ element) => element.getBoundingClientRect().top;
    const isSeen = (/** @type {Element} */ element) => element.getClientRects().length > 0 && top(element) >= 0 && top(element) < innerHeight;
    // At the very top a reader wants to see what comes in there.
    const seen = scrollY === 0 ? [] : [...document.querySelectorAll("article *")].filter(isSeen);
    const before = seen.map((element) => ({ element, text: element.textContent, place: top(element) }));
    change();
    const kept = before.find(({ element, text }) => element.isConnected && element.textContent === text);
    const moved = kept ? top(kept.element) - kept.place : 0;
    if (moved !== 0) scrollBy({ top: moved, behavior: "instant" });
  }

  // ---- Morph ----

  /**
   * Makes one tree like another and leaves alone what is the same, so that scroll position, focus and open details stay.
   * @param {Node} from @param {Node} to
   */
  function morph(from, to) {
    if (from.isEqualNode(to)) return;
    // What the server sends unchanged stays as readers and scripts have made it: open groups of the navigation.
    if (to instanceof Element && to.id && served?.getElementById(to.id)?.isEqualNode(to)) return;
    if (from instanceof Element && to instanceof Element) takeAttributes(from, to);
    else if (from.nodeValue !== to.nodeValue) from.nodeValue = to.nodeValue;
    const old = [...from.childNodes].filter((node) => !isAdded(node));
    const wanted = [...to.childNodes];
    const partners = pair(old, wanted);
    const kept = new Set(partners);
    for (const node of old) if (!kept.has(node)) /** @type {ChildNode} */ (node).remove();
    /** @type {Node | null} */
    let last = null;
    wanted.forEach((node, at) => {
      const partner = partners[at];
      if (partner) morph(partner, node);
      /** @type {Node} */
      const there = partner ?? from.insertBefore(document.importNode(node, true), last ? last.nextSibling : from.firstChild);
      last = there;
    });
  }

  /** @param {Element} from @param {Element} to */
  function takeAttributes(from, to) {
    const isReaders = (/** @type {string} */ name) => name === "open" || (name === "hidden" && from instanceof HTMLButtonElement);
    for (const { name } of [...from.attributes]) {
      if (!to.hasAttribute(name) && !isReaders(name) && (!name.startsWith("data-") || name === "data-broken")) from.removeAttribute(name);
    }
    for (const { name, value } of [...to.attributes]) {
      if (from.getAttribute(name) !== value && !isReaders(name)) from.setAttribute(name, value);
    }
  }

  /**
   * Finds for each wanted node the one that becomes it: first the same text in the same order, then the same element
   * in the gaps between.
   * @param {Node[]} old @param {Node[]} wanted @returns {(Node | undefined)[]}
   */
  function pair(old, wanted) {
    /** @type {(Node | undefined)[]} */
    const partners = new Array(wanted.length);
    const anchors = [...sameTexts(old.map(textOf), wanted.map(textOf)), [old.length, wanted.length]];
    let [nextOld, nextWanted] = [0, 0];
    for (const [atOld, atWanted] of anchors) {
      for (; nextWanted < atWanted; nextWanted += 1) {
        const found = old.findIndex((node, at) => at >= nextOld && at < atOld && isAlike(node, wanted[nextWanted]));
        if (found < 0) continue;
        partners[nextWanted] = old[found];
        nextOld = found + 1;
      }
      if (atWanted < wanted.length) partners[atWanted] = old[atOld];
      [nextOld, nextWanted] = [atOld + 1, atWanted + 1];
    }
    return partners;
  }

  /**
   * The longest common subsequence, as pairs of places; of very long lists with much change, only their common ends.
   * @param {string[]} a @param {string[]} b
   */
  function sameTexts(a, b) {
    let start = 0;
    while (start < a.length && start < b.length && a[start] === b[start]) start += 1;
    let end = 0;
    while (end < a.length - start && end < b.length - start && a[a.length - 1 - end] === b[b.length - 1 - end]) end += 1;
    const [rows, columns] = [a.length - start - end, b.length - start - end];
    const pairs = Array.from({ length: start }, (_, at) => [at, at]);
    if (rows * columns < 1_000_000) {
      const lengths = Array.from({ length: rows + 1 }, () => new Uint16Array(columns + 1));
      for (let row = rows - 1; row >= 0; row -= 1) {
        for (let column = columns - 1; column >= 0; column -= 1) {
          const isSame = a[start + row] === b[start + column];
          lengths[row][column] = isSame ? lengths[row + 1][column + 1] + 1 : Math.max(lengths[row + 1][column], lengths[row][column + 1]);
        }
      }
      for (let row = 0, column = 0; row < rows && column < columns;) {
        if (a[start + row] === b[start + column]) pairs.push([start + row++, start + column++]);
        else if (lengths[row + 1][column] >= lengths[row][column + 1]) row += 1;
        else column += 1;
      }
    }
    for (let at = end; at > 0; at -= 1) pairs.push([a.length - at, b.length - at]);
    return pairs;
  }

  /** @param {Node} node */
  function textOf(node) {
    return `${node.nodeName}#${node instanceof Element ? node.id : ""} ${node.textContent}`;
  }

  /** @param {Node} a @param {Node} b */
  function isAlike(a, b) {
    return a.nodeName === b.nodeName && (!(a instanceof Element) || a.id === /** @type {Element} */ (b).id);
  }

  /** What scripts added is no part of the page as it is sent; they mark it. @param {Node} node */
  function isAdded(node) {
    return node instanceof Element && "added" in /** @type {HTMLElement} */ (node).dataset;
  }

  // ---- Signs ----

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
    made.dataset.added = "";
    if (className) made.className = className;
    if (text !== undefined) made.textContent = text;
    return made;
  }
}
