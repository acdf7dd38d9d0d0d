// @ts-check
// What is meant by a word that no page has, as `src/search/plan/unknown.rs`.

/** What counts a slip, two of them, and a longer word with that end, of 64. */
const TYPO = 45;
const TYPOS = 32;
const ENDING = 38;

/** The fewest letters of a word that is the end of others, how many more these have, and how many groups of them count. */
const SHORTEST_END = 4;
const LONGER = 3;
const ENDINGS = 6;

/** The fewest letters of a half of a word. */
const SHORTEST_HALF = 2;

/** Signs between the halves of a joined word: `Qualitätsprüfung`. */
const LINKS = ["", "s", "es", "n", "en"];

/** Longer lengths of words are known by one letter. */
const LONGEST_LENGTH = 60;

/** @param {string} form */
const lettersOf = (form) => [...form];

/** The groups with a form that is a longer word with this end. @param {SearchIndex} index @param {string} end */
function ending(index, end) {
  const letters = lettersOf(end);
  /** @type {Map<string, {group: Group, pages: number}>} */
  const found = new Map();
  for (let size = letters.length + LONGER; size <= LONGEST_LENGTH; size += 1) {
    const forms = formsOf(index, "<" + letters.slice(-2).join("") + String.fromCharCode(64 + size)).filter((/** @type {unknown} */ form) => `${form}`.endsWith(end));
    for (const group of groupsOf(index, forms.map(String))) found.set(group.key, { group, pages: core.pagesOf(group).length });
  }
  found.delete(core.groupOf(index, end)?.key ?? "");
  const all = [...found.values()].sort((one, other) => other.pages - one.pages || core.order(one.group.key, other.group.key));
  return all.slice(0, ENDINGS).map(({ group }) => group);
}

/** Says whether a word may be cut here: between letters, or where digits begin or end. @param {string} one @param {string} other */
function mayBeCut(one, other) {
  const [has, all] = [/\p{N}/v, /^\p{N}+$/v];
  return has.test(one) ? all.test(one) && !has.test(other) : !has.test(other) || all.test(other);
}

/** The first half of a word, in a language that joins words also without what links it. @param {SearchIndex} index @param {string} text @returns {[form: string, group: Group] | undefined} */
function half(index, text) {
  for (const link of index.root.joins ? LINKS : [""]) {
    const form = text.endsWith(link) ? text.slice(0, text.length - link.length) : "";
    const group = lettersOf(form).length >= SHORTEST_HALF && core.groupOf(index, form);
    if (group) return [form, group];
  }
}

/** The two words that a word is made of. @param {SearchIndex} index @param {Asked} word @returns {Asked[] | undefined} */
function halves(index, { form, follows }) {
  if (core.isGram(form) || /[^\p{Alphabetic}\p{N}]/v.test(form)) return;
  const letters = lettersOf(form);
  /** @type {[shorter: number, one: [string, Group], other: [string, Group]] | undefined} */
  let found;
  for (let at = SHORTEST_HALF; at <= letters.length - SHORTEST_HALF; at += 1) {
    const [before, after] = [letters.slice(0, at).join(""), letters.slice(at).join("")];
    if (!mayBeCut(before, after)) continue;
    // What a half needs is loaded for all cuts at once, so each is looked up.
    const one = half(index, before);
    const other = one && core.groupOf(index, after);
    const shorter = Math.min(at, letters.length - at);
    if (one && other && shorter > (found?.[0] ?? 0)) found = [shorter, one, [after, other]];
  }
  const word = (/** @type {[string, Group]} */ [form, group], /** @type {boolean} */ follows) => ({ form, typed: form, alternatives: [{ groups: [group], weight: core.EXACT }], parts: [], follows });
  return found && [word(found[1], follows), word(found[2], true)];
}

/** Looks for what is meant by words that no page has; adds words that end so in languages that join words. @param {SearchIndex} index @param {Asked[]} words @param {Used} corrected @returns {Asked[]} */
function meant(index, words, corrected) {
  return words.flatMap((word) => {
    const { form, typed, alternatives } = word;
    const length = lettersOf(form).length;
    const isName = core.isGram(form) || /\p{N}/v.test(form);
    if (index.root.joins && length >= SHORTEST_END && !core.isGram(form) && /^\p{Alphabetic}+$/v.test(form) && !index.stopWords.has(form)) {
      alternatives.push(...ending(index, form).map((group) => ({ groups: [group], weight: ENDING })));
    }
    if (alternatives.length) return [word];
    alternatives.push(...core.spelledSo(index, form, core.DIGRAPHS.reduce((text, [, digraph, letter]) => text.replaceAll(digraph, letter), form)));
    for (const distance of [1, 2]) {
      if (!alternatives.length && distance === 2) {
        const two = halves(index, word);
        if (two) return two;
      }
      const most = isName || length < 4 ? 0 : length < 8 ? 1 : 2;
      const found = !alternatives.length && distance <= most && similar(index, form, distance);
      if (!found) continue;
      alternatives.push(...found[1].map((group) => ({ groups: [group], weight: distance < 2 ? TYPO : TYPOS })));
      corrected.push([typed, found[0]]);
    }
    return [word];
  });
}
