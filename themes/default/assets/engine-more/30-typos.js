// @ts-check
// What is meant by a word that no page has, as `src/search/plan.rs` and `src/search/rank/meant.rs`.

/** Forms by their ends and length, each with the number of its pages. @param {SearchIndex} index @param {string} key */
function formsOf({ root, typos }, key) {
  return (root.typos.names && core.own(typos(core.placeIn(root.typos, key)) ?? {}, key)) || [];
}

/** Optimal string alignment: letters put in, left out, exchanged, or swapped with a neighbour. @param {string[]} one @param {string[]} other */
function distance(one, other) {
  /** @type {number[]} */
  let before = [];
  let row = [0, ...other.map((_, at) => at + 1)];
  one.forEach((letter, at) => {
    const next = [at + 1];
    other.forEach((there, to) => {
      next[to + 1] = Math.min(
        row[to + 1] + 1,
        next[to] + 1,
        row[to] + +(letter !== there),
        at && to && letter === other[to - 1] && one[at - 1] === there ? before[to - 1] + 1 : Infinity,
      );
    });
    [before, row] = [row, next];
  });
  return row[other.length];
}

/** The groups of the forms nearest to one that no page has. @param {SearchIndex} index @param {string} form @param {Plan} plan @returns {Alternative[]} */
function similar(index, form, { corrected }) {
  const letters = [...form];
  const { length } = letters;
  if (length < 4 || /\p{N}/v.test(form) || core.isGram(form)) return [];
  let least = length < 8 ? 1 : 2;
  /** @type {[form: string, pages: number, distance: number][]} */
  let found = [];
  for (let size = length - least, most = length + least; size <= most; size += 1) {
    for (const ends of [">" + letters[0] + letters[1], "<" + letters[length - 2] + letters[length - 1]]) {
      const forms = formsOf(index, ends + String.fromCharCode(64 + size));
      for (let at = 0; at < forms.length; at += 2) found.push([`${forms[at]}`, +forms[at + 1], distance(letters, [...`${forms[at]}`])]);
    }
  }
  least = Math.min(least, ...found.map(([, , far]) => far));
  found = found.filter(([one, , far], at) => far === least && found.findIndex(([other]) => one === other) === at);
  found.sort(([one, pages], [other, others]) => others - pages || core.order(one, other));
  if (found.length) corrected.push([form, found[0][0]]);
  const groups = found.slice(0, 4).flatMap(([other]) => core.groupOf(index, other) ?? []);
  return groups
    .filter(({ key }, at) => groups.findIndex((group) => group.key === key) === at)
    .map((group) => ({ group, weight: least < 2 ? 45 : 32 }));
}
