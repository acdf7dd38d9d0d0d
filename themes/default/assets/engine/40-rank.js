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
  const { pages } = index.root;
  const most = isGram(prefix) ? 8 : +((pages > 4096 ? "01124" : "03346")[lengthOf(prefix)] ?? 8);
  const begin = (/** @type {string} */ form) => form.startsWith(prefix);
  // A frequent group is on more pages than all others.
  const shards = index.frequent.flatMap(({ forms, shard }) => (forms.some(begin) ? [shard] : [])).slice(0, most);
  if (shards.length < most) shards.push(...index.placesOf(prefix));
  const groups = shards.flatMap((shard) => groupsIn(index, shard, ([, ...forms]) => forms.some(begin)));
  groups.sort((one, other) => pagesOf(other).length - pagesOf(one).length || order(one.key, other.key));
  // A group whose forms belong to several shards is in each of them.
  return groups.filter(({ key }, at) => key !== groups[at - 1]?.key).slice(0, most);
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
  // Most queries have no word that a name begins with.
  const begins = (/** @type {{words: string[], keys: string[]}} */ name) =>
    words.some(({ form, alternatives }) => form === name.words[0] || alternatives.some(({ groups }) => groups[0].key === name.keys[0]));
  if (index.root.synonyms.some((names) => names.some(begins))) more()?.addSynonyms(index, words, plan.synonyms);
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

/** A list of places, page after page: `entry` is that of `page`, from which on it has not been read. `held`: how many words it answers at once. @typedef {{terms: Terms, weight: number, held: number, entry: number, end: number, page: number}} List */
/** A want with what it counts and where each of its alternatives stands. @typedef {{form: string, isPart: boolean, isStopWord: boolean, idf: number, isHere: boolean, lists: List[]}} Counted */
/** What a title or heading counts that is what was asked for. */
const ANSWERED = 16;

/** What is added for a title or heading, as in `src/search/rank/sum.rs`. @param {number} wanted @param {number} idf @param {number} held @param {number} words */
const answered = (wanted, idf, held, words) => (idf ? quotient(quotient(quotient(ANSWERED * idf * idf, wanted) * idf, wanted) * Math.min(held, words) ** 2, words ** 2) : 0);

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
    return { terms, weight, held: groups.length, entry, end, page: entry < end ? terms.pages[entry] : Infinity };
  });
  const idf = idfOf(pages, df);
  return { form, isPart, isStopWord, idf: isStopWord ? quotient(idf, STOP_WORD) || 1 : idf, isHere: false, lists };
}

