// @ts-check
// Answers queries: the public face, typed in `search.d.ts`, and the conductor, as `src/search/index/ask.rs`.

/** @typedef {import("./search.d.ts").Search} Search */
/** @typedef {import("./search.d.ts").Result} Result */
/** @typedef {import("./search.d.ts").Answer} Answer */
/** @typedef {import("./search.d.ts").Filters} Filters */
/** @typedef {import("./search.d.ts").SearchOptions} SearchOptions */

/** How many pages are read for how near the words stand. */
const READ = 8;

/** How long a reader who is typing must pause before texts are fetched, in milliseconds. */
const PAUSE = 100;

/** More rounds of loading than any query needs. */
const ROUNDS = 12;

/** Says which pages filters and days leave. @param {SearchIndex} index @param {Parsed} parsed @returns {(page: number) => boolean} */
function selection(index, { filters, unwantedFilters, from, until }) {
  const sets = (/** @type {Facets} */ of) =>
    Object.entries(of).map(([facet, values]) => {
      const column = index.facets(facet);
      return new Set(column && values.flatMap((value) => fromGaps(own(column.pages, value) ?? [])));
    });
  const [wanted, unwanted] = [sets(filters), sets(unwantedFilters)];
  const days = from || until < Infinity ? index.facets("day")?.days : [];
  return (page) =>
    wanted.every((pages) => pages.has(page)) &&
    !unwanted.some((pages) => pages.has(page)) &&
    (!days?.length || (days[page] > 0 && days[page] >= from && days[page] < until));
}

/** The pages of the first name that is on any. @param {SearchIndex} index @param {Parsed} parsed @returns {ArrayLike<number>} */
function namedPages(index, parsed) {
  const groups = namesOf(parsed).map((name) => {
    const terms = index.terms(index.route(`\u0001${name}`));
    const at = terms?.keys.indexOf(`\u0001${name}`) ?? -1;
    return terms && at >= 0 ? terms.pages.subarray(terms.from[at], terms.from[at + 1]) : [];
  });
  return groups.find((pages) => pages.length) ?? [];
}

/**
 * Answers from what is in memory. What is missing is noted in the index.
 * @param {SearchIndex} index @param {string} base @param {string} query @param {SearchOptions} options
 * @returns {{results: Result[], total: number, corrected: [string, string][]}}
 */
