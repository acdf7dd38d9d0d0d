// @ts-check
// Plans a query and ranks the pages, as `src/search/plan.rs` and `src/search/rank.rs`, in the same whole numbers.
// All of it is one run over what is in memory; what is not is noted by the index, and the run counts for nothing then.

/** @typedef {{shard: number, terms: Terms, at: number, key: string}} Group */
/** What answers a word: a group, or several that have to be in one place. @typedef {{groups: Group[], weight: number}} Alternative */
/** A word of the query. @typedef {{form: string, typed: string, alternatives: Alternative[], parts: [form: string, group: Group][], follows: boolean}} Asked */
/** @typedef {{form: string, alternatives: Alternative[], isPart: boolean, isStopWord: boolean}} Want */
/** @typedef {{group: Group, offset: number}[]} Phrase */
/** @typedef {[typed: string, used: string][]} Used */
/** @typedef {{wants: Want[], phrases: (Phrase | undefined)[], unwanted: Phrase[], unknown: string[], corrected: Used, synonyms: Used}} Plan */
/** `isWhole`: whether its title is what was asked for. @typedef {{page: number, score: number, section: number, isWhole: boolean}} Ranked */
/** @typedef {"whole" | "typing" | "begun"} Extent */

/** What a wanted word counts, of 64: itself, a word that begins so, a part of it. */
const EXACT = 64;
const BEGUN = 51;
const PART = 19;

/** What the idf of a stop word is divided by. */
const STOP_WORD = 8;

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
  return [exact, ...others].flatMap((group) => (group ? [{ groups: [group], weight: group === exact ? EXACT : BEGUN }] : []));
}

/** Letters with an accent, and how those write them who have no key for them. */
const DIGRAPHS = [["ä", "ae", "a"], ["ö", "oe", "o"], ["ü", "ue", "u"], ["å", "aa", "a"]];

/** The group of another spelling of a word. @param {SearchIndex} index @param {string} form @param {string} spelled @returns {Alternative[]} */
function spelledSo(index, form, spelled) {
  const group = spelled !== form && groupOf(index, spelled);
  return group ? [{ groups: [group], weight: EXACT }] : [];
}

/** Adds what answers words. @param {Asked[]} words @param {Group[]} groups @param {number} weight */
function answer(words, groups, weight) {
  const keys = (/** @type {Group[]} */ of) => of.map(({ key }) => key).join();
  for (const { alternatives } of words) if (alternatives.every((known) => keys(known.groups) !== keys(groups))) alternatives.push({ groups, weight });
}

/** Adds to each two words that follow each other the one that they are together. @param {SearchIndex} index @param {Asked[]} words */
function addJoined(index, words) {
  words.forEach(({ form, follows }, at) => {
    const before = words[at - 1]?.form;
    const joined = before + form;
    if (!follows || index.stopWords.has(before) || lengthOf(joined) > LONGEST || isGram(joined) || /[^\p{Alphabetic}\p{N}]/v.test(joined)) return;
    const group = groupOf(index, joined);
    if (group) answer([words[at - 1], words[at]], [group], EXACT);
  });
}

