// @ts-check
// Takes a query apart, as `src/search/query.rs`. The grammar has no errors: every text is a query.

/** @typedef {"words" | "phrase" | "prefix"} ClauseKind */
/** @typedef {{kind: ClauseKind, text: string}} Clause */
/** @typedef {{[facet: string]: string[]}} Facets values by the names which they have in the index */
/** @typedef {{wanted: Clause[], unwanted: Clause[], filters: Facets, unwantedFilters: Facets, from: number, until: number}} Parsed */

/** The most clauses that count. */
const CLAUSES = 32;

/** The facets by the fields of a query, and by the names of the settings. @type {Record<string, string>} */
const FACETS = { kind: "kind", status: "status", tag: "tag", by: "person", scope: "scope" };
const SETTINGS = { kinds: "kind", statuses: "status", tags: "tag", people: "person", scopes: "scope" };

// 1: `-`. 2: a phrase. 3: a field and 4 its value in quotes, or 5 and 6. 7: a word.
const ATOM =
  /(-(?=[^\-\p{White_Space}]))?(?:"([^"]*)"?|([^:\p{White_Space}]+):"([^"]*)"?|([^:\p{White_Space}]+):(\P{White_Space}+)|(\P{White_Space}+))/gv;

/** @template Value @param {{[key: string]: Value}} object @param {string} key */
const own = (object, key) => (Object.hasOwn(object, key) ? object[key] : undefined);

/** The form in which the index knows a facet's value. @param {string} value */
const facetValue = (value) => value.replace(/^\p{White_Space}+|\p{White_Space}+$/gv, "").replace(/^@+/, "").toLowerCase();

/** @param {string} text */
const asciiLower = (text) => text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());

/** Reads a day, a month or a year; returns its first day as a number, 20240116, or 0. @param {string} text */
function firstDay(text) {
  const match = /^(\+?\d+)(?:-(\+?\d+))?(?:-(\+?\d+))?$/.exec(text);
  const [year, month, day] = [1, 2, 3].map((at) => Number(match?.[at] ?? 1));
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = [31, leap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0;
  return match?.[1].length === 4 && year > 0 && day > 0 && day <= days ? year * 10000 + month * 100 + day : 0;
}

/** @param {string} text */
function parse(text) {
  /** @type {Parsed} */
  const parsed = { wanted: [], unwanted: [], filters: {}, unwantedFilters: {}, from: 0, until: Infinity };
  for (const [, minus, phrase, quotedField, quoted, plainField, plain, word] of text.matchAll(ATOM)) {
    if (parsed.wanted.length + parsed.unwanted.length >= CLAUSES) break;
    const clauses = minus ? parsed.unwanted : parsed.wanted;
    const field = quotedField ?? plainField;
    if (phrase !== undefined) clauses.push({ kind: "phrase", text: phrase });
    else if (field) {
      const value = quoted ?? plain;
      if (!takeField(parsed, field, value, Boolean(minus))) clauses.push({ kind: "words", text: `${field}:${value}` });
    } else if (word.length > 1 && word.endsWith("*")) clauses.push({ kind: "prefix", text: word.slice(0, -1) });
    else clauses.push({ kind: "words", text: word });
  }
  return parsed;
}

/** Takes a filter or a day; says whether it is one. @param {Parsed} parsed @param {string} field @param {string} value @param {boolean} not */
function takeField(parsed, field, value, not) {
  const name = asciiLower(field);
  const facet = own(FACETS, name);
  if (facet) (parsed[not ? "unwantedFilters" : "filters"][facet] ??= []).push(facetValue(value));
  const day = !facet && /^(after|before)$/.test(name) && firstDay(value);
  // What is not after a day is before it.
  if (day && (name === "after") !== not) parsed.from = Math.max(parsed.from, day);
  else if (day) parsed.until = Math.min(parsed.until, day);
  return Boolean(facet || day);
}

const PREFIXES = ["adr", "madr", "rfc", "eip", "kep", "rfd", "tdr", "ddr", "pdr", "dr", "arch", "decision"];

/**
 * The names of records that the words of a query may be: the first that is on a page counts.
 * @param {Parsed} parsed
 */
function namesOf({ wanted, unwanted }) {
  let text = wanted.map((clause) => clause.text).join(" ").toLowerCase();
  if (!wanted.length || wanted.length > 2 || unwanted.length || wanted.some((clause) => clause.kind !== "words") || !/[\d\-_\/]/.test(text)) return [];
  text = text.replace(/^(\.\/)+/, "").replace(/(\.md)+$/, "");
  const scope = text.slice(0, text.lastIndexOf("/") + 1);
  const slug = text.slice(scope.length);
  const prefix = PREFIXES.find((prefix) => slug.startsWith(prefix)) ?? "";
  const number = /^[\-_ #]*(\d{1,5})(?:[\-_. :].*)?$/s.exec(slug.slice(prefix.length));
  const date = /^(\d{4})([\-_.])(\d\d|\+\d)\2(\d\d|\+\d)(?!\d)/.exec(slug);
  const isDate = date && firstDay(`${date[1]}-${date[3]}-${date[4]}`);
  return number && /\d$/.test(slug) && !isDate ? [text, scope + Number(number[1])] : [text];
}
