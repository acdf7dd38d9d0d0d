// @ts-check
// Where words stand side by side, as `src/search/rank/phrase.rs`.

/** How many places a piece of positions holds. */
const PLACES = 2048;

/** More than any page has. */
const SECTION_BOUND = 65_537;

/** Ends a run over a damaged file. */
const raise = () => {
  throw RangeError();
};

/** @param {Uint8Array} bytes @returns {Positions} */
function decodePositions(bytes) {
  const { next, sums, lists } = core.columnsOf(bytes);
  const from = sums(next(), next);
  return { from, all: lists(from, 4e6) };
}

/** A group on more pages has in its term shard the places alone that count. */
const MANY = 4096;

/** The positions at a place of a group's term shard; none while they are loading. @param {SearchIndex} index @param {Group} group @param {number} place @returns {ArrayLike<number> & {includes: (position: number) => boolean, some: Uint32Array["some"]}} */
function positionsAt(index, group, place) {
  const block = index.further(group, Math.floor(place / PLACES), decodePositions);
  const start = place % PLACES;
  return block ? block.all.subarray(block.from[start], block.from[start + 1] ?? raise()) : new Uint32Array();
}

/** Groups of words that stand side by side; nothing when one of them is on no page. @param {SearchIndex} index @param {Token[]} tokens */
function phraseOf(index, tokens) {
  /** @type {Phrase} */
  const phrase = [];
  // All are asked for before one is found to be missing, so that they are loaded at once.
  const groups = tokens.map(({ text }) => core.groupOf(index, text));
  for (let at = 0; at < tokens.length; at += 1) {
    const group = groups[at];
    const parts = core.inside(tokens, at);
    if (group) {
      phrase.push({ group, offset: tokens[at].position - tokens[0].position });
      at += parts;
    } else if (!parts) return; // Otherwise the parts stand where the whole does.
  }
  return phrase.length ? phrase : undefined;
}

/** Finds where a phrase stands: the sections, by page. @param {SearchIndex} index @param {Phrase} phrase */
function stands(index, phrase) {
  // The rarest word first leaves least to compare.
  const words = [...phrase].sort((one, other) => core.pagesOf(one.group).length - core.pagesOf(other.group).length);
  /** The places with all words so far, titles before sections, and where each word has it in its shard. @type {Map<number, number[]>} */
  let common = new Map();
  words.forEach(({ group }, word) => {
    /** @type {typeof common} */
    const here = new Map();
    const { at } = group;
    // Without them, nothing is found until they are there.
    const terms = core.pagesOf(group).length > MANY ? index.further(group, group.terms.further.length - 2) : group.terms;
    if (!terms) return (common = here);
    const { from, pages, titles, places, sections } = terms;
    let before = 0;
    for (let entry = 0; entry < from[at + 1]; entry += 1) {
      const title = +!!titles[entry];
      before += title;
      for (let place = places[entry] - title; entry >= from[at] && place < places[entry + 1]; place += 1) {
        const key = pages[entry] * SECTION_BOUND + (place < places[entry] ? 0 : sections[place] + 1);
        const found = word ? common.get(key) : [];
        if (found) here.set(key, [...found, place + before]);
      }
    }
    common = here;
  });
  /** @type {number[][]} */
  const found = [];
  for (const [key, places] of common) {
    const positions = phrase.length > 1 ? words.map(({ group }, word) => positionsAt(index, group, places[word]) ?? []) : [[0]];
    if (!positions[0].some((/** @type {number} */ position) => positions.every((all, word) => all.includes(position + words[word].offset - words[0].offset)))) continue;
    const sections = (found[Math.floor(key / SECTION_BOUND)] ??= []);
    if (key % SECTION_BOUND) sections.push((key % SECTION_BOUND) - 1);
  }
  return found;
}

/** Adds to a plan what pages must not have. @param {SearchIndex} index @param {Parsed} parsed @param {Plan} plan */
function addUnwanted(index, parsed, { unwanted }) {
  for (const { kind, text } of parsed.unwanted) {
    const tokens = core.tokensOf(text);
    if (kind === "prefix" && tokens.length === 1) {
      unwanted.push(...core.alternativesOf(index, tokens[0].text, "begun").flatMap(({ groups }) => groups.map((group) => [{ group, offset: 0 }])));
    } else {
      const phrase = phraseOf(index, tokens);
      if (phrase) unwanted.push(phrase);
    }
  }
}

/**
 * The sections of a page with the last phrase; nothing when it lacks a phrase or has what it must not have.
 * @param {SearchIndex} index @param {(Phrase | undefined)[]} phrases @param {Phrase[]} unwanted @returns {(page: number) => number[] | undefined}
 */
function phrased(index, phrases, unwanted) {
  const required = phrases.map((phrase) => (phrase ? stands(index, phrase) : []));
  const excluded = unwanted.map((phrase) => stands(index, phrase));
  return (page) => {
    if (excluded.some((pages) => pages[page]) || !required.every((pages) => pages[page])) return;
    return required[required.length - 1]?.[page] ?? [];
  };
}
