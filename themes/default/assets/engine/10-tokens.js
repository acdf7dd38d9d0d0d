// @ts-check
// Cuts text into words exactly as `src/search/token.rs`, which is the specification.
//
// The parts of the engine are joined in the order of their names, inside of one function; so they share their names.

/** @typedef {{text: string, start: number, end: number, position: number, isPart: boolean}} Token `start` and `end` count UTF-16 units */

/** The most characters of a word, and of a name of several words. */
const LONGEST = 40;
const LONGEST_NAME = 128;

const WORD = "[\\p{Alphabetic}\\p{N}\\p{M}_]";
const GRAMS =
  "[\\u0E00-\\u0EFF\\u1000-\\u109F\\u1100-\\u11FF\\u1780-\\u17FF\\u2E80-\\u30FF\\u3130-\\u318F\\u31F0-\\u31FF\\u3400-\\u9FFF" +
  "\\uA960-\\uA97F\\uAC00-\\uD7FF\\uF900-\\uFAFF\\uFF66-\\uFF9F\\u{1B000}-\\u{1B16F}\\u{20000}-\\u{3FFFF}]";
const GRAM = `[${WORD}&&${GRAMS}]`;
const LETTERS = `[${WORD}--${GRAMS}]+`;

/** A run of grams, which is 1, or a compound with its signs: `--flag`, `.NET`, `a.b`, `ADR-12`, `C++`. WebKit refuses a hyphen after a class in a class. */
const COMPOUND = new RegExp(
  `(${GRAM}+)|(?:(?<![\\-${WORD}])--${LETTERS}(?:[.\\-]${LETTERS})*` +
    `|(?:(?<![${WORD}.])\\.(?=\\p{Alphabetic}))?${LETTERS}(?:(?:\\.|-(?=\\p{N}))${LETTERS})*)` +
    `(?:(?<=\\p{Alphabetic})(?:\\+\\+|#)(?![${WORD}+#]))?`,
  "gv",
);
/** What some write as one word, and others apart: `hand-over`, `don't`, `1,500`. */
const JOIN = new RegExp(
  `(?<![${WORD}.\\-]|${WORD}[,'’])(?:${LETTERS}(?:-${LETTERS}){1,2}|${LETTERS}(?:'|’)[tsTS]|[0-9]{1,3}(?:,[0-9]{3})+)` +
    `(?![${WORD}#]|\\+\\+|[\\-.,'’]${WORD})`,
  "vy",
);
const STARTS_WITH_GRAM = new RegExp(`^${GRAM}`, "v");

/** Where a new word begins inside of one: `getHTTPResponse`, but not `ADRs`. */
const HUMP =
  /(?<=[\p{Lowercase}--\p{M}]\p{M}*)(?=\p{Uppercase})|(?<=[\p{Uppercase}\p{N}]\p{M}*)(?=\p{Uppercase}\p{M}*(?!s\p{M}*$)[\p{Lowercase}--\p{M}])/v;
const ACCENTS =
  /[\u0300-\u036F\u0483-\u0489\u0591-\u05C7\u0610-\u061A\u064B-\u065F\u0670\u06D6-\u06ED\u1AB0-\u1AFF\u1DC0-\u1DFF\u20D0-\u20FF\uFE00-\uFE0F\uFE20-\uFE2F]/gv;

/** @param {string} text */
const isGram = (text) => STARTS_WITH_GRAM.test(text);

/** Counts characters, which are code points as in Rust. @param {string} text */
const lengthOf = (text) => [...text].length;

/** Letters that are none of their neighbours with an accent. @type {{[letter: string]: string}} */
const SPELLED = { ß: "ss", æ: "ae", œ: "oe", ø: "o", đ: "d", ð: "d", þ: "th", ł: "l", ı: "i", ς: "σ" };

/** @param {string} text */
function fold(text) {
  const lower = text.toLowerCase();
  // Only a sigma is put in lower case by where it stands.
  return /[^\0-\x7F]/.test(lower) ? lower.normalize("NFD").replace(ACCENTS, "").replace(/[ßæœøđðþłıς]/g, (letter) => SPELLED[letter]) : lower;
}

/** Says whether a piece is a hash or a key. @param {string} piece */
const isKey = (piece) => {
  const length = lengthOf(piece);
  return length > LONGEST && (length > LONGEST_NAME || (piece.match(/\p{N}/gu)?.length ?? 0) > 2);
};

/**
 * Cuts a text into tokens, in the order of their positions.
 * @param {string} text
 */
function tokensOf(text) {
  /** @type {Token[]} */
  const tokens = [];
  let position = 0;
  /** @param {number} start @param {number} end @param {boolean} isPart */
  const push = (start, end, isPart, letters = text.slice(start, end)) => {
    let folded = fold(letters);
    if (folded.length > LONGEST) folded = [...folded].slice(0, LONGEST).join("");
    if (folded) tokens.push({ text: folded, start, end, position, isPart });
  };
  for (const { 0: whole, 1: grams, index } of text.matchAll(COMPOUND)) {
    let start = index;
    const end = start + whole.length;
    if (grams) {
      let before = "";
      for (const letter of grams) {
        if (before || letter === grams) {
          tokens.push({ text: before + letter, start, end: start + before.length + letter.length, position, isPart: false });
          position += 1;
        }
        start += before.length;
        before = letter;
      }
      continue;
    }
    // A look at the next sign spares most words the pattern.
    if (whole.includes("-") || /[-,'’]/.test(text.charAt(end))) {
      JOIN.lastIndex = index;
      const [join] = JOIN.exec(text) ?? [];
      if (join) push(index, index + join.length, false, join.replace(/[-,'’]/g, ""));
    }
    if (/^[a-z\d]+$/.test(whole)) {
      push(index, end, false);
      position += 1;
      continue;
    }
    const body = whole.replace(/^(--|\.)|[+#]+$/g, "");
    start += whole.indexOf(body);
    const segments = body.split(/[.\-]/).map((segment) => {
      const parts = [];
      const from = start;
      for (const piece of segment.split("_")) {
        for (const part of !/\p{Uppercase}/u.test(piece) || isKey(piece) ? [piece] : piece.split(HUMP)) {
          if (part) parts.push([start, start + part.length]);
          start += part.length;
        }
        start += 1;
      }
      return { parts, from, to: start - 1 };
    });
    if ((whole !== body || segments.length > 1) && segments.some(({ parts }) => parts.length)) push(index, end, false);
    for (const { parts, from, to } of segments) {
      const isPart = to - from < whole.length;
      const isOnly = String(parts) === `${from},${to}`;
      if (parts.length && !isOnly) push(from, to, isPart);
      for (const [from, to] of parts) {
        push(from, to, isPart || !isOnly);
        position += 1;
      }
    }
  }
  return tokens;
}