/** @param {SearchIndex} index @param {Parsed} parsed @param {boolean} typing */
function planOf(index, parsed, typing) {
  /** @type {Plan} */
  const plan = { wants: [], phrases: [], unwanted: [], unknown: [], corrected: [], synonyms: [] };
  const { more } = index;
  /** @type {Asked[]} */
  let words = [];
  /** Adds the words of a text, of which the last may go on. @param {string} text @param {Token[]} tokens @param {Extent} extent */
  const add = (text, tokens, extent) => {
    for (let at = 0; at < tokens.length && words.length < WORDS; at += 1) {
      const { text: form, start, end } = tokens[at];
      const inner = tokens.slice(at + 1, at + 1 + inside(tokens, at));
      const typed = text.slice(start, end);
      const alternatives = alternativesOf(index, form, end === text.trimEnd().length ? extent : "whole");
      if (/[^\0-\x7F]/.test(typed)) {
        const spelled = DIGRAPHS.reduce((text, [letter, digraph]) => text.replaceAll(letter, digraph), typed.toLowerCase());
        alternatives.push(...spelledSo(index, form, fold(spelled)));
      }
      at += inner.length;
      if (!alternatives.length && inner.length) {
        add(text, inner, extent);
        continue;
      }
      /** @type {Asked["parts"]} */
      const parts = [];
      if (alternatives.length) {
        inner.forEach((part, place) => {
          const group = inside(inner, place) ? undefined : groupOf(index, part.text);
          if (group) parts.push([part.text, group]);
        });
      }
      words.push({ form, typed, alternatives, parts, follows: words.length > 0 });
    }
  };
  parsed.wanted.forEach(({ kind, text }, place) => {
    const tokens = tokensOf(text);
    if (kind === "phrase" && tokens.length) plan.phrases.push(more()?.phraseOf(index, tokens));
    add(text, tokens, kind === "prefix" ? "begun" : kind === "words" && typing && place + 1 === parsed.wanted.length ? "typing" : "whole");
  });
  addJoined(index, words);
  if (index.root.synonyms.length) more()?.addSynonyms(index, words, plan.synonyms);
  // What may yet be there is not unknown.
  if (!index.missing.size && (index.root.joins || words.some(({ alternatives }) => !alternatives.length))) words = more()?.meant(index, words, plan.corrected) ?? words;
  addWants(index, plan, words);
  if (parsed.unwanted.length) more()?.addUnwanted(index, parsed, plan);
  return plan;
}

