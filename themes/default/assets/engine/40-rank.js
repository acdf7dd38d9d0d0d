// @ts-check
// Plans a query and ranks the pages, as `src/search/plan.rs` and `src/search/rank.rs`, in the same whole numbers.
// All of it is one run over what is in memory; what is not is noted by the index, and the run counts for nothing then.

/** @typedef {{shard: number, terms: Terms, at: number, key: string}} Group */
/** @typedef {{group: Group, weight: number}} Alternative */
/** @typedef {{form: string, alternatives: Alternative[], wanted: boolean}} Want `wanted` is false for a part of a wanted word */
/** @typedef {{group: Group, offset: number}[]} Phrase */
/** @typedef {{wants: Want[], phrases: (Phrase | null)[], unwanted: Phrase[], corrected: [typed: string, used: string][]}} Plan */
/** @typedef {{page: number, score: number, section: number}} Ranked */
/** @typedef {"whole" | "typing" | "begun"} Extent */

/** What a wanted word counts in a form that is not its own, of 64. */
const [EXACT_WEIGHT, PREFIX_WEIGHT, TYPO_WEIGHT, TYPOS_WEIGHT, PART_WEIGHT] = [64, 51, 45, 32, 19];

/** The most words that count. */
const WORDS = 48;

/** More than any page scores: what a page has whose name the query is. */
const NAMED = 1e12;

/** Sets a value apart from the text, for numbers of a page and a place. */
const PLACES = 2 ** 22;

/** @param {number} one @param {number} other */
const quotient = (one, other) => Math.floor(one / other);

/** How many tokens after the one at a place lie inside of it. @param {Token[]} tokens @param {number} at */
function inside(tokens, at) {
  let after = at + 1;
  while (after < tokens.length && tokens[after].start >= tokens[at].start && tokens[after].end <= tokens[at].end) after += 1;
  return after - at - 1;
}

/** @param {Group} group */
const pagesOf = ({ terms, at }) => terms.from[at + 1] - terms.from[at];

/** Groups of the same word are one, from whatever shard. @param {Group} one @param {Group | undefined} other */
const isSame = (one, other) => one.key === other?.key;

/** The forms that a group might also have. @param {SearchIndex} index @param {Group} group */
const possibleForms = ({ root }, { terms, at, key }) => root.endings.filter((_, bit) => (terms.masks[at] >>> bit) & 1).map((ending) => formOf(key, ending));

/** @param {SearchIndex} index @param {string} form @returns {Group | undefined} */
function groupOf(index, form) {
  const shard = index.route(form);
  const terms = index.terms(shard);
  if (!terms) return;
  let at = terms.forms.findIndex((forms) => forms.includes(form));
  if (at < 0) {
    at = terms.keys.findIndex((key, at) => terms.masks[at] && form.startsWith(key.slice(0, -1)) && possibleForms(index, { shard, terms, at, key }).includes(form));
  }
  return at < 0 ? undefined : { shard, terms, at, key: terms.keys[at] };
}

/** The groups with a form that begins so, those on most pages first. @param {SearchIndex} index @param {string} prefix */
function beginning(index, prefix) {
  const shards = own(index.root.begins, prefix) ?? [index.place(prefix)];
  /** @type {Group[]} */
  const groups = [];
  for (const shard of shards) {
    const terms = index.terms(shard);
    terms?.forms.forEach((forms, at) => {
      if (forms.some((form) => form.startsWith(prefix))) groups.push({ shard, terms, at, key: terms.keys[at] });
    });
  }
  groups.sort((one, other) => pagesOf(other) - pagesOf(one) || order(one.key, other.key));
  return groups.slice(0, isGram(prefix) ? 8 : [0, 3, 3, 4, 6][lengthOf(prefix)] ?? 8);
}

/** Optimal string alignment: letters put in, left out, exchanged, or swapped with a neighbour. @param {string[]} one @param {string[]} other */
function distance(one, other) {
  /** @type {number[]} */
  let before = [];
  let row = [0, ...other.map((_, at) => at + 1)];
  for (let at = 1; at <= one.length; at += 1) {
    const next = [at];
    for (let to = 1; to <= other.length; to += 1) {
      next[to] = Math.min(row[to] + 1, next[to - 1] + 1, row[to - 1] + Number(one[at - 1] !== other[to - 1]));
      if (at > 1 && to > 1 && one[at - 1] === other[to - 2] && one[at - 2] === other[to - 1]) next[to] = Math.min(next[to], before[to - 2] + 1);
    }
    [before, row] = [row, next];
  }
  return row[other.length];
}

