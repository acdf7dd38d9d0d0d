// @ts-check
// Words that are like one that no page has, as `src/search/rank/meant.rs`.

/** The number of the piece that says where these words are. */
const LISTED = 6;

/** Forms by their ends and length, each with the number of its pages. @param {SearchIndex} index @param {string} key */
function formsOf(index, key) {
  /** @type {(Packs & {starts: string[], places?: Place[]}) | undefined} */
  const listed = index.facets(LISTED);
  if (!listed?.names) return [];
  const places = (listed.places ??= core.placesIn(listed));
  return core.own(index.typos(places[core.placeIn(listed.starts, key)]) ?? {}, key) ?? [];
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

/** The groups of the forms at a distance or less, and the first of these forms. @param {SearchIndex} index @param {string} form @param {number} most @returns {[meant: string, groups: Group[]] | undefined} */
function similar(index, form, most) {
  const letters = [...form];
  const { length } = letters;
  /** @type {[form: string, pages: number][]} */
  const found = [];
  for (let size = length - most; size <= length + most; size += 1) {
    for (const ends of [">" + letters[0] + letters[1], "<" + letters[length - 2] + letters[length - 1]]) {
      const forms = formsOf(index, ends + String.fromCharCode(64 + size));
      for (let at = 0; at < forms.length; at += 2) {
        const other = `${forms[at]}`;
        if (distance(letters, [...other]) <= most && !found.some(([known]) => known === other)) found.push([other, +forms[at + 1]]);
      }
    }
  }
  if (!found.length) return;
  found.sort(([one, pages], [other, others]) => others - pages || core.order(one, other));
  return [found[0][0], groupsOf(index, found.slice(0, 4).map(([other]) => other))];
}

/** The groups of forms, each once. @param {SearchIndex} index @param {string[]} forms */
function groupsOf(index, forms) {
  const groups = forms.flatMap((form) => core.groupOf(index, form) ?? []);
  return groups.filter(({ key }, at) => groups.findIndex((group) => group.key === key) === at);
}
