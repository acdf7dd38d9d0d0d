// @ts-check
// Reads a text for how near to each other the wanted words stand in it, as `src/search/near.rs`, and cuts the part that shows
// why it was found, as `src/search/excerpt.rs`.

/** @typedef {Map<string, number[]>} Answers the wants that a form answers */
/** @typedef {{text: string, marked: boolean}} Part */
/** @typedef {{want: number, start: number, end: number}} Mark */

/** How long an excerpt is, before it is moved to whole words. */
const LENGTH = 220;

/** @param {SearchIndex} index @param {Plan} plan */
function answersOf(index, { wants }) {
  /** @type {Answers} */
  const answers = new Map();
  wants.forEach(({ alternatives }, want) => {
    for (const { group } of alternatives) {
      // A word that the end of the text cuts off may have a form that no page has.
      for (const form of new Set([...group.terms.forms[group.at], ...possibleForms(index, group)])) answers.set(form, [...(answers.get(form) ?? []), want]);
    }
  });
  return answers;
}

/** What is added to the score of a page with a text. @param {Answers} answers @param {Want[]} wants @param {number[]} idf @param {string} text */
function bonusOf(answers, wants, idf, text) {
  /** @type {number[][]} */
  const standing = wants.map(() => []);
  const asTyped = new Set();
  for (const token of tokensOf(text)) {
    for (const want of answers.get(token.text) ?? []) {
      standing[want].push(token.position);
      if (token.text === wants[want].form) asTyped.add(want);
    }
  }
  let [bonus, before] = [0, -1];
  wants.forEach(({ wanted }, want) => {
    if (!wanted) return;
    if (asTyped.has(want)) bonus += idf[want];
    if (before >= 0) bonus += quotient(9 * Math.min(idf[before], idf[want]) * nearness(standing[before], standing[want]), 10);
    before = want;
  });
  return bonus;
}

/** How near two words stand, of 10. Both lists are in order. @param {number[]} one @param {number[]} other */
function nearness(one, other) {
  let [least, at] = [Infinity, 0];
  for (const here of one) {
    while (other[at] < here) at += 1;
    const after = other.find((there, place) => place >= at && there > here) ?? Infinity;
    least = Math.min(least, here - (other[at - 1] ?? -Infinity), after - here);
  }
  return [0, 10, 6, 5, 5, 3, 3, 3, 3][least] ?? 0;
}

/** The places of a text that a query asked for. @param {Answers} answers @param {string} text */
function marksOf(answers, text) {
  /** @type {Mark[]} */
  const marks = [];
  for (const { text: form, start, end } of tokensOf(text)) {
    const want = answers.get(form)?.[0];
    const last = marks[marks.length - 1];
    if (want === undefined) continue;
    // Neighbours of a script without spaces overlap; a part lies in its whole.
    if (last && (start < last.end || (start === last.end && isGram(form)))) last.end = Math.max(last.end, end);
    else marks.push({ want, start, end });
  }
  return marks;
}

/** Cuts the part of a text that holds most of what was found. @param {Answers} answers @param {string} text @returns {Part[]} */
function excerptOf(answers, text) {
  const marks = marksOf(answers, text);
  let [most, begin] = [0, 0];
  marks.forEach(({ start }, at) => {
    const words = new Set();
    for (let to = at; to < marks.length && marks[to].end <= start + LENGTH; to += 1) words.add(marks[to].want);
    if (words.size > most) [most, begin] = [words.size, start];
  });
  const lead = Math.max(0, begin - LENGTH / 5);
  const space = lead && text.slice(lead, lead + 41).search(/\s/);
  const start = space > 0 ? lead + space + 1 : lead;
  const reach = Math.max(start + LENGTH, begin + LENGTH / 2);
  const cut = reach < text.length ? text.slice(reach - 40, reach).search(/\s\S*$/) : -1;
  const end = cut < 0 ? Math.min(reach, text.length) : reach - 40 + cut;
  /** @type {Part[]} */
  const parts = [];
  const push = (/** @type {number} */ from, /** @type {number} */ to, marked = false) => {
    if (from < to) parts.push({ text: text.slice(from, to).replace(/[\n\t]/g, " "), marked });
  };
  if (start) parts.push({ text: "… ", marked: false });
  let at = start;
  for (const mark of marks) {
    if (mark.start < at || mark.end > end) continue;
    push(at, mark.start);
    push(mark.start, mark.end, true);
    at = mark.end;
  }
  push(at, end);
  if (end < text.length) parts.push({ text: " …", marked: false });
  return parts;
}
