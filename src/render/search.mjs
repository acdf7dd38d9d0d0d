// @ts-check
// Searches this site from another page, or several sites as one; `search.d.mts` says how.
import "./engine.js";

/** @typedef {import("../../themes/default/assets/engine/search.d.ts").SearchOptions} SearchOptions */

/** The names of the filters, and the fields of a query that do the same. */
const FIELDS = { kinds: "kind", statuses: "status", tags: "tag", people: "by", scopes: "scope" };

/** Puts filters before a query. @param {string} query @param {SearchOptions} options */
function withFilters(query, { filters = {} }) {
  const fields = Object.entries(FIELDS).flatMap(([name, field]) => {
    const values = filters[/** @type {keyof typeof FIELDS} */ (name)] ?? [];
    return values.map((value) => `${field}:"${value.replaceAll('"', "")}" `);
  });
  return fields.join("") + query;
}

/** @type {typeof import("../../themes/default/assets/engine/search.d.ts").createSearch} */
export function createSearch(sites = new URL(".", import.meta.url), options = {}) {
  const { precedentSearch } = /** @type {any} */ (globalThis);
  /** @type {import("../../themes/default/assets/engine/search.d.ts").Search[]} */
  const searches = [sites].flat().map((site) => precedentSearch.createSearch(site, options));

  /** Asks every site; fails when none answers. @template Value @param {(search: typeof searches[number]) => Promise<Value>} ask */
  async function askAll(ask) {
    const settled = await Promise.allSettled(searches.map(ask));
    const values = settled.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    const errors = settled.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
    if (errors.length && !values.length) throw errors[0];
    return { values, errors };
  }

  return {
    async ready() {
      await askAll((search) => search.ready());
    },
    async search(query, options = {}) {
      const { values, errors } = await askAll((search) => search.search(withFilters(query, options), options));
      options.signal?.throwIfAborted();
      const results = values.flatMap((answer) => answer.results).sort((one, other) => other.score - one.score);
      return {
        query,
        results: results.slice(0, options.limit ?? 10),
        total: values.reduce((sum, { total }) => sum + total, 0),
        // What one of several sites has is not unknown.
        unknown: (values[0]?.unknown ?? []).filter((word) => values.every(({ unknown }) => unknown.includes(word))),
        corrected: values.flatMap(({ corrected }) => corrected),
        synonyms: values.flatMap(({ synonyms }) => synonyms),
        errors,
      };
    },
    async complete(field, prefix) {
      const { values } = await askAll((search) => search.complete(field, prefix));
      /** @type {Map<string, number>} */
      const counts = new Map();
      for (const [label, count] of values.flat()) counts.set(label, (counts.get(label) ?? 0) + count);
      return [...counts].sort((one, other) => other[1] - one[1]);
    },
  };
}
