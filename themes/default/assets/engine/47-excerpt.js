// @ts-check
// Cuts the part of a text that shows why it was found, as `src/search/excerpt.rs`.

/** @typedef {{text: string, marked: boolean}} Part */
/** @typedef {[start: number, end: number]} Stretch */
/** @typedef {{want: number, start: number, end: number}} Mark */

/** How long an excerpt is; how far before the first word a part of a sentence begins, and how far it is moved to whole words. */
const LENGTH = 220;
const LEAD = 44;

/** Says whether who asks this looks for code. @param {string} query */
const looksLikeCode = (query) => /[_(){}=<>;`$\\]|::|--|[a-z][A-Z]|[a-zA-Z0-9]\.[a-zA-Z]/.test(query);

/** A sentence, or the rest of a line. */
const SENTENCE = /(?=\P{White_Space}).*?(?:[.!?]["'\)\]”’]*(?=\p{White_Space}+[^\p{White_Space}\p{Lowercase}])|[。！？]|\p{White_Space}*$)/gmsv;

/** Where the sentences of a text stand; a line that begins with a tab is code. @param {string} text @param {boolean} withCode @returns {Stretch[]} */
function sentencesOf(text, withCode) {
  let begin = 0;
  return text.split("\n").flatMap((line) => {
    const start = begin;
    begin += line.length + 1;
    const isCode = line[0] === "\t";
    /** @type {[number, string][]} */
    const found = isCode ? (withCode ? [[0, line]] : []) : Array.from(line.matchAll(SENTENCE), ({ 0: sentence, index }) => [index, sentence]);
    return found.flatMap(([at, sentence]) => {
      const bare = sentence.replace(/^\p{White_Space}+/v, "");
      const from = start + at + sentence.length - bare.length;
      const { length } = bare.replace(/\p{White_Space}+$/v, "");
      return length ? [/** @type {Stretch} */ ([from, from + length])] : [];
    });
  });
}

/** The number of different words that marks answer. @param {Mark[]} marks */
const wordsIn = (marks) => new Set(marks.map(({ want }) => want)).size;

/** Moves a place out of the middle of a character. @param {string} text @param {number} at @param {number} by */
const whole = (text, at, by) => (/^[\uDC00-\uDFFF]/.test(text.slice(at)) ? at + by : at);

/** The part of a sentence with the most different words. @param {string} text @param {Stretch} sentence @param {Mark[]} marks @returns {Stretch} */
function partOf(text, [from, to], marks) {
  if (to - from <= LENGTH) return [from, to];
  let [most, begin] = [0, from];
  for (const { start } of marks) {
    const words = wordsIn(marks.filter((mark) => mark.start >= start && mark.end - start <= LENGTH - LEAD));
    if (words > most) [most, begin] = [words, start];
  }
  let start = from;
  if (begin - LEAD > from) {
    start = whole(text, begin - LEAD, 1);
    const blank = text.slice(start, whole(text, Math.min(to, start + LEAD), -1)).search(/\p{White_Space}/v);
    if (blank >= 0) start += blank + 1;
  }
  if (start + LENGTH >= to) return [start, to];
  const end = whole(text, start + LENGTH, -1);
  const near = Math.max(start, whole(text, end - LEAD, 1));
  const [last] = /\p{White_Space}\P{White_Space}*$/v.exec(text.slice(near, end)) ?? [""];
  return [start, end - last.length];
}

/** Cuts the part of a text that holds most of what was found. @param {Answers} answers @param {Counted[]} wants @param {string} text @param {Token[]} tokens of the text @param {boolean} showsCode */
function excerptOf(answers, wants, text, tokens, showsCode) {
  /** @type {Mark[]} */
  const marks = [];
  for (const { text: form, start, end } of tokens) {
    const want = answers.get(form)?.find((want) => !wants[want].isStopWord) ?? -1;
    const last = marks[marks.length - 1];
    // Neighbours of a script without spaces overlap; a part lies in its whole.
    if (want >= 0 && (start < last?.end || (start === last?.end && isGram(form)))) last.end = Math.max(last.end, end);
    else if (want >= 0) marks.push({ want, start, end });
  }
  const own = sentencesOf(text, showsCode);
  const sentences = own.length ? own : sentencesOf(text, true);
  const inside = (/** @type {Stretch} */ [from, to]) => marks.filter(({ start, end }) => start >= from && end <= to);
  const found = sentences.map(inside);
  const finds = found.some(({ length }) => length);
  let [most, first, last] = [-1, 0, 0];
  sentences.forEach(([from, to], start) => {
    if (finds && !found[start].length) return;
    let [end, length, held] = [start + 1, to - from, found[start]];
    for (; end < sentences.length && length + sentences[end][1] - sentences[end][0] < LENGTH; end += 1) {
      length += sentences[end][1] - sentences[end][0] + 1;
      held = held.concat(found[end]);
    }
    if (wordsIn(held) <= most) return;
    const before = sentences[start - 1];
    [most, first, last] = [wordsIn(held), before && length + before[1] - before[0] < LENGTH ? start - 1 : start, end];
  });
  /** @type {Part[]} */
  const parts = [];
  const push = (/** @type {string} */ text, marked = false) => text && parts.push({ text: text.replaceAll("\t", " "), marked });
  const shown = sentences.slice(first, last);
  if (!shown.length) return parts;
  const [from, to] = shown[0];
  if (shown.length === 1) shown[0] = partOf(text, shown[0], inside(shown[0]));
  if (first || shown[0][0] > from) push("… ");
  shown.forEach(([from, to], at) => {
    if (at) {
      const before = shown[at - 1][1];
      push(/[.!?:;,…"”)]/.test(text[before - 1]) || !text.slice(before, from).includes("\n") ? " " : " · ");
    }
    let next = from;
    for (const { start, end } of inside([from, to])) {
      if (start < next) continue;
      push(text.slice(next, start));
      push(text.slice(start, end), true);
      next = end;
    }
    push(text.slice(next, to));
  });
  if (last < sentences.length || shown[0][1] < to) push(" …");
  return parts;
}
