// @ts-check
// Names of records, as `src/search/query.rs` knows them.

/**
 * The names of records that the words of a query may be: the first that is on a page counts.
 * @param {Parsed} parsed
 */
function namesOf({ wanted, unwanted }) {
  const words = wanted.map(({ text }) => text).join(" ");
  if (wanted.length > 2 || unwanted.length || wanted.some(({ kind }) => kind !== "words") || !/[\d\-_\/]/.test(words)) return [];
  const text = words.toLowerCase().replace(/^(\.\/)+|(\.md)+$/g, "");
  // A date is no number.
  const [, scope, , number] = /^(.*\/)?(?!\d{4}([\-_.])\d\d\2\d\d(?!\d))(?:m?adr|rf[cd]|eip|kep|[tdp]?dr|arch|decision)?[\-_ #]*(\d{1,5})(?![^\-_. :])[^\/]*(?<=\d)$/s.exec(text) ?? [];
  // Neither is a version or a time.
  return number && !/\d[.:]\d/.test(text) ? [text, (scope ?? "") + +number] : [text];
}

/** The pages with the first such name that there is. @param {SearchIndex} index @param {Parsed} parsed */
function named(index, parsed) {
  const [group] = namesOf(parsed).flatMap((name) => core.groupOf(index, `\u0001${name}`) ?? []);
  return group && core.pagesOf(group);
}
