// @ts-check
// What only some queries need: filters, phrases, what must not be there, names of records and typos. The engine loads it when
// the first such query comes.

/** @typedef {{wanted: Values, unwanted: Values, from: number, until: number}} Filters */
/** `lists`: whether these filters without a word list their pages. @typedef {{allows: (page: number) => boolean, lists: boolean}} Selected */
/** @typedef {{[field: string]: string[]}} Values by the fields of a query */

const core = /** @type {Shared} */ (/** @type {any} */ (globalThis).precedentSearch.shared);

/** The form in which the index knows a value. @param {string} value */
const facetValue = (value) => core.fold(value.replace(/^\p{White_Space}*@*|\p{White_Space}+$/gv, ""));

/** Reads a day, a month or a year; returns its first day as a number, 20240116, or 0. @param {string} text */
function firstDay(text) {
  const [, year, month = 1, day = 1] = /^(?=.{4}(?:-|$))(\+?\d+)(?:-(\+?\d+))?(?:-(\+?\d+))?$/.exec(text) ?? [];
  const date = new Date(Date.UTC(+year, +month - 1, +day));
  return +year && date.getUTCMonth() + 1 === +month && date.getUTCDate() === +day ? +year * 10000 + +month * 100 + +day : 0;
}

/** Takes a field of a query as a filter; says whether it is one. @param {Parsed} parsed @param {boolean} minus @param {string} field @param {string} value */
function filter(parsed, minus, field, value) {
  const isDay = /^(after|before)$/.test(field);
  const day = isDay ? firstDay(value) : 0;
  if (isDay && !day) return false;
  const filters = (parsed.filters ??= { wanted: {}, unwanted: {}, from: 0, until: Infinity });
  if (!isDay) (filters[minus ? "unwanted" : "wanted"][field] ??= []).push(facetValue(value));
  // What is not after a day is before it.
  else if ((field === "after") !== minus) filters.from = Math.max(filters.from, day);
  else filters.until = Math.min(filters.until, day);
  return true;
}

/** Says which pages filters leave. @param {SearchIndex} index @param {Filters} filters @returns {Selected} */
function selection(index, { wanted: allowed, unwanted: forbidden, from, until }) {
  const sets = (/** @type {Values} */ of) =>
    Object.entries(of).map(([field, values]) => new Set(values.flatMap((value) => core.fromGaps(core.own(facetsOf(index, field)?.pages ?? {}, value) ?? []))));
  const [wanted, unwanted] = [sets(allowed), sets(forbidden)];
  const asksDay = from > 0 || until < Infinity;
  const days = asksDay && facetsOf(index, "day")?.days;
  const allows = (/** @type {number} */ page) =>
    wanted.every((pages) => pages.has(page)) && !unwanted.some((pages) => pages.has(page)) && (!days || (days[page] > 0 && days[page] >= from && days[page] < until));
  return { allows, lists: asksDay || wanted.length > 0 };
}

/** The fields in the order of their pieces. */
const COLUMNS = ["kind", "status", "tag", "by", "scope", "day"];

/** @param {SearchIndex} index @param {string} field @returns {Column | undefined} */
const facetsOf = (index, field) => index.facets(COLUMNS.indexOf(field));

/** The years of pages, each with how many pages have it, the newest first. @param {SearchIndex} index @returns {[string, number][]} */
function years(index) {
  /** @type {Map<number, number>} */
  const counts = new Map();
  for (const day of facetsOf(index, "day")?.days ?? []) counts.set(Math.floor(day / 10000), (counts.get(Math.floor(day / 10000)) ?? 0) + 1);
  counts.delete(0);
  return [...counts].sort(([one], [other]) => other - one).map(([year, pages]) => [String(year), pages]);
}

/** The values of a field that begin so, each with how many pages have it. @param {SearchIndex} index @param {string} field @param {string} prefix @returns {[string, number][]} */
function complete(index, field, prefix) {
  const values = /^(after|before)$/.test(field) ? years(index) : (facetsOf(index, field)?.labels ?? []);
  return values.filter(([label]) => facetValue(label).startsWith(facetValue(prefix)));
}
