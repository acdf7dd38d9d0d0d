// @ts-check
// Queries that a rule finds in the pages themselves: what one page alone has, asked in another form or as it is.

import { stemmer } from "stemmer";
import { STOP_WORDS, spread, telling } from "./words.mjs";

/** @typedef {import("./book.mjs").Page} Page */
/** @typedef {import("./sets.mjs").Judged} Judged */
/** @typedef {Map<string, Set<Page>>} Places the pages that have something */

/** How many are looked at where looking is dear. */
const LOOKED_AT = 400;

/** @param {Places} places @param {string} what @param {Page} page */
function add(places, what, page) {
  const pages = places.get(what) ?? new Set();
  places.set(what, pages.add(page));
}

/** Where each match stands, in lower case. @param {Page[]} pages @param {RegExp} pattern @returns {Places} */
function placesOf(pages, pattern) {
  /** @type {Places} */
  const places = new Map();
  for (const page of pages) for (const [match] of page.text.matchAll(pattern)) add(places, match.toLowerCase(), page);
  return places;
}

/** What one page alone has. @param {Places} places @returns {[string, Page][]} */
const alone = (places) => [...places].flatMap(([what, pages]) => (pages.size === 1 ? [/** @type {[string, Page]} */ ([what, [...pages][0]])] : []));

/** Runs of letters, and the parts of those that are written `LikeThis`. @param {Page[]} pages */
function vocabularyOf(pages) {
  const whole = placesOf(pages, /\p{L}+/gu);
  for (const [part, where] of placesOf(pages, /\p{Lu}?\p{Ll}+|\p{Lu}+(?!\p{Ll})/gu)) for (const page of where) add(whole, part, page);
  return whole;
}

/** Words in lower case that stand by themselves: no part of an address, a path or a name in code. */
const WORDS = /(?<![\p{L}\p{N}_:/.’'-])\p{Ll}{5,}(?![\p{L}\p{N}_:/(’'-]|\.\p{L})/gu;

/** Where two words stand side by side, with a blank or a hyphen between them. @param {Page[]} pages @param {Set<string>} wanted as `hand over` */
function pairsOf(pages, wanted) {
  /** @type {Places} */
  const places = new Map();
  for (const page of pages) {
    let [before, end] = ["", -2];
    for (const { 0: match, index } of page.text.matchAll(/\p{L}+/gu)) {
      const word = match.toLowerCase();
      if (index === end + 1 && wanted.has(`${before} ${word}`)) add(places, `${before} ${word}`, page);
      [before, end] = [word, index + match.length];
    }
  }
  return places;
}

/** @param {string} query @param {Page} page @returns {Judged} */
const meant = (query, { url }) => ({ query, urls: [url] });

// ---- Other forms of a word ----

/** End in an `s` and are no other form of a word. */
const ONE_FORM = new Set("afterwards always besides news overseas perhaps series sometimes species towards upwards whereas".split(" "));

/** Takes an ending away where English spelling leaves no doubt about what stood before it. @param {string} word */
function baseOf(word) {
  if (ONE_FORM.has(word) || /^un.*ed$/.test(word)) return;
  const plural = word.replace(/ies$/, "y").replace(/(tch|rch|nch|sh|x|ss)es$/, "$1").replace(/([^aious])s$/, "$1");
  if (plural !== word) return /(?:s|ch)es$/.test(word) && plural.endsWith("e") ? undefined : plural;
  const root = /^(.*[aeiouy].*?)(?:ing|ed)$/.exec(word)?.[1];
  if (!root) return;
  if (root.endsWith("i") && word.endsWith("ied")) return root.replace(/i$/, "y");
  if (/([bdfgkmnprt])\1$/.test(root)) return root.slice(0, -1);
  if (/(?:[nclfp]t|[eiou]st|[nlr]d|[rlnc]k|sh|tch|rch|mp|r[tmn]|lp|ss|ll|wn|ain|oad|eat)$/.test(root)) return root;
  return /(?:[^eo]at|iz|bl|v|[nu]c|u|[dr]g)$/.test(root) ? `${root}e` : undefined;
}

/** The base form of a word of which one page has another form, and no page any third. @param {Page[]} pages */
export function baseForms(pages) {
  const vocabulary = vocabularyOf(pages);
  /** @type {Places} */
  const families = new Map();
  for (const [word, where] of vocabulary) for (const page of where) add(families, stemmer(word), page);
  const found = alone(placesOf(pages, WORDS)).flatMap(([word, page]) => {
    const base = baseOf(word);
    const fits = base && base.length > 3 && !vocabulary.has(base) && stemmer(base) === stemmer(word) && families.get(stemmer(word))?.size === 1;
    return fits ? [/** @type {[string, Page]} */ ([base, page])] : [];
  });
  return [...new Map(found)].map(([base, page]) => meant(base, page));
}

// ---- Words that are written as one, as two, or with a hyphen ----