/** The groups of the forms nearest to one that no page has. @param {SearchIndex} index @param {string} form @param {Plan} plan @returns {Alternative[]} */
function similar(index, form, plan) {
  const letters = [...form];
  const length = letters.length;
  // What may yet be there is no typo.
  const unsure = [...index.missing.keys()].some((name) => name.startsWith("t"));
  if (length < 4 || /\p{N}/v.test(form) || isGram(form) || unsure) return [];
  const most = length < 8 ? 1 : 2;
  let least = most;
  /** @type {Map<string, {pages: number, far: number}>} */
  const found = new Map();
  for (let size = length - most; size <= length + most; size += 1) {
    for (const ends of [">" + letters[0] + letters[1], "<" + letters[length - 2] + letters[length - 1]]) {
      const key = ends + String.fromCharCode(64 + size);
      const forms = own(index.typos(key) ?? {}, key) ?? [];
      for (let at = 0; at < forms.length; at += 2) {
        const other = String(forms[at]);
        const far = distance(letters, [...other]);
        least = Math.min(least, far);
        if (far <= most) found.set(other, { pages: Number(forms[at + 1]), far });
      }
    }
  }
  const nearest = [...found].filter(([, { far }]) => far === least);
  nearest.sort(([one, a], [other, b]) => b.pages - a.pages || order(one, other));
  /** @type {Alternative[]} */
  const alternatives = [];
  for (const [other] of nearest.slice(0, 4)) {
    const group = groupOf(index, other);
    if (group && !alternatives.some((before) => isSame(group, before.group))) alternatives.push({ group, weight: least === 1 ? TYPO_WEIGHT : TYPOS_WEIGHT });
  }
  if (nearest.length) plan.corrected.push([form, nearest[0][0]]);
  return alternatives;
}

/** The groups of a word and of words that begin so. @param {SearchIndex} index @param {string} form @param {Extent} extent */
function alternativesOf(index, form, extent) {
  const exact = groupOf(index, form);
  /** @type {Alternative[]} */
  const found = exact ? [{ group: exact, weight: EXACT_WEIGHT }] : [];
  const letters = lengthOf(form);
  if ((letters === 1 && isGram(form)) || extent === "begun" || (extent === "typing" && letters > 1)) {
    for (const group of beginning(index, form)) if (!isSame(group, exact)) found.push({ group, weight: PREFIX_WEIGHT });
  }
  return found;
}

/** @param {SearchIndex} index @param {Parsed} parsed @param {boolean} typing @returns {Plan} */
function planOf(index, parsed, typing) {
  /** @type {Plan} */
  const plan = { wants: [], phrases: [], unwanted: [], corrected: [] };
  /** @param {string} form @param {Alternative[]} alternatives @param {boolean} wanted */
  const want = (form, alternatives, wanted) => {
    if (!plan.wants.some((other) => other.form === form && other.wanted === wanted)) plan.wants.push({ form, alternatives, wanted });
  };
  /** Adds the words of a text that ends at `end`, where the last may go on. @param {Token[]} tokens @param {number} end @param {Extent} extent */
  const add = (tokens, end, extent) => {
    for (let at = 0; at < tokens.length && plan.wants.length < WORDS; at += 1) {
      const token = tokens[at];
      const parts = tokens.slice(at + 1, at + 1 + inside(tokens, at));
      const known = alternativesOf(index, token.text, token.end === end ? extent : "whole");
      at += parts.length;
      if (known.length) {
        want(token.text, known, true);
        parts.forEach((part, place) => {
          const group = inside(parts, place) === 0 && groupOf(index, part.text);
          if (group) want(part.text, [{ group, weight: PART_WEIGHT }], false);
        });
      } else if (parts.length) add(parts, end, extent);
      else want(token.text, similar(index, token.text, plan), true);
    }
  };
  parsed.wanted.forEach(({ kind, text }, place) => {
    const tokens = tokensOf(text);
    if (kind !== "phrase") add(tokens, text.trimEnd().length, kind === "prefix" ? "begun" : typing && place === parsed.wanted.length - 1 ? "typing" : "whole");
    else if (tokens.length) {
      plan.phrases.push(phraseOf(index, tokens));
      add(tokens, text.length, "whole");
    }
  });
  for (const { kind, text } of parsed.unwanted) {
    const tokens = tokensOf(text);
    if (kind === "prefix" && tokens.length === 1) plan.unwanted.push(...alternativesOf(index, tokens[0].text, "begun").map(({ group }) => [{ group, offset: 0 }]));
    else plan.unwanted.push(...[phraseOf(index, tokens) ?? []].filter((phrase) => phrase.length));
  }
  return plan;
}

