// @ts-check
// Cuts text into words exactly as `src/search/token.rs`, which is the specification.
//
// The parts of the engine are joined in the order of their names, inside of one function; so they share their names.

/** @typedef {{text: string, start: number, end: number, position: number}} Token `start` and `end` count UTF-16 units */

/** The most characters of a word. */
const LONGEST = 40;

const WORD = "[\\p{Alphabetic}\\p{N}\\p{M}_]";
const GRAMS =
  "[\\u0E00-\\u0EFF\\u1000-\\u109F\\u1100-\\u11FF\\u1780-\\u17FF\\u2E80-\\u2FDF\\u3005-\\u3007\\u3021-\\u30FF\\u3130-\\u318F\\u31F0-\\u31FF\\u3400-\\u4DBF" +
  "\\u4E00-\\u9FFF\\uA960-\\uA97F\\uAC00-\\uD7FF\\uF900-\\uFAFF\\uFF66-\\uFF9F\\u{1B000}-\\u{1B16F}\\u{20000}-\\u{3FFFF}]";
const GRAM = `[${WORD}&&${GRAMS}]`;
const LETTER = `[${WORD}--${GRAMS}]`;

// 1: grams. 2: `--` and 3: what it takes. 4: `.` and 5: what it takes, or a compound without a sign before it.
const COMPOUND = new RegExp(
  `(${GRAM}+)|(?:(?<![${WORD}\\-])(--)(${LETTER}+(?:[.\\-]${LETTER}+)*)` +
    `|((?<![${WORD}.])\\.(?=\\p{Alphabetic}))?(${LETTER}+(?:(?:\\.|-(?=\\p{N}))${LETTER}+)*))` +
    `(?:(?<=\\p{Alphabetic})(?:\\+\\+|#)(?![${WORD}+#]))?`,
  "gv",
);
const STARTS_WITH_GRAM = new RegExp(`^${GRAM}`, "v");
const UPPERCASE = /\p{Uppercase}/v;

/** Where a new word begins inside of one: `getHTTPResponse`, but not `ADRs`. */
const HUMP =
  /(?<=[\p{Lowercase}--\p{M}]\p{M}*)(?=\p{Uppercase})|(?<=[\p{Uppercase}\p{N}]\p{M}*)(?=\p{Uppercase}\p{M}*(?!s\p{M}*$)[\p{Lowercase}--\p{M}])/v;
const ACCENTS =
  /[\u0300-\u036F\u0483-\u0489\u0591-\u05C7\u0610-\u061A\u064B-\u065F\u0670\u06D6-\u06ED\u1AB0-\u1AFF\u1DC0-\u1DFF\u20D0-\u20FF\uFE00-\uFE0F\uFE20-\uFE2F]/gv;

/** @param {string} text */
const isGram = (text) => STARTS_WITH_GRAM.test(text);

/** Counts characters, which are code points as in Rust. @param {string} text */
const lengthOf = (text) => [...text].length;

/** Each character in lower case by itself, and without its accents. @param {string} text */
const fold = (text) =>
  /^[\0-\x7F]*$/.test(text)
    ? text.toLowerCase()
    : Array.from(text, (letter) => letter.toLowerCase()).join("").normalize("NFD").replace(ACCENTS, "").replaceAll("ς", "σ");

/**
 * Cuts a text into tokens, in the order of their positions.
 * @param {string} text
 */
function tokensOf(text) {
  /** @type {Token[]} */
  const tokens = [];
  let position = 0;
  /** @param {number} start @param {number} end */
  const push = (start, end) => {
    const folded = fold(text.slice(start, end));
    if (folded && (folded.length <= LONGEST || lengthOf(folded) <= LONGEST)) tokens.push({ text: folded, start, end, position });
  };
  for (const match of text.matchAll(COMPOUND)) {
    const [whole, grams, , flagged, , plain] = match;
    const begin = match.index;
    if (grams) {
      const letters = [...grams];
      let start = begin;
      for (let at = 0; at === 0 || at + 1 < letters.length; at += 1) {
        const pair = letters[at] + (letters[at + 1] ?? "");
        tokens.push({ text: pair, start, end: start + pair.length, position });
        position += 1;
        start += letters[at].length;
      }
      continue;
    }
    const body = flagged ?? plain;
    let start = begin + whole.indexOf(body);
    const segments = body.split(/[.\-]/).map((segment) => {
      const parts = partsOf(segment, start);
      const end = start + segment.length;
      start = end + 1;
      return { start: end - segment.length, end, parts };
    });
    if (whole !== body || segments.length > 1) {
      if (segments.some(({ parts }) => parts.length)) push(begin, begin + whole.length);
    }
    for (const { start, end, parts } of segments) {
      if (parts.length && (parts.length > 1 || parts[0][0] !== start || parts[0][1] !== end)) push(start, end);
      for (const [from, to] of parts) {
        push(from, to);
        position += 1;
      }
    }
  }
  return tokens;
}

/** Where the parts of a segment begin and end. @param {string} segment @param {number} start */
function partsOf(segment, start) {
  const parts = [];
  for (const piece of segment.split("_")) {
    for (const part of UPPERCASE.test(piece) && lengthOf(piece) <= LONGEST ? piece.split(HUMP) : [piece]) {
      if (part) parts.push([start, start + part.length]);
      start += part.length;
    }
    start += 1;
  }
  return parts;
}