/** The longest that anybody writes as one without a thought. */
const JOINED = 11;

/** @param {Page[]} pages */
export function hyphenatedWords(pages) {
  const vocabulary = vocabularyOf(pages);
  const words = alone(placesOf(pages, /(?<![\p{L}\p{N}_/.:@#’'-])\p{L}+-\p{L}+(?![\p{L}\p{N}_/:(=’'-]|\.\p{L})/gu));
  const pairs = pairsOf(pages, new Set(words.map(([word]) => word.replace("-", " "))));
  return words.flatMap(([word, page]) => {
    const parts = word.split("-");
    const [joined, apart] = [parts.join(""), parts.join(" ")];
    if (joined.length < 5 || parts.some((part) => STOP_WORDS.has(part)) || vocabulary.has(joined) || pairs.get(apart)?.size !== 1) return [];
    return joined.length <= JOINED ? [meant(joined, page), meant(apart, page)] : [meant(apart, page)];
  });
}

/** Words of three letters that other words are made with. */
const SHORT = new Set("air bit day end eye key log net off out pay run set sun way web".split(" "));
/** Words that are endings, too. */
const ENDINGS = new Set("ability able ally ance ated ating ended ence form full fully hood ings ions less like ment ments ness self ship tion tions usual ward wards wise".split(" "));

/** @param {Page[]} pages */
export function closedWords(pages) {
  const vocabulary = vocabularyOf(pages);
  const known = (/** @type {string} */ part) => (part.length > 3 || SHORT.has(part)) && (vocabulary.get(part)?.size ?? 0) > 2 && !STOP_WORDS.has(part) && !ENDINGS.has(part);
  const split = alone(placesOf(pages, WORDS)).flatMap(([word, page]) => {
    if (vocabulary.get(word)?.size !== 1) return [];
    const cuts = Array.from({ length: word.length }, (_, at) => [word.slice(0, at), word.slice(at)]).filter((parts) => parts.every(known));
    return cuts.length === 1 ? [{ parts: cuts[0], page }] : [];
  });
  const pairs = pairsOf(pages, new Set(split.map(({ parts }) => parts.join(" "))));
  return split.filter(({ parts }) => !pairs.has(parts.join(" "))).flatMap(({ parts, page }) => [meant(parts.join("-"), page), meant(parts.join(" "), page)]);
}

// ---- Numbers and names in code ----

/** Times, numbers by the thousand, and versions or other numbers with points. */
const NUMBERS = /(?<![\p{L}\p{N}_.:,/-])(?:\d{1,2}:\d\d(?::\d\d)?|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)+)(?![\p{L}\p{N}_/-]|[.:,]\d)/gu;

/** @param {Page[]} pages */
export const numbers = (pages) => alone(placesOf(pages, NUMBERS)).map(([number, page]) => meant(number, page));

/** A name in code, with where it is from. */
const NAMES = /(?<![\p{L}\p{N}_:])[\p{L}\p{N}_]+(?:::[\p{L}\p{N}_]+)*/gu;

/** @param {Page[]} pages @param {(name: string) => boolean} fits */
function namesOf(pages, fits) {
  /** As they are written, by their lower case. @type {Map<string, string>} */
  const written = new Map();
  for (const { text } of pages) for (const [name] of text.matchAll(NAMES)) if (fits(name)) written.set(name.toLowerCase(), name);
  const places = alone(placesOf(pages, NAMES)).filter(([name]) => written.has(name));
  const texts = new Map(pages.map((page) => [page, page.text.toLowerCase()]));
  // In no other page, not as a part of a longer name either.
  const only = spread(places, LOOKED_AT).filter(([name, page]) => pages.every((other) => other === page || !texts.get(other)?.includes(name)));
  return only.map(([name, page]) => meant(written.get(name) ?? name, page));
}

/** What is longer than the first is a hash or a key; nobody pastes what is longer than the second. */
const [LONG, LONGEST] = [40, 80];

/** @param {Page[]} pages */
export const identifiers = (pages) => namesOf(pages, (name) => name.length <= LONG && /\p{L}_\p{L}|\p{Ll}\p{Lu}|\p{L}::\p{L}/u.test(name));

/** @param {Page[]} pages */
export const longIdentifiers = (pages) => namesOf(pages, (name) => name.length > LONG && name.length <= LONGEST);

// ---- Records ----

/**
 * The words of a superseded record's title that its successor's has too.
 * @param {{old: {title: string, url: string}, successor: {title: string, url: string}}[]} successions @returns {Judged[]}
 */
export function sharedTitles(successions) {
  const stem = (/** @type {string} */ word) => stemmer(word.toLowerCase());
  return successions.flatMap(({ old, successor }) => {
    const stems = new Set(telling(successor.title).map(stem));
    const shared = telling(old.title).filter((word) => stems.has(stem(word)));
    return shared.length ? [{ query: shared.join(" "), urls: [successor.url], before: old.url }] : [];
  });
}