/** Groups of words that stand side by side; nothing when one of them is on no page. @param {SearchIndex} index @param {Token[]} tokens */
function phraseOf(index, tokens) {
  /** @type {Phrase} */
  const phrase = [];
  // Asked for all at once, so that they are loaded at once.
  const groups = tokens.map((token) => groupOf(index, token.text));
  for (let at = 0; at < tokens.length; at += 1) {
    const group = groups[at];
    const parts = inside(tokens, at);
    if (group) {
      phrase.push({ group, offset: tokens[at].position - tokens[0].position });
      at += parts;
    } else if (!parts) return null; // The parts stand where the whole does.
  }
  return phrase.length ? phrase : null;
}

/** Goes over the places of a group: title first, then its sections. @param {Group} group @param {(page: number, place: number) => void} visit */
function eachPlace({ terms, at }, visit) {
  for (let entry = terms.from[at]; entry < terms.from[at + 1]; entry += 1) {
    if (terms.titles[entry]) visit(terms.pages[entry], 0);
    for (let place = terms.places[entry]; place < terms.places[entry + 1]; place += 1) visit(terms.pages[entry], terms.sections[place] + 1);
  }
}

/** The pages with a phrase, each with the sections that have it. @param {SearchIndex} index @param {Phrase} phrase */
function stands(index, phrase) {
  // Where the phrase begins, by page and place. The rarest word first leaves least to compare.
  /** @type {Map<number, number[]> | undefined} */
  let begins;
  for (const { group, offset } of [...phrase].sort((one, other) => pagesOf(one.group) - pagesOf(other.group))) {
    /** @type {Map<number, number[]>} */
    const here = new Map();
    if (phrase.length === 1) eachPlace(group, (page, place) => here.set(page * PLACES + place, []));
    else {
      const bytes = index.positions(group.shard);
      if (!bytes) continue;
      const { next } = numbersOf(bytes);
      for (let at = 0; at <= group.at; at += 1) {
        const mine = at === group.at;
        if (group.terms.keys[at].startsWith("\u0001")) continue;
        eachPlace({ ...group, at }, (page, place) => {
          const before = begins?.get(page * PLACES + place);
          const positions = [];
          for (let count = next(), position = -1; count > 0; count -= 1) {
            position += next() + 1;
            if (mine && (!begins || before?.includes(position - offset))) positions.push(position - offset);
          }
          if (positions.length) here.set(page * PLACES + place, positions);
        });
      }
    }
    begins = here;
  }
  /** @type {Map<number, number[]>} */
  const sections = new Map();
  for (const key of begins?.keys() ?? []) {
    const page = quotient(key, PLACES);
    const list = sections.get(page) ?? [];
    if (key % PLACES) list.push((key % PLACES) - 1);
    sections.set(page, list);
  }
  return sections;
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

/** On how many pages any alternative is. @param {Alternative[]} alternatives @param {number} pages */
function countPages(alternatives, pages) {
  if (alternatives.length === 1) return pagesOf(alternatives[0].group);
  const seen = new Uint8Array(pages);
  let count = 0;
  for (const { group: { terms, at } } of alternatives) {
    for (let entry = terms.from[at]; entry < terms.from[at + 1]; entry += 1) {
      const page = terms.pages[entry];
      count += 1 - seen[page];
      seen[page] = 1;
    }
  }
  return count;
}

/**
 * Ranks the pages that a plan finds and that are allowed; returns the first of them, the idf of each want, and how many there are.
 * @param {SearchIndex} index @param {Plan} plan @param {ArrayLike<number>} named @param {number} limit @param {(page: number) => boolean} allows
 */
function rank(index, { wants, phrases, unwanted }, named, limit, allows) {
  const pages = index.root.pages;
  const idf = wants.map(({ alternatives }) => idfOf(pages, countPages(alternatives, pages)));
  const wanted = wants.reduce((sum, { wanted }, at) => sum + (wanted ? idf[at] : 0), 0);
  const nothing = wants.length + phrases.length === 0;
  const required = phrases.map((phrase) => (phrase ? stands(index, phrase) : new Map()));
  const excluded = unwanted.map((phrase) => stands(index, phrase));
  const names = new Set(Array.from(named));
  // One cursor for each alternative goes over its pages, those of one want side by side.
  const cursors = wants.flatMap(({ alternatives }, want) =>
    alternatives.map(({ group: { terms, at }, weight }) => ({ want, terms, weight, entry: terms.from[at], end: terms.from[at + 1] })),
  );
  // By section: what all words come to, and the greatest of one word's alternatives. Both are cleared after use.
  const bound = cursors.reduce((most, { terms }) => Math.max(most, terms.bound), 0);
  const [sums, greatest] = [new Float64Array(bound), new Float64Array(bound)];
  /** @type {[touched: number[], here: number[]]} */
  const [touched, here] = [[], []];
  /** @type {Ranked[]} */
  const first = [];
  let total = 0;
  for (let page = 0; page < pages; page += 1) {
    let [found, best, title, covered] = [nothing || names.has(page), 0, 0, 0];
    for (let at = 0; at < cursors.length; ) {
      const want = cursors[at].want;
      let [has, inTitle, most] = [false, 0, 0];
      for (; at < cursors.length && cursors[at].want === want; at += 1) {
        const { terms, weight, entry, end } = cursors[at];
        if (entry === end || terms.pages[entry] !== page) continue;
        cursors[at].entry += 1;
        has = true;
        inTitle = Math.max(inTitle, weight * terms.titles[entry]);
        for (let place = terms.places[entry]; place < terms.places[entry + 1]; place += 1) {
          const section = terms.sections[place];
          const value = weight * terms.impacts[place];
          if (!greatest[section]) here.push(section);
          if (value > greatest[section]) greatest[section] = value;
        }
      }
      if (!has) continue;
      found = true;
      if (wants[want].wanted) covered += idf[want];
      title += quotient(idf[want] * inTitle, 64);
      for (const section of here) {
        const value = quotient(idf[want] * greatest[section], 64);
        greatest[section] = 0;
        sums[section] += value;
        most = Math.max(most, value);
        touched.push(section);
      }
      here.length = 0;
      best += most;
    }
    if (!found) continue;
    const inAll = required.every((pages) => pages.has(page));
    const phrased = (inAll && required[required.length - 1]?.get(page)) || [];
    let [together, section, sectionSum] = [0, phrased[0] ?? 0, -1];
    for (const at of touched) {
      const sum = sums[at];
      together = Math.max(together, sum);
      if ((sum > sectionSum || (sum === sectionSum && at < section)) && (!phrased.length || phrased.includes(at))) [section, sectionSum] = [at, sum];
    }
    for (const at of touched) sums[at] = 0;
    touched.length = 0;
    if (!allows(page) || excluded.some((pages) => pages.has(page)) || !(inAll || names.has(page))) continue;
    total += 1;
    const whole = (quotient(3 * best + 7 * together, 10) + title) * covered;
    const score = weigh(index, page, quotient(whole, Math.max(wanted, 1))) + (names.has(page) ? NAMED : 0);
    if (first.length === limit && score <= first[limit - 1].score) continue;
    let place = first.length;
    while (place > 0 && first[place - 1].score < score) place -= 1;
    first.splice(place, 0, { page, score, section });
    if (first.length > limit) first.pop();
  }
  return { first, idf, total };
}

/** What a score of a page comes to. @param {SearchIndex} index @param {number} page @param {number} score */
const weigh = ({ weights }, page, score) => quotient(score * weights[page], 100);