/** @param {SearchIndex} index @param {Plan} plan @param {Asked[]} words */
function addWants({ stopWords }, { wants, unknown }, words) {
  const telling = words.filter(({ form }) => !stopWords.has(form));
  const finds = telling.some(({ alternatives }) => alternatives.length);
  /** @param {Want} want */
  const push = (want) => wants.some(({ form, isPart }) => form === want.form && isPart === want.isPart) || wants.push(want);
  for (const { form, typed, alternatives, parts } of words) {
    const isStopWord = telling.length > 0 && stopWords.has(form);
    if (!alternatives.length && !isStopWord && !unknown.includes(typed)) unknown.push(typed);
    // Where nothing has what was asked for, pages with "how" and "the" do not answer.
    push({ form, alternatives: isStopWord && !finds ? [] : alternatives, isPart: false, isStopWord });
    for (const [form, group] of parts) push({ form, alternatives: [{ groups: [group], weight: PART }], isPart: true, isStopWord });
  }
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

/** A list of places, page after page: entry is the next of those before end. `held`: how many words it answers at once. @typedef {{terms: Terms, weight: number, held: number, entry: number, end: number}} List */
/** A want with what it counts and where each of its alternatives stands. @typedef {{form: string, isPart: boolean, isStopWord: boolean, idf: number, lists: List[]}} Counted */
/** What has been added up for a title or section, as in `src/search/rank/sum.rs`. @typedef {{page: number, section: number, value: number, idf: number, held: number, words: number}} Sum */

/** What a title or heading counts that is what was asked for. */
const ANSWERED = 8;

/** @param {number} page @param {number} section @returns {Sum} */
const emptySum = (page, section) => ({ page, section, value: 0, idf: 0, held: 0, words: 0 });

/** What is added for a title or heading. @param {Sum} sum */
const answeredBy = ({ idf, held, words }) => (idf ? quotient(ANSWERED * idf * Math.min(held, words) ** 2, words ** 2) : 0);

/** @param {SearchIndex} index @param {Want} want @returns {Counted} */
function count(index, { form, isPart, isStopWord, alternatives }) {
  const { pages } = index.root;
  const seen = new Uint8Array(pages);
  let df = 0;
  const lists = alternatives.map(({ groups, weight }) => {
    // Only another name of several words has several groups, and who knows that one is here.
    const { terms, at } = groups.length > 1 ? /** @type {More} */ (index.more()).together(groups) : groups[0];
    const [entry, end] = [terms.from[at], terms.from[at + 1]];
    for (let each = entry; each < end; each += 1) {
      const page = terms.pages[each];
      df += 1 - seen[page];
      seen[page] = 1;
    }
    return { terms, weight, held: groups.length, entry, end };
  });
  const idf = idfOf(pages, df);
  return { form, isPart, isStopWord, idf: isStopWord ? quotient(idf, STOP_WORD) || 1 : idf, lists };
}

/**
 * Ranks the pages that a plan finds and that are allowed; returns the first of them, the wants, and how many pages there are.
 * @param {SearchIndex} index @param {Plan} plan @param {Uint32Array | undefined} named @param {number} limit @param {Selected} [selection]
 */
function rank(index, { wants, phrases, unwanted }, named, limit, selection) {
  const { pages } = index.root;
  const counted = wants.map((want) => count(index, want));
  const wanted = counted.reduce((sum, { isPart, idf }) => sum + (isPart ? 0 : idf), 0);
  const sectionsOf = (phrases.length || unwanted.length) && index.more()?.phrased(index, phrases, unwanted);
  let total = 0;
  /** @type {Ranked[]} */
  const first = [];
  /** The greatest of a word's alternatives on a page, by section, and how many words of the heading they are; and by which word and page these are. @type {number[][]} */
  const [greatest, holds, words, marks] = [[], [], [], []];
  /** The sums, by section. @type {Sum[]} */
  const known = [];
  let mark = 0;
  for (let page = 0; page < pages; page += 1) {
    let [best, covered] = [0, 0];
    const isNamed = named?.includes(page);
    let found = isNamed || (limit > 0 && !wants.length);
    let tells = !counted.length || isNamed || phrases.length > 0;
    /** What all words come to. @type {Sum[]} */
    const sums = [];
    const title = emptySum(page, -1);
    for (const { isPart, isStopWord, idf, lists } of counted) {
      /** @type {number[]} */
      const here = [];
      let [inTitle, titleHolds, most, isHere] = [0, 0, 0, false];
      mark += 1;
      for (const list of lists) {
        const { terms, weight, held, entry } = list;
        if (entry === list.end || terms.pages[entry] !== page) continue;
        list.entry += 1;
        isHere = true;
        inTitle = Math.max(inTitle, weight * terms.titles[entry]);
        if (terms.titleWords[entry]) [titleHolds, title.words] = [Math.max(titleHolds, held), terms.titleWords[entry]];
        for (let place = terms.places[entry]; place < terms.places[entry + 1]; place += 1) {
          const section = terms.sections[place];
          if (marks[section] !== mark) {
            here.push(section);
            marks[section] = mark;
            greatest[section] = holds[section] = words[section] = 0;
          }
          greatest[section] = Math.max(greatest[section], weight * terms.impacts[place]);
          if (terms.headingWords[place]) [holds[section], words[section]] = [Math.max(holds[section], held), terms.headingWords[place]];
        }
      }
      if (!isHere) continue;
      tells ||= !isStopWord;
      found = true;
      if (!isPart) covered += idf;
      title.value += quotient(idf * inTitle, 64);
      title.held += titleHolds;
      if (!isPart && titleHolds) title.idf += idf;
      for (const section of here) {
        const value = quotient(idf * greatest[section], 64);
        if (known[section]?.page !== page) sums.push((known[section] = emptySum(page, section)));
        const sum = known[section];
        sum.value += value;
        most = Math.max(most, value);
        if (!words[section]) continue;
        sum.held += holds[section];
        sum.words = words[section];
        if (!isPart) sum.idf += idf;
      }
      best += most;
    }
    // A page with stop words alone does not answer.
    if (!found || !tells) continue;
    const phrased = sectionsOf ? sectionsOf(page) : [];
    if (!phrased || selection?.allows(page) === false) continue;
    let [together, section, sectionSum, answered] = [0, phrased[0] ?? 0, -1, 0];
    for (const sum of sums) {
      together = Math.max(together, sum.value);
      const own = answeredBy(sum);
      const all = sum.value + own;
      // The first of equals.
      if ((all > sectionSum || (all === sectionSum && sum.section < section)) && (!phrased.length || phrased.includes(sum.section))) [section, sectionSum, answered] = [sum.section, all, own];
    }
    total += 1;
    const whole = (quotient(2 * best + 8 * together, 10) + title.value) * (2 * wanted + 3 * covered);
    const score = weigh(index, page, quotient(whole, 5 * wanted || 1) + answeredBy(title) + answered) + (isNamed ? NAMED : 0);
    if (score <= (first[limit - 1]?.score ?? -1)) continue;
    const isWhole = title.words > 0 && title.idf === wanted && title.held >= title.words;
    first.splice(first.findLastIndex((other) => other.score >= score) + 1, 0, { page, score, section, isWhole });
    if (first.length > limit) first.pop();
  }
  return { first, counted, total };
}
