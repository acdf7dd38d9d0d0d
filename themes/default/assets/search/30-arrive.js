// @ts-check
// Going to a result, and the marks of what was searched on the page that it leads to.

const ARRIVAL = "precedent-arrival";

/** Notes what was searched for the page that was chosen. @param {string} query @param {HTMLAnchorElement} link @param {number} position @param {boolean} elsewhere in another tab */
function choose(query, link, position, elsewhere) {
  remember(query, true);
  tell("search-choose", { query, url: link.href, position });
  if (elsewhere) return;
  const marked = [...link.querySelectorAll("mark")].map((mark) => mark.textContent ?? "");
  const typed = query.replace(/(^|\s)-?\w+:("[^"]*"?|\S*)|(^|\s)-\S+/g, " ").split(/[\s"*]+/);
  const { origin, pathname } = new URL(link.href);
  try {
    sessionStorage.setItem(ARRIVAL, JSON.stringify({ page: origin + pathname, words: [...new Set([...marked, ...typed])].filter((word) => word.length > 1) }));
  } catch {
    // Then nothing is marked.
  }
  // The page may be this one.
  setTimeout(arrive, 100);
}

/** @param {MouseEvent} event */
const isElsewhere = (event) => event.ctrlKey || event.metaKey || event.shiftKey;

/** Marks the words of the search that led here, until Esc is pressed. */
function arrive() {
  const main = document.querySelector("article");
  /** @type {{page: string, words: string[]}} */
  let noted;
  try {
    noted = JSON.parse(sessionStorage.getItem(ARRIVAL) ?? "null");
    if (noted?.page !== location.origin + location.pathname) return;
    sessionStorage.removeItem(ARRIVAL);
  } catch {
    return;
  }
  if (!main || !noted.words.length || typeof Highlight === "undefined") return;
  const escaped = noted.words.sort((one, other) => other.length - one.length).map((word) => word.replace(/[\\^$.*+?()[\]{}|\/]/g, "\\$&"));
  const any = new RegExp(`(?<![a-z0-9])(?:${escaped.join("|")})(?![a-z0-9])`, "giu");
  const marks = new Highlight();
  const texts = document.createTreeWalker(main, NodeFilter.SHOW_TEXT);
  for (let text = texts.nextNode(); text; text = texts.nextNode()) {
    for (const match of (text.textContent ?? "").matchAll(any)) {
      const range = new Range();
      range.setStart(text, match.index);
      range.setEnd(text, match.index + match[0].length);
      marks.add(range);
    }
  }
  CSS.highlights.set("precedent-search", marks);
}
