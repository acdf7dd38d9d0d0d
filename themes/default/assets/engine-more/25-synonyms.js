// @ts-check
// What the team calls the same, as `src/search/plan/other.rs`.

/** What counts another name for the same, of 64. */
const SYNONYM = 56;

/** The places that all of some groups have, with the least of their impacts, as a group. @param {Group[]} groups @returns {Pick<Group, "terms" | "at">} */
function together(groups) {
  const [first, ...others] = groups.map(({ terms, at }) => ({ terms, entry: terms.from[at], end: terms.from[at + 1] }));
  /** @type {{[column in "pages" | "titles" | "titleWords" | "most" | "places" | "sections" | "impacts" | "headingWords"]: number[]}} */
  const found = { pages: [], titles: [], titleWords: [], most: [], places: [0], sections: [], impacts: [], headingWords: [] };
  for (; first.entry < first.end; first.entry += 1) {
    let most = 0;
    const page = first.terms.pages[first.entry];
    for (const other of others) while (other.entry < other.end && other.terms.pages[other.entry] < page) other.entry += 1;
    if (others.some(({ terms, entry, end }) => entry === end || terms.pages[entry] !== page)) continue;
    const all = [first, ...others];
    const titles = all.map(({ terms, entry }) => [terms.titles[entry], terms.titleWords[entry]]);
    const least = (/** @type {number[][]} */ pairs) => [0, 1].map((at) => Math.min(...pairs.map((pair) => pair[at])));
    const [title, titleWords] = least(titles);
    for (let place = first.terms.places[first.entry]; place < first.terms.places[first.entry + 1]; place += 1) {
      const section = first.terms.sections[place];
      const places = all.map(({ terms, entry }) => terms.places[entry] + terms.sections.subarray(terms.places[entry], terms.places[entry + 1]).indexOf(section));
      const [impact, words] = least(all.map(({ terms, entry }, at) => (places[at] < terms.places[entry] ? [0, 0] : [terms.impacts[places[at]], terms.headingWords[places[at]]])));
      if (!impact) continue;
      found.sections.push(section);
      found.impacts.push(impact);
      found.headingWords.push(words);
      most = core.mostOf(most, impact + (words && core.IN_HEADING));
    }
    if (!title && found.sections.length === found.places[found.places.length - 1]) continue;
    found.pages.push(page);
    found.titles.push(title);
    found.titleWords.push(titleWords);
    found.most.push(most);
    found.places.push(found.sections.length);
  }
  return { terms: /** @type {any} */ ({ ...found, from: [0, found.pages.length] }), at: 0 };
}

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
