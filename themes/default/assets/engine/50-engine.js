// @ts-check
// Answers queries: the public face, typed in `search.d.ts`, and the conductor, as `src/search/index/ask.rs`.

/** @typedef {import("./search.d.ts").SearchOptions} SearchOptions */

/** How many pages are read for how near the words stand. */
const READ = 8;

/** How long a reader who is typing must pause before texts are fetched, in milliseconds. */
const PAUSE = 100;

/** More rounds of loading than any query needs. */
const ROUNDS = 12;

/** Says which pages filters and days leave. @param {SearchIndex} index @param {Parsed} parsed @returns {(page: number) => boolean} */
function selection(index, { filters, unwantedFilters, from, until }) {
  const sets = (/** @type {Values} */ of) =>
    Object.entries(of).map(([field, values]) => new Set(values.flatMap((value) => fromGaps(own(index.facets(field)?.pages ?? {}, value) ?? []))));
  const [wanted, unwanted] = [sets(filters), sets(unwantedFilters)];
  const days = (from || until < Infinity) && index.facets("day")?.days;
  return (page) =>
    wanted.every((pages) => pages.has(page)) && !unwanted.some((pages) => pages.has(page)) && (!days || (days[page] > 0 && days[page] >= from && days[page] < until));
}

/**
 * Answers from what is in memory. What is missing is noted in the index.
 * @param {SearchIndex} index @param {string} base @param {string} query @param {SearchOptions} options
 */
function answerOf(index, base, query, { limit = 10, typing = false, filters = {} }) {
  // A site without a word has no files of words.
  const parsed = parse(index.root.terms.names && query);
  for (const field in FIELDS) {
    const values = filters[FIELDS[field]] ?? [];
    if (values.length) (parsed.filters[field] ??= []).push(...values.map(facetValue));
  }
  const allows = selection(index, parsed);
  const named = namesOf(parsed).map((name) => {
    const [shard, key] = [index.place(`\u0001${name}`), `\u0001${name}`];
    const terms = index.terms(shard);
    const at = terms?.keys.indexOf(key) ?? -1;
    return terms && at >= 0 ? pagesOf({ shard, terms, at, key }) : new Uint32Array();
  });
  const plan = planOf(index, parsed, typing && !/\p{White_Space}$/v.test(query));
  const { wants, corrected } = plan;
  const filtered = parsed.from || parsed.until < Infinity || Object.keys(parsed.filters).length;
  // Without a word, filters list their pages; signs alone list nothing.
  const asks = wants.length || (filtered && !parsed.wanted.length);
  const { first, idf, total } = rank(index, plan, named.find(({ length }) => length) ?? new Uint32Array(), asks ? Math.max(limit, READ) : 0, allows);
  if (index.missing.size) first.length = 0;
  const answers = answersOf(index, wants);
  const read = first.map(({ page, section, score }, at) => {
    const piece = index.texts(page, section);
    const text = piece?.[12][section - piece[1]][3] ?? "";
    return { score: score + (at < READ ? weigh(index, page, bonusOf(answers, wants, idf, text)) : 0), piece, section };
  });
  read.sort((one, other) => other.score - one.score);
  const results = read.slice(0, limit).flatMap(({ score, piece, section }) => {
    if (!piece) return [];
    const [, begin, title, address, path, breadcrumb, kind, status, date, tags, id, scope, sections] = piece;
    const [heading, anchor, line, text] = sections[section - begin];
    // Behind `./` no address leads out of the site or is a script.
    const url = new URL(`./${address}${anchor && `#${anchor}`}`, base).href;
    return { id, title, heading, path, line, url, breadcrumb, kind, status, date, tags, scope, score, excerpt: excerptOf(answers, text) };
  });
  return { results, total: asks ? total : 0, corrected };
}

/** Asks the index of one site. @param {string} base @param {Load} load */
function siteOf(base, load) {
  /** @type {Promise<SearchIndex> | undefined} */
  let opened;
  /** Runs until nothing is missing. @template Value @param {(index: SearchIndex, base: string) => Value} run @param {SearchOptions} options @param {boolean} [again] @returns {Promise<Value>} */
  const ask = async (run, options, again = false) => {
    const { typing, signal } = options;
    const mine = (opened ??= openIndex(base, load, again));
    try {
      const index = await mine;
      index.tidy();
      for (let round = 0; round < ROUNDS; round += 1) {
        signal?.throwIfAborted();
        index.missing = new Map();
        const value = run(index, base);
        const missing = [...index.missing];
        if (!missing.length) return value;
        if (typing && missing.every(([name]) => /^[dv]/.test(name))) await new Promise((resolve) => setTimeout(resolve, PAUSE));
        signal?.throwIfAborted();
        await Promise.all(missing.map(([, load]) => load()));
      }
      return fail();
    } catch (error) {
      if (signal?.aborted) throw error;
      // The site may have been published anew since the root was read.
      if (opened === mine) opened = undefined;
      if (!again) return ask(run, options, true);
      throw error instanceof SearchError ? error : new SearchError("damaged");
    }
  };
  return ask;
}

/** @type {typeof import("./search.d.ts").createSearch} */
function createSearch(bases, options = {}) {
  const sites = [bases].flat().map((base) => siteOf(new URL(base, globalThis.location?.href).href.replace(/\/?$/, "/"), options.load ?? load));
  /** Asks every site; fails when none answers. @template Value @param {(index: SearchIndex, base: string) => Value} run @param {SearchOptions} [options] */
  const askAll = async (run, options = {}) => {
    /** @type {any[]} */
    const errors = [];
    /** @type {Value[]} */
    const values = [];
    const settled = await Promise.allSettled(sites.map((ask) => ask(run, options)));
    for (const one of settled) "value" in one ? values.push(one.value) : errors.push(one.reason);
    if (errors.length && (!values.length || options.signal?.aborted)) throw errors[0];
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
      /** @type {Map<string, number>} */
      const counts = new Map();
      const { values } = await askAll((index) => index.facets(field)?.labels ?? []);
      for (const [label, count] of values.flat()) if (facetValue(label).startsWith(facetValue(prefix))) counts.set(label, (counts.get(label) ?? 0) + count);
      return [...counts].sort((one, other) => other[1] - one[1]);
    },
  };
}

Object.assign(globalThis, { precedentData: (/** @type {string} */ text) => (received = text), precedentSearch: { createSearch } });
