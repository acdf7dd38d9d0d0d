// @ts-check
// Answers queries: the public face, typed in `search.d.ts`, and the conductor, as `src/search/index/ask.rs`.

/** @typedef {import("./search.d.ts").SearchOptions} SearchOptions */

/** How many pages are read for how near the words stand. */
const READ = 8;

/** How long a reader who is typing must pause before texts are fetched, in milliseconds. */
const PAUSE = 100;

/** How many letters at once are not typed: they were pasted or chosen, and no more are awaited. */
const PASTED = 3;

/** More rounds of loading than any query needs. */
const ROUNDS = 12;

/** Cuts what is read of a page into words. @param {string} title @param {string} heading @param {string} text */
function readingOf(title, heading, text) {
  const [own, above, tokens] = [title, heading, text].map(tokensOf);
  const begin = (above.at(-1)?.position ?? -2) + 2;
  return { own, whole: [...above, ...tokens.map((token) => ({ ...token, position: token.position + begin }))], tokens };
}

/**
 * Answers from what is in memory. What is missing is noted in the index.
 * @param {SearchIndex} index @param {string} base @param {string} query @param {SearchOptions} options
 */
function answerOf(index, base, query, { limit = 10, typing = false }) {
  // A site without a word has no files of words.
  const parsed = parse(index.root.terms.names && query, index.more);
  const { wanted, filters } = parsed;
  const selection = filters && index.more()?.selection(index, filters);
  const named = /[\d\-_\/]/.test(query) && wanted.length < 3 ? index.more()?.named(index, parsed) : undefined;
  const plan = planOf(index, parsed, typing && !/\p{White_Space}$/v.test(query));
  const { wants, unknown, corrected, synonyms } = plan;
  // Without a word, filters list their pages; signs alone list nothing.
  const lists = !wanted.length && selection?.lists;
  const answers = answersOf(index, wants);
  const { first, counted, total } = rank(index, plan, named, wants.length || lists ? Math.max(limit, READ) : 0, selection);
  const showsCode = looksLikeCode(query);
  const read = (index.missing.size ? [] : first).flatMap(({ page, section, score, isWhole }, at) => {
    const piece = index.texts(page, section);
    if (!piece) return [];
    const [, begin, title, address, path, breadcrumb, kind, status, date, tags, id, scope, sections] = piece;
    const found = sections[section - begin];
    const [heading, anchor, line, text] = found;
    const { own, whole, tokens } = (found[4] ??= readingOf(title, heading, text));
    // Behind `./` no address leads out of the site or is a script.
    const url = new URL(`./${address}${anchor && `#${anchor}`}`, base).href;
    const excerpt = excerptOf(answers, counted, text, tokens, showsCode);
    if (at < READ) {
      score += weigh(index, page, bonusOf(answers, counted, whole) + bonusOf(answers, counted, own));
      // A page that was asked for by its whole title is not put back.
      if (isWhole && status !== "superseded") score += quotient((score % NAMED) * 100, Math.min(weigh(index, page, 100), 100)) - (score % NAMED);
    }
    return [{ page, result: { id, title, heading, path, line, url, breadcrumb, kind, status, date, tags, scope, score, excerpt } }];
  });
  read.sort((one, other) => other.result.score - one.result.score);
  const results = behindSuccessors(index, read).slice(0, limit).map(({ result }) => result);
  return { query, results, total, unknown, corrected, synonyms };
}

/** Puts a record that was replaced behind the first of those that took its place, where it stands before all of these. @template {{page: number}} Found @param {SearchIndex} index @param {Found[]} found */
function behindSuccessors({ root }, found) {
  /** @type {Map<number, Found[]>} */
  const later = new Map();
  /** @type {Found[]} */
  const ordered = [];
  /** @param {Found} result */
  const push = (result) => {
    ordered.push(result);
    later.get(result.page)?.forEach(push);
  };
  found.forEach((result, at) => {
    const places = (own(root.successors, `${result.page}`) ?? []).map((page) => found.findIndex((other) => other.page === page));
    const first = Math.min(...places.filter((place) => place >= 0));
    if (first > at && first < found.length) later.set(found[first].page, [...(later.get(found[first].page) ?? []), result]);
    else push(result);
  });
  return ordered;
}

/** Makes the search of one site. @param {string | URL} site @param {import("./search.d.ts").CreateOptions} options @returns {import("./search.d.ts").Search} */
function createSearch(site, options = {}) {
  const base = new URL(site, globalThis.location?.href).href.replace(/\/?$/, "/");
  /** @type {Promise<SearchIndex> | undefined} */
  let opened;
  /** How long the query before was. */
  let length = 0;
  /** Runs until nothing is missing. @template Value @param {(index: SearchIndex) => Value} run @param {AbortSignal} [signal] @param {number} [until] when texts may be fetched @param {boolean} [again] @returns {Promise<Value>} */
  const ask = async (run, signal, until = 0, again = false) => {
    const mine = (opened ??= openIndex(base, options.load ?? load));
    try {
      const index = await mine;
      index.tidy();
      for (let round = 0; round < ROUNDS; round += 1) {
        signal?.throwIfAborted();
        index.missing = new Map();
        const value = run(index);
        const missing = [...index.missing];
        if (!missing.length) return value;
        const rest = until - performance.now();
        if (rest > 0 && missing.every(([name]) => /^[dv]/.test(name))) await new Promise((resolve) => setTimeout(resolve, rest));
        signal?.throwIfAborted();
        await Promise.all(missing.map(([, load]) => load()));
      }
      return fail();
    } catch (error) {
      if (signal?.aborted) throw error;
      // The site may have been published anew since the root was read.
      if (opened === mine) opened = undefined;
      if (!again) return ask(run, signal, until, true);
      throw /** @type {Error} */ (error).name === "SearchError" ? error : failure("damaged");
    }
  };
  return {
    ready: () => ask(() => {}),
    search(query, options = {}) {
      const typed = options.typing && Math.abs(query.length - length) < PASTED;
      length = query.length;
      return ask((index) => answerOf(index, base, query, options), options.signal, typed ? performance.now() + PAUSE : 0);
    },
    complete: (field, prefix) => ask((index) => /** @type {[string, number][]} */ (index.more()?.complete(index, field, prefix))),
  };
}

/** What the other script takes from this one. */
const shared = { DIGRAPHS, EXACT, IN_HEADING, alternativesOf, answer, columnsOf, fold, fromGaps, groupOf, inside, isGram, mostOf, order, own, pagesOf, placeIn, placesIn, spelledSo, tokensOf };

/** @typedef {typeof shared} Shared */

Object.assign(globalThis, { precedentData: (/** @type {string} */ text) => (received = text), precedentSearch: { createSearch, shared } });
