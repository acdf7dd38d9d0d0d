// @ts-check
// Takes a query apart, as `src/search/query.rs`. The grammar has no errors: every text is a query.

/** @typedef {{kind: "words" | "phrase" | "prefix", text: string}} Clause */
/** @typedef {{[field: string]: string[]}} Values by the fields of a query */
/** @typedef {{wanted: Clause[], unwanted: Clause[], filters: Values, unwantedFilters: Values, from: number, until: number}} Parsed */

/** The most clauses that count. */
const CLAUSES = 32;

/** The fields of a query whose values pages have. */
const FIELD = /^(kind|status|tag|by|scope)$/;

// 1: `-`. 2: a phrase. 3: a field, and 4: its value in quotes, or 5: without. 6: a word.
const ATOM = /(-(?=[^\-\p{White_Space}]))?(?:"([^"]*)"?|([^:\p{White_Space}]+):(?:"([^"]*)"?|(\P{White_Space}+))|(\P{White_Space}+))/gv;

/** @template Value @param {{[key: string]: Value}} object @param {string} key */
const own = (object, key) => (Object.hasOwn(object, key) ? object[key] : undefined);

/** The form in which the index knows a value. @param {string} value */
const facetValue = (value) => value.replace(/^\p{White_Space}*@*|\p{White_Space}+$/gv, "").toLowerCase();

/** Reads a day, a month or a year; returns its first day as a number, 20240116, or 0. @param {string} text */
function firstDay(text) {
  const [, year, month = 1, day = 1] = /^(?=.{4}(?:-|$))(\+?\d+)(?:-(\+?\d+))?(?:-(\+?\d+))?$/.exec(text) ?? [];
  const date = new Date(Date.UTC(+year, +month - 1, +day));
  return +year && date.getUTCMonth() + 1 === +month && date.getUTCDate() === +day ? +year * 10000 + +month * 100 + +day : 0;
}

/** @param {string} text */
function parse(text) {
  /** @type {Parsed} */
  const parsed = { wanted: [], unwanted: [], filters: {}, unwantedFilters: {}, from: 0, until: Infinity };
  for (const [, minus, phrase, name, quoted, plain, word] of text.matchAll(ATOM)) {
    const clauses = minus ? parsed.unwanted : parsed.wanted;
    /** @type {Clause} */
    let clause = { kind: "words", text: word };
    if (name) {
      const value = quoted ?? plain;
      const field = name.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
      if (FIELD.test(field)) {
        (parsed[minus ? "unwantedFilters" : "filters"][field] ??= []).push(facetValue(value));
        continue;
      }
      const day = /^(after|before)$/.test(field) && firstDay(value);
      if (day) {
        // What is not after a day is before it.
        if ((field === "after") !== !!minus) parsed.from = Math.max(parsed.from, day);
        else parsed.until = Math.min(parsed.until, day);
        continue;
      }
      clause.text = `${name}:${value}`;
    } else if (phrase !== undefined) clause = { kind: "phrase", text: phrase };
    else if (/.\*$/s.test(word)) clause = { kind: "prefix", text: word.slice(0, -1) };
    if (clauses.push(clause) && parsed.wanted.length + parsed.unwanted.length === CLAUSES) break;
  }
  return parsed;
}

/**
 * The names of records that the words of a query may be: the first that is on a page counts.
 * @param {Parsed} parsed
 */
function namesOf({ wanted, unwanted }) {
  const words = wanted.map(({ text }) => text).join(" ");
  if (wanted.length > 2 || unwanted.length || wanted.some(({ kind }) => kind !== "words") || !/[\d\-_\/]/.test(words)) return [];
  const text = words.toLowerCase().replace(/^(\.\/)+|(\.md)+$/g, "");
  // A date is no number.
  const [, scope, , number] = /^(.*\/)?(?!\d{4}([\-_.])\d\d\2\d\d(?!\d))(?:m?adr|rf[cd]|eip|kep|[tdp]?dr|arch|decision)?[\-_ #]*(\d{1,5})(?![^\-_. :])[^\/]*(?<=\d)$/s.exec(text) ?? [];
  return number ? [text, (scope ?? "") + +number] : [text];
}
