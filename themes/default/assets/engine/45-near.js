// @ts-check
// Reads a text for how near to each other the wanted words stand in it, as `src/search/near.rs`, and cuts the part that shows
// why it was found, as `src/search/excerpt.rs`.

/** @typedef {Map<string, number[]>} Answers the wants that a form answers */
/** @typedef {{text: string, marked: boolean}} Part */

/** How long an excerpt is, before it is moved to whole words. */
const LENGTH = 220;

/** How near words stand, of 10, by their distance. */
const NEARNESS = [0, 10, 6, 5, 5, 3, 3, 3, 3];

/** @param {SearchIndex} index @param {Want[]} wants */
function answersOf(index, wants) {
  /** @type {Answers} */
  const answers = new Map();
  wants.forEach(({ alternatives }, want) => {
    for (const { group } of alternatives) {
      // A word that the end of the text cuts off may have a form that no page has.
      for (const form of allForms(index, group.terms, group.at)) answers.set(form, [...(answers.get(form) ?? []), want]);
    }
  });
  return answers;
}

/** What is added to the score of a page for the words of a text. @param {Answers} answers @param {Counted[]} wants @param {Token[]} tokens */
function bonusOf(answers, wants, tokens) {
  /** @type {number[][]} */
  const standing = wants.map(() => []);
  const asTyped = new Set();
  for (const token of tokens) {
    for (const want of answers.get(token.text) ?? []) {
      standing[want].push(token.position);
      if (token.text === wants[want].form) asTyped.add(want);
    }
  }
  let [bonus, before] = [0, -1];
  wants.forEach(({ isPart, idf }, want) => {
    if (isPart) return;
    if (asTyped.has(want)) bonus += idf;
    let near = 0;
    for (const here of standing[want]) for (const there of standing[before] ?? []) near = Math.max(near, NEARNESS[Math.abs(here - there)] ?? 0);
    if (near) bonus += quotient(9 * Math.min(wants[before].idf, idf) * near, 10);
    before = want;
  });
  return bonus;
}

/** What the wanted words of a title or heading come to, by the share of it that they are. @param {Answers} answers @param {Counted[]} wants @param {Token[]} tokens */
function shareOf(answers, wants, tokens) {
  const places = (tokens.at(-1)?.position ?? 0) + 1;
  const [held, found] = [new Set(), new Set()];
  for (const { text, position } of tokens) for (const want of answers.get(text) ?? []) if (!wants[want].isPart) held.add(position) && found.add(want);
  return quotient([...found].reduce((sum, want) => sum + wants[want].idf, 0) * held.size ** 2, places ** 2);
}

/** Cuts the part of a text that holds most of what was found. @param {Answers} answers @param {string} text @param {Token[]} tokens of the text */
function excerptOf(answers, text, tokens) {
  /** @type {{want: number, start: number, end: number}[]} */
  const marks = [];
  for (const { text: form, start, end } of tokens) {
    const want = answers.get(form)?.[0] ?? -1;
    const last = marks[marks.length - 1];
    // Neighbours of a script without spaces overlap; a part lies in its whole.
    if (want >= 0 && (start < last?.end || (start === last?.end && isGram(form)))) last.end = Math.max(last.end, end);
    else if (want >= 0) marks.push({ want, start, end });
  }
  let [most, begin] = [0, 0];
  for (const { start } of marks) {
    const { size } = new Set(marks.flatMap((mark) => (mark.start >= start && mark.end <= start + LENGTH ? [mark.want] : [])));
    if (size > most) [most, begin] = [size, start];
  }
  // Moved to whole words, where these are not too long.
  const start = text.slice(0, Math.max(0, begin - LENGTH / 5)).search(/\S{0,20}$/);
  const end = start + LENGTH + text.slice(start + LENGTH).search(/(?<=^\S{20})|(?<=^\S*)(?!\S)/);
  /** @type {Part[]} */
  const parts = [];
  const push = (/** @type {string} */ text, marked = false) => text && parts.push({ text: text.replace(/[\n\t]/g, " "), marked });
  let at = start;
  if (start) push("… ");
  for (const mark of marks) {
    if (mark.start < at || mark.end > end) continue;
    push(text.slice(at, mark.start));
    push(text.slice(mark.start, mark.end), true);
    at = mark.end;
  }
  push(text.slice(at, end));
  if (end < text.length) push(" …");
  return parts;
}
