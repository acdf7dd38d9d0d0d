// @ts-check
// Plans a query and ranks the pages, as `src/search/plan.rs` and `src/search/rank.rs`, in the same whole numbers.
// All of it is one run over what is in memory; what is not is noted by the index, and the run counts for nothing then.

/** @typedef {{shard: number, terms: Terms, at: number, key: string}} Group */
/** @typedef {{group: Group, weight: number}} Alternative */
/** @typedef {{form: string, alternatives: Alternative[], isPart: boolean}} Want */
/** @typedef {{group: Group, offset: number}[]} Phrase */
/** @typedef {{wants: Want[], phrases: (Phrase | undefined)[], unwanted: Phrase[], corrected: [typed: string, used: string][]}} Plan */
/** @typedef {{page: number, score: number, section: number}} Ranked */
/** @typedef {"whole" | "typing" | "begun"} Extent */

/** What a wanted word counts, of 64: itself, a word that begins so, a part of it. */
const EXACT = 64;
const BEGUN = 51;
const PART = 19;

/** The most words that count. */
const WORDS = 48;

/** More than any page scores: what a page has whose name the query is. */
const NAMED = 1e12;

/** How many tokens after the one at a place lie inside of it. @param {Token[]} tokens @param {number} at */
function inside(tokens, at) {
  const { start, end } = tokens[at];
  const after = tokens.slice(at + 1);
  const next = after.findIndex((token) => token.start < start || token.end > end);
  return next < 0 ? after.length : next;
}

/** @param {Group} group */
const pagesOf = ({ terms, at }) => terms.pages.subarray(terms.from[at], terms.from[at + 1]);

/** The forms of a group, and those that it might also have. @param {SearchIndex} index @param {Terms} terms @param {number} at */
function allForms({ root }, { groups, masks }, at) {
  const [key, ...forms] = groups[at];
  return [...forms, ...furtherForms(root, key, masks[at])];
}

/** The groups of a shard that are looked for. @param {SearchIndex} index @param {number} shard @param {(group: [key: string, ...forms: string[]], terms: Terms, at: number) => boolean} wanted @returns {Group[]} */
function groupsIn(index, shard, wanted) {
  const terms = index.terms(shard);
  return terms ? terms.groups.flatMap((group, at) => (wanted(group, terms, at) ? [{ shard, terms, at, key: group[0] }] : [])) : [];
}

/** @param {SearchIndex} index @param {string} form @returns {Group | undefined} */
const groupOf = (index, form) =>
  groupsIn(index, index.placeOf(form), ([key], terms, at) => form.startsWith(key.slice(0, -1)) && allForms(index, terms, at).includes(form))[0];

/** The groups with a form that begins so, those on most pages first. @param {SearchIndex} index @param {string} prefix */
function beginning(index, prefix) {
  const { begins, aliases, pages } = index.root;
  const most = isGram(prefix) ? 8 : +((pages > 4096 ? "01124" : "03346")[lengthOf(prefix)] ?? 8);
  const begin = (/** @type {string} */ form) => form.startsWith(prefix);
  // A frequent group is on more pages than all others.
  const shards = index.frequent.flatMap(({ forms, shard }) => (forms.some(begin) ? [shard] : [])).slice(0, most);
  if (shards.length < most) shards.push(...own(begins, prefix) ?? new Set([index.place(prefix), ...Object.keys(aliases).flatMap((form) => (begin(form) ? [aliases[form]] : []))]));
  const groups = shards.flatMap((shard) => groupsIn(index, shard, ([, ...forms]) => forms.some(begin)));
  groups.sort((one, other) => pagesOf(other).length - pagesOf(one).length || order(one.key, other.key));
  return groups.slice(0, most);
}

/** The groups of a word and of words that begin so. @param {SearchIndex} index @param {string} form @param {Extent} extent @returns {Alternative[]} */
function alternativesOf(index, form, extent) {
  const exact = groupOf(index, form);
  const long = lengthOf(form) > 1;
  const begins = extent === "begun" || (long ? extent === "typing" : isGram(form));
  const others = begins ? beginning(index, form).filter(({ key }) => key !== exact?.key) : [];
  return [exact, ...others].flatMap((group) => (group ? [{ group, weight: group === exact ? EXACT : BEGUN }] : []));
}