/** The first page that has a word. @param {Counted} want */
const pageOf = ({ lists }) => Math.min(...lists.map(({ page }) => page));

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
  // No list is made for a page: there are many. All of these are by section, and count where the mark is the word's or the page's.
  /** The greatest of a word's alternatives, and how many words of the heading answer it. @type {number[][]} */
  const [greatest, holds, marks] = [[], [], []];
  /** What all words come to, the idf of those in the heading, how many words of the query it has, and how many it has. @type {number[][]} */
  const [sums, idfs, helds, words, pageMarks] = [[], [], [], [], []];
  /** The sections with a word, and those with any. @type {number[][]} */
  const [here, touched] = [[], []];
  let mark = 0;
  const all = named || !counted.length;
  for (let page = all ? 0 : Math.min(...counted.map(pageOf)), next = 0; page < pages; page = next) {
    let [best, covered, title, titleIdf, titleHeld, titleWords, inHeadings] = [0, 0, 0, 0, 0, 0, 0];
    next = all ? page + 1 : Infinity;
    const isNamed = named?.includes(page);
    let found = isNamed || (limit > 0 && !wants.length);
    let tells = !counted.length || isNamed || phrases.length > 0;
    for (const want of counted) {
      const { isPart, idf } = want;
      let [inTitle, inTitleHeld, most] = [0, 0, 0];
      want.isHere = false;
      for (const { page: at, entry, terms, weight, held } of want.lists) {
        if (at !== page) {
          if (at < next) next = at;
          continue;
        }
        want.isHere = true;
        most = Math.max(most, weight * (terms.most[entry] % IN_HEADING));
        inHeadings |= terms.most[entry] & IN_HEADING;
        if (!terms.titles[entry]) continue;
        inTitle = Math.max(inTitle, weight * terms.titles[entry]);
        if (terms.titleWords[entry]) [titleWords, inTitleHeld] = [terms.titleWords[entry], Math.max(inTitleHeld, held)];
      }
      if (!want.isHere) continue;
      tells ||= !want.isStopWord;
      found = true;
      best += quotient(idf * most, 64);
      title += quotient(idf * inTitle, 64);
      titleHeld += inTitleHeld;
      if (isPart) continue;
      covered += idf;
      if (inTitleHeld) titleIdf += idf;
    }
    // A page with stop words alone does not answer.
    const phrased = found && tells && (sectionsOf ? sectionsOf(page) : []);
    const isFound = phrased && selection?.allows(page) !== false;
    total += +!!isFound;
    const scored = (/** @type {number} */ sum, /** @type {number} */ inHeading) =>
      weigh(index, page, quotient((sum + title) * (2 * wanted + 3 * covered), 5 * wanted || 1) + answered(wanted, titleIdf, titleHeld, titleWords) + inHeading) + (isNamed ? NAMED : 0);
    const least = first[limit - 1]?.score ?? -1;
    // Most pages are not among the first whatever their sections are.
    const isRead = isFound && scored(best, inHeadings && ANSWERED * covered) > least;
    let count = 0;
    for (const { isHere, isPart, idf, lists } of counted) {
      if (!isHere) continue;
      let hereCount = 0;
      mark += 1;
      for (const list of lists) {
        const { terms, weight, held, entry } = list;
        if (list.page !== page) continue;
        list.entry += 1;
        list.page = list.entry < list.end ? terms.pages[list.entry] : Infinity;
        if (list.page < next) next = list.page;
        const end = isRead ? terms.places[entry + 1] : 0;
        for (let place = terms.places[entry]; place < end; place += 1) {
          const section = terms.sections[place];
          const value = weight * terms.impacts[place];
          const own = terms.headingWords[place];
          if (marks[section] !== mark) {
            marks[section] = mark;
            here[hereCount++] = section;
            greatest[section] = holds[section] = 0;
            if (pageMarks[section] !== page) {
              pageMarks[section] = page;
              touched[count++] = section;
              sums[section] = idfs[section] = helds[section] = words[section] = 0;
            }
          }
          if (value > greatest[section]) greatest[section] = value;
          if (own) [words[section], holds[section]] = [own, Math.max(holds[section], held)];
        }
      }
      for (let at = 0; at < hereCount; at += 1) {
        const section = here[at];
        sums[section] += quotient(idf * greatest[section], 64);
        helds[section] += holds[section];
        if (!isPart && holds[section]) idfs[section] += idf;
      }
    }
    if (!isRead) continue;
    let [together, section, sectionSum, inHeading] = [0, phrased[0] ?? 0, -1, 0];
    for (let place = 0; place < count; place += 1) {
      const at = touched[place];
      together = Math.max(together, sums[at]);
      const own = answered(wanted, idfs[at], helds[at], words[at]);
      const sum = sums[at] + own;
      // The first of equals.
      if ((sum > sectionSum || (sum === sectionSum && at < section)) && (!phrased.length || phrased.includes(at))) [section, sectionSum, inHeading] = [at, sum, own];
    }
    const score = scored(quotient(2 * best + 8 * together, 10), inHeading);
    if (score <= least) continue;
    const isWhole = titleWords > 0 && titleIdf === wanted && titleHeld >= titleWords;
    first.splice(first.findLastIndex((other) => other.score >= score) + 1, 0, { page, score, section, isWhole });
    if (first.length > limit) first.pop();
  }
  return { first, counted, total };
}
