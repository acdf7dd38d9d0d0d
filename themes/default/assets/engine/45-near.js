// @ts-check
// Reads a text for how near to each other the wanted words stand in it, as `src/search/near.rs`.

/** @typedef {Map<string, number[]>} Answers the wants that a form answers */

/** How near words stand, of 10, by their distance. */
const NEARNESS = [0, 10, 6, 5, 5, 3, 3, 3, 3];

/** @param {SearchIndex} index @param {Want[]} wants */
function answersOf(index, wants) {
  /** @type {Answers} */
  const answers = new Map();
  wants.forEach(({ alternatives }, want) => {
    for (const group of alternatives.flatMap(({ groups }) => groups)) {
      // A word that the end of the text cuts off may have a form that no page has.
      for (const form of allForms(index, group.terms, group.at)) answers.set(form, [...new Set(answers.get(form)).add(want)]);
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
      if (!token.isPart && token.text === wants[want].form) asTyped.add(want);
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
