// @ts-check
// What the team calls the same, as `src/search/plan/other.rs`.

/** What counts another name for the same, of 64. */
const SYNONYM = 56;

/** Adds to words that the team has other words for what those find. @param {SearchIndex} index @param {Asked[]} words @param {Used} used */
function addSynonyms(index, words, used) {
  const keys = words.map(({ form }) => core.groupOf(index, form)?.key);
  for (const names of index.root.synonyms) {
    for (const name of names) {
      const { length } = name.words;
      const isHere = (/** @type {number} */ begin) =>
        name.words.every((wanted, at) => {
          const word = words[begin + at];
          return word && (word.form === wanted || keys[begin + at] === name.keys[at]) && (!at || word.follows);
        });
      const begin = length ? words.findIndex((_, at) => isHere(at)) : -1;
      if (begin < 0) continue;
      const here = words.slice(begin, begin + length);
      for (const other of names) {
        const groups = other.words.flatMap((word) => core.groupOf(index, word) ?? []);
        if (other === name || groups.length < other.words.length) continue;
        core.answer(here, groups, SYNONYM);
        used.push([here.map(({ typed }) => typed).join(" "), other.text]);
      }
    }
  }
}
