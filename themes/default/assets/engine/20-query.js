// @ts-check
// Takes a query apart, as `src/search/query.rs`. The grammar has no errors: every text is a query.

/** @typedef {{kind: "words" | "phrase" | "prefix", text: string}} Clause */
/** @typedef {{wanted: Clause[], unwanted: Clause[], filters?: Filters}} Parsed */

/** The most clauses that count. */
const CLAUSES = 32;

/** The fields of a query. */
const FIELD = /^(kind|status|tag|by|scope|after|before)$/i;

// 1: `-`. 2: a phrase. 3 or 4: a field, and 5: its value in quotes, or 6: without. 7: a word.
const ATOM =
  /(-(?=[^\-\p{White_Space}]))?(?:"([^"]*)"?|(?:([^:\p{White_Space}]+):|(kind|status|tag|by|scope|after|before):\p{White_Space}+)(?:"([^"]*)"?|(\P{White_Space}+))|(\P{White_Space}+))/giv;

/** @template Value @param {{[key: string]: Value}} object @param {string} key */
const own = (object, key) => (Object.hasOwn(object, key) ? object[key] : undefined);

/** @param {string} text @param {() => More | undefined} more */
function parse(text, more) {
  /** @type {Parsed} */
  const parsed = { wanted: [], unwanted: [] };
  for (const [, minus, phrase, field, spaced, quoted, plain, word] of text.matchAll(ATOM)) {
    const name = field ?? spaced;
    const clauses = minus ? parsed.unwanted : parsed.wanted;
    /** @type {Clause} */
    const clause = { kind: "words", text: word ?? phrase };
    if (name) {
      const value = quoted ?? plain;
      if (FIELD.test(name) && more()?.filter(parsed, !!minus, name.toLowerCase(), value)) continue;
      clause.text = `${name}:${value}`;
    } else if (!word) clause.kind = "phrase";
    else if (/.\*$/s.test(word)) {
      clause.kind = "prefix";
      clause.text = word.slice(0, -1);
    }
    if (clauses.push(clause) && parsed.wanted.length + parsed.unwanted.length === CLAUSES) break;
  }
  return parsed;
}