function answerOf(index, base, query, { limit = 10, typing = false, filters = {} }) {
  // A site without a word has no files of words.
  const parsed = parse(index.root.terms.names && query);
  for (const [setting, facet] of Object.entries(SETTINGS)) {
    const values = filters[/** @type {keyof Filters} */ (setting)] ?? [];
    if (values.length) (parsed.filters[facet] ??= []).push(...values.map(facetValue));
  }
  const filtered = Object.keys(parsed.filters).length > 0 || parsed.from > 0 || parsed.until < Infinity;
  const allows = selection(index, parsed);
  const named = namedPages(index, parsed);
  const plan = planOf(index, parsed, typing && !/\p{White_Space}$/v.test(query));
  const { wants, phrases, corrected } = plan;
  const asks = wants.length + phrases.length > 0;
  // Nothing or only signs were typed.
  if (!asks && (parsed.wanted.length || !filtered)) return { results: [], total: 0, corrected };
  const { first, idf, total } = rank(index, plan, named, Math.max(limit, READ), allows);
  if (![...index.missing.keys()].every((name) => name.startsWith("d"))) return { results: [], total, corrected };
  const answers = answersOf(index, plan);
  const read = first.map((ranked, at) => {
    const { page, section } = ranked;
    const piece = index.texts(page, section);
    const text = piece?.[12][section - piece[1]][3] ?? "";
    const score = ranked.score + (at < READ ? weigh(index, page, bonusOf(answers, wants, idf, text)) : 0);
    return { score, piece, section };
  });
  read.sort((one, other) => other.score - one.score);
  const results = read.slice(0, limit).flatMap(({ score, piece, section }) => {
    if (!piece) return [];
    const [, begin, title, url, path, breadcrumb, kind, status, date, tags, id, scope, sections] = piece;
    const [heading, anchor, line, text] = sections[section - begin];
    // Behind `./` no address leads out of the site or is a script.
    const address = new URL(`./${url}${anchor ? `#${anchor}` : ""}`, base).href;
    return [{ id, title, heading, path, line, url: address, breadcrumb, kind, status, date, tags, scope, score, excerpt: excerptOf(answers, text) }];
  });
  return { results, total, corrected };
}

/** Asks the index of one site. @param {string} base @param {Load} load */
function siteOf(base, load) {
  /** @type {Promise<SearchIndex> | null} */
  let opened = null;
  const open = (fresh = false) => {
    const mine = (opened ??= openIndex(base, load, fresh));
    mine.catch(() => opened === mine && (opened = null));
    return mine;
  };

  /** Runs until nothing is missing. @template Value @param {(index: SearchIndex) => Value} run @param {SearchOptions} [options] @param {boolean} [again] @returns {Promise<Value>} */
  async function ask(run, options = {}, again = false) {
    const { typing, signal } = options;
    try {
      const index = await open(again);
      index.tidy();
      for (let round = 0; round < ROUNDS; round += 1) {
        signal?.throwIfAborted();
        index.missing = new Map();
        const value = run(index);
        const missing = [...index.missing];
        if (!missing.length) return value;
        if (typing && missing.every(([name]) => /^[dv]/.test(name))) {
          await new Promise((resolve) => setTimeout(resolve, PAUSE));
          signal?.throwIfAborted();
        }
        await Promise.all(missing.map(([, load]) => load()));
      }
      throw damaged();
    } catch (error) {
      if (signal?.aborted) throw error;
      if (again) throw error instanceof SearchError ? error : damaged();
      // The site may have been published anew since the root was read.
      opened = null;
      return ask(run, options, true);
    }
  }
  return { base, ask };
}

/** @type {typeof import("./search.d.ts").createSearch} */
function createSearch(bases, options = {}) {
  const sites = [bases].flat().map((base) => siteOf(new URL(base, globalThis.location?.href).href.replace(/\/?$/, "/"), options.load ?? load));
  /** Asks every site; fails when none answers. @template Value @param {(index: SearchIndex, base: string) => Value} run @param {SearchOptions} [options] */
  const askAll = async (run, options) => {
    const settled = await Promise.allSettled(sites.map(({ base, ask }) => ask((index) => run(index, base), options)));
    const values = settled.flatMap((one) => (one.status === "fulfilled" ? [one.value] : []));
    const errors = settled.flatMap((one) => (one.status === "rejected" ? [one.reason] : []));
    options?.signal?.throwIfAborted();
    if (errors.length && !values.length) throw errors[0];
    return { values, errors };
  };
  return {
    async ready() {
      await askAll(() => {});
    },
    async search(query, options = {}) {
      const { values, errors } = await askAll((index, base) => answerOf(index, base, query, options), options);
      const results = values.flatMap(({ results }) => results).sort((one, other) => other.score - one.score);
      return {
        query,
        results: results.slice(0, options.limit ?? 10),
        total: values.reduce((sum, { total }) => sum + total, 0),
        corrected: values.flatMap(({ corrected }) => corrected),
        errors,
      };
    },
    async complete(field, prefix) {
      const { values } = await askAll((index) => index.facets(FACETS[field])?.labels ?? []);
      /** @type {Map<string, number>} */
      const counts = new Map();
      for (const [label, count] of values.flat()) if (facetValue(label).startsWith(facetValue(prefix))) counts.set(label, (counts.get(label) ?? 0) + count);
      return [...counts].sort((one, other) => other[1] - one[1]);
    },
  };
}

Object.assign(globalThis, { precedentSearch: { createSearch } });