/** @param {SearchIndex} index @param {Parsed} parsed @param {boolean} typing */
function planOf(index, parsed, typing) {
  /** @type {Plan} */
  const plan = { wants: [], phrases: [], unwanted: [], corrected: [] };
  const { wants } = plan;
  const { more } = index;
  /** @param {string} form @param {Alternative[]} alternatives */
  const want = (form, alternatives, isPart = false) => {
    if (!wants.some((other) => other.form === form && other.isPart === isPart)) wants.push({ form, alternatives, isPart });
  };
  /** Adds the words of a text that ends at `end`, where the last may go on. @param {Token[]} tokens @param {number} end @param {Extent} extent */
  const add = (tokens, end, extent) => {
    for (let at = 0; at < tokens.length && wants.length < WORDS; at += 1) {
      const { text, end: ends } = tokens[at];
      const parts = tokens.slice(at + 1, at + 1 + inside(tokens, at));
      const known = alternativesOf(index, text, ends === end ? extent : "whole");
      at += parts.length;
      if (!known.length && parts.length) add(parts, end, extent);
      // What may yet be there is no typo.
      else want(text, known.length || index.missing.size ? known : (more()?.similar(index, text, plan) ?? []));
      if (known.length) {
        parts.forEach((part, place) => {
          const group = inside(parts, place) ? undefined : groupOf(index, part.text);
          if (group) want(part.text, [{ group, weight: PART }], true);
        });
      }
    }
  };
  parsed.wanted.forEach(({ kind, text }, place) => {
    const tokens = tokensOf(text);
    if (kind === "phrase" && tokens.length) plan.phrases.push(more()?.phraseOf(index, tokens));
    add(tokens, text.trimEnd().length, kind === "prefix" ? "begun" : kind === "words" && typing && place + 1 === parsed.wanted.length ? "typing" : "whole");
  });
  if (parsed.unwanted.length) more()?.addUnwanted(index, parsed, plan);
  return plan;
}

/** 1 + 256·log2((2·P + 2) / (2·df + 1)), by repeated squaring. @param {number} pages @param {number} df */
function idfOf(pages, df) {
  let rest = (2 * pages + 2) / (2 * df + 1);
  let log = 1;
  for (; rest >= 2; rest /= 2) log += 256;
  for (let bit = 128; bit >= 1; bit /= 2) {
    rest *= rest;
    if (rest >= 2) {
      rest /= 2;
      log += bit;
    }
  }
  return log;
}

/** What a score of a page comes to. @param {SearchIndex} index @param {number} page @param {number} score */
const weigh = ({ weights }, page, score) => quotient(score * (weights.get(page) ?? 100), 100);

/** A want with what it counts and where each of its alternatives stands, page after page. @typedef {{form: string, isPart: boolean, idf: number, cursors: {terms: Terms, weight: number, entry: number, end: number}[]}} Counted */

/**
 * Ranks the pages that a plan finds and that are allowed; returns the first of them, the wants, the idf of all that are no parts, and how many pages there are.
 * @param {SearchIndex} index @param {Plan} plan @param {Uint32Array | undefined} named @param {number} limit @param {Selected} [selection]
 */
function rank(index, { wants, phrases, unwanted }, named, limit, selection) {
  const { pages } = index.root;
  let [wanted, total] = [0, 0];
  /** @type {Counted[]} */
  const counted = wants.map(({ form, isPart, alternatives }) => {
    const seen = new Uint8Array(pages);
    const cursors = alternatives.map(({ group, weight }) => {
      const { terms, at } = group;
      for (const page of pagesOf(group)) seen[page] = 1;
      return { terms, weight, entry: terms.from[at], end: terms.from[at + 1] };
    });
    const idf = idfOf(pages, seen.reduce((sum, one) => sum + one, 0));
    if (!isPart) wanted += idf;
    return { form, isPart, idf, cursors };
  });
  const sectionsOf = (phrases.length || unwanted.length) && index.more()?.phrased(index, phrases, unwanted);
  /** @type {Ranked[]} */
  const first = [];
  for (let page = 0; page < pages; page += 1) {
    let [best, title, covered] = [0, 0, 0];
    const isNamed = named?.includes(page);
    let found = isNamed || (limit > 0 && !wants.length);
    /** What all words come to, by section. @type {number[]} */
    const sums = [];
    for (const { isPart, idf, cursors } of counted) {
      let [inTitle, most] = [-1, 0];
      /** The greatest of the word's alternatives, by section. @type {number[]} */
      const greatest = [];
      for (const cursor of cursors) {
        const { terms, weight, entry, end } = cursor;
        if (entry === end || terms.pages[entry] !== page) continue;
        cursor.entry += 1;
        inTitle = Math.max(inTitle, weight * terms.titles[entry]);
        for (let place = terms.places[entry]; place < terms.places[entry + 1]; place += 1) {
          const section = terms.sections[place];
          greatest[section] = Math.max(greatest[section] ?? 0, weight * terms.impacts[place]);
        }
      }
      if (inTitle < 0) continue;
      found = true;
      if (!isPart) covered += idf;
      title += quotient(idf * inTitle, 64);
      greatest.forEach((value, section) => {
        value = quotient(idf * value, 64);
        sums[section] = (sums[section] ?? 0) + value;
        most = Math.max(most, value);
      });
      best += most;
    }
    if (!found) continue;
    const phrased = sectionsOf ? sectionsOf(page) : [];
    if (!phrased || selection?.allows(page) === false) continue;
    let [together, section, sectionSum] = [0, phrased[0] ?? 0, -1];
    sums.forEach((sum, at) => {
      together = Math.max(together, sum);
      if (sum > sectionSum && (!phrased.length || phrased.includes(at))) [section, sectionSum] = [at, sum];
    });
    total += 1;
    const whole = (quotient(3 * best + 7 * together, 10) + title) * covered;
    const score = weigh(index, page, quotient(whole, wanted || 1)) + (isNamed ? NAMED : 0);
    const after = first.findLastIndex((other) => other.score >= score) + 1;
    if (after < limit) first.splice(after, 0, { page, score, section });
    if (first.length > limit) first.pop();
  }
  return { first, counted, wanted, total };
}
