// @ts-check
// Reads the files below `search/`: the root, which says where everything is, and pieces of packs, which are named by their content.

/** @typedef {(url: string, begin?: number, end?: number) => Promise<Uint8Array>} Load returns a file, or its bytes from `begin` to before `end` */
/** @typedef {{names: string, sizes: string[]}} Packs see `src/search/export/pack.rs` */
/** @typedef {{pack: string, begin: number, end: number}} Place where a piece lies */
/** @typedef {Packs & {starts: string}} Listed piece i has what is not before start i and before start i + 1; see `startsOf` */
/** @typedef {{format: number, pages: number, weights: Record<string, number[]>, terms: Listed, frequent: [line: string, mask: number][], endings: string[], stop_words: string, joins: boolean, synonyms: {text: string, words: string[], keys: string[]}[][], successors: {[page: string]: number[]}, begins: string, texts: Packs, facets: Packs}} Root see `src/search/export/root.rs` */
/**
 * A term shard. Group g has the entries from[g] to from[g + 1], one a page; entry e has the sections places[e] to places[e + 1].
 * @typedef {object} Terms
 * @property {[key: string, ...forms: string[]][]} groups
 * @property {number[]} masks which of the endings make forms that no page has
 * @property {Uint32Array} from
 * @property {Uint32Array} pages
 * @property {Uint8Array} titles impacts; 0 where the title does not have the group
 * @property {Uint8Array} titleWords how many words these titles have
 * @property {Uint8Array} most the greatest impact of an entry's sections, and more if one of their headings has the group
 * @property {Uint32Array} places
 * @property {Uint32Array} sections
 * @property {Uint8Array} impacts
 * @property {Uint8Array} headingWords how many words the heading has; 0 where it does not have the group
 * @property {number[]} further piece i of the pack of positions that is this shard's has the blocks further[i] to further[i + 1]
 */
/** The positions of place i are all[from[i]] to all[from[i + 1]]. @typedef {{from: Uint32Array, all: Uint32Array}} Positions */
/** @typedef {[heading: string, anchor: string, line: number, text: string, reading?: {own: Token[], whole: Token[], tokens: Token[]}]} SectionText its words are kept when they were needed: those of the title, of the heading and the text, and of the text */
/** @typedef {[page: number, first: number, title: string, url: string, path: string, breadcrumb: string[], kind: string, status: string | null, date: string | null, tags: string[], id: string | null, scope: string, sections: SectionText[]]} Piece */
/** @typedef {{pages: {[value: string]: number[]}, labels: [string, number][], days: number[]}} Column `days` in that of days alone, the others in all others */

/** Why a query could not be answered; see `search.d.ts`. @param {"unreachable" | "damaged" | "outdated"} code @param {string} [what] */
const failure = (code, what = "index") => Object.assign(Error(`${what} is ${code}`), { name: "SearchError", code });

/** Ends the reading of what cannot be right; a failure comes of it where it is known what that was. */
const fail = () => {
  throw RangeError();
};

/** How many shards are kept: some ten megabytes. */
const KEPT = 700;

/** The greatest whole number of times. @param {number} one @param {number} other */
const quotient = (one, other) => Math.floor(one / other);

/** More pages than any site has: a damaged number must not take all memory. */
const BOUND = 4e6;

/** More sections than any page has. */
const SECTIONS = 65_537;

/** What stands before the pieces of each file: it is a script too, since pages from the disk may fetch nothing else. */
const PREFIX = 'precedentData("';

/** What is added to the impact in a section whose heading has the group. */
const IN_HEADING = 64;

/** What the length of a piece is a multiple of. */
const BLOCK = 64;

/** Order by code points, as the index has it; JavaScript compares UTF-16 units. @param {string} one @param {string} other */
function order(one, other) {
  let at = 0;
  while (one[at] && one[at] === other[at]) at += 1;
  return (one.codePointAt(at) ?? -1) - (other.codePointAt(at) ?? -1);
}

/** The starts of a list: each a letter that says how much of the one before it has, and the rest. @param {Listed} list */
function startsOf({ starts }) {
  let start = "";
  return Array.from(starts.matchAll(/([A-Z])([^A-Z]*)/g), ([, letter, rest]) => (start = start.slice(0, letter.charCodeAt(0) - 65) + rest));
}

/** The number of the piece of a list where a text belongs. @param {string[]} starts @param {string} text */
const placeIn = (starts, text) => starts.findLastIndex((start) => order(start, text) <= 0);

/** A number written as a letter: no letter is a surrogate. @param {string} letter */
const numberOf = (letter) => Number(letter.codePointAt(0)) - (letter < "\ud800" ? 57 : 2105);

/** Numbers in their order, written as what lies between them. @param {number[]} gaps */
const fromGaps = (gaps) => {
  let next = 0;
  return gaps.map((gap) => (next += gap + 1) - 1);
};

/** Where the pieces of packs lie. @param {Packs} packs @returns {Place[]} */
const placesIn = ({ names, sizes }) =>
  sizes.flatMap((letters, at) => {
    let end = PREFIX.length;
    return Array.from(letters, (letter) => ({ pack: names.slice(at * 5, at * 5 + 5), begin: end, end: (end += numberOf(letter) * BLOCK) }));
  });

/** @type {Load} */
async function load(url, begin, end) {
  if (url.startsWith("file:")) return Uint8Array.from(`${PREFIX}${(await loadScript(url)).replace(/["\\\n\r]/g, "\\$&")}")`, (letter) => letter.charCodeAt(0));
  // A browser asks only once at a time for an address that it may keep, so each piece has its own.
  const [address, headers] = end ? [`${url}?${begin}`, { range: `bytes=${begin}-${end - 1}` }] : [url];
  // The root alone changes.
  const response = await fetch(address, { headers, cache: url.endsWith("/root.js") ? "no-cache" : "default", signal: AbortSignal.timeout(30_000) });
  return response.ok ? new Uint8Array(await response.arrayBuffer()) : fail();
}

/** The DEFLATE stream of a piece: without the escapes and what it is filled up with. @param {Uint8Array} piece */
function streamOf(piece) {
  const stream = [];
  const length = piece.length - piece[piece.length - 1] + 93;
  for (let at = 0; at < length; at += 1) {
    const escaped = piece[at] === 92 && piece[(at += 1)];
    stream.push(escaped === 110 ? 10 : escaped === 114 ? 13 : piece[at]);
  }
  return Uint8Array.from(stream);
}

/** What the last script handed over. */
let received = "";

/** A page from the disk may not fetch, but may have scripts. @param {string} src @returns {Promise<string>} */
const loadScript = (src) =>
  new Promise((resolve, reject) => {
    // The event follows the run at once: what was received last is this script's.
    const onload = () => resolve(received);
    const script = Object.assign(document.createElement("script"), { charset: "x-user-defined", src, onload, onerror: reject });
    document.head.append(script);
    script.remove();
  });

/** What this script publishes, and what another adds. @returns {{more?: More}} */
const published = () => /** @type {any} */ (globalThis).precedentSearch;

/** The other script; the build puts its published name here. */
const MORE = "./engine-more.js";

/** Where this script is; a module is not told, and knows what lies beside it. */
const here = /** @type {HTMLScriptElement | undefined} */ (globalThis.document?.currentScript)?.src;

/** Loads the other script. */
const loadMore = () =>
  (here ? loadScript(new URL(MORE, here).href) : import(MORE)).catch(() => {
    throw failure("unreachable", "script");
  });

/** @param {Uint8Array} bytes */
const inflate = (bytes) =>
  new Response(new Response(/** @type {BodyInit} */ (bytes)).body?.pipeThrough(new DecompressionStream("deflate-raw"))).arrayBuffer();

/** @param {Uint8Array} bytes */
const textOf = (bytes) => new TextDecoder().decode(bytes);

/** Adds a code to a key: `<` takes the last character away first. @param {string} key @param {string} code */
const formOf = (key, code) => (code[0] === "<" ? key.replace(/.$/su, code.slice(1)) : key + code);

/** Reads the line of a group. @param {string} line @returns {[key: string, ...forms: string[]]} */
function groupOfLine(line) {
  const [key, ...codes] = line[0] === "\u0001" ? [line] : line.split(" ");
  return [key, ...(codes[0] === undefined ? [key] : codes.map((code) => formOf(key, code)))];
}

/** The forms that a group might also have. @param {Root} root @param {string} key @param {number} mask */
const furtherForms = ({ endings }, key, mask) => endings.filter((_, bit) => (mask >> bit) & 1).map((ending) => formOf(key, ending));

/** Reads columns of numbers, one after the other: unsigned LEB128. @param {Uint8Array} bytes */
function columnsOf(bytes) {
  let at = 0;
  const next = () => {
    for (let value = 0, scale = 1; ; scale *= 128) {
      const byte = bytes[at++] ?? fail();
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  };
  return {
    next,
    /** @param {number} size */
    text: (size) => textOf(bytes.subarray(at, (at += size))),
    /** Adds up how much each has. Everything takes a byte at least, so that no sum is above their count. @param {number} length @param {(at: number) => number} size */
    sums(length, size) {
      let sum = 0;
      return Uint32Array.from({ length: length > bytes.length ? fail() : length + 1 }, (_, at) => (at && (sum += size(at - 1)) > bytes.length ? fail() : sum));
    },
    /** Reads ascending numbers, a list after the other. @param {Uint32Array} starts @param {number} bound */
    lists(starts, bound) {
      const all = new Uint32Array(starts[starts.length - 1]);
      starts.forEach((start, list) => {
        for (let at = start, value = 0; at < starts[list + 1]; at += 1) {
          value += next() + 1;
          all[at] = value > bound ? fail() : value - 1;
        }
      });
      return all;
    },
  };
}

/** @param {number} most @param {number} impact */
const mostOf = (most, impact) => Math.max(most % IN_HEADING, impact % IN_HEADING) + ((most | impact) & IN_HEADING);

/** @param {Uint8Array} bytes @param {number} pageBound @returns {Terms} */
function decodeTerms(bytes, pageBound) {
  const { next, text, sums, lists } = columnsOf(bytes);
  const groups = text(next()).split("\n").map(groupOfLine);
  const from = sums(groups.length, next);
  const masks = groups.map(next);
  const pages = lists(from, pageBound);
  const heads = Uint32Array.from(pages, next);
  const titles = Uint8Array.from(heads, (head) => head % 2 && next());
  const titleWords = Uint8Array.from(heads, (head) => head % 2 && next());
  const places = sums(pages.length, (entry) => heads[entry] >> 1);
  const sections = lists(places, SECTIONS - 1);
  const impacts = Uint8Array.from(sections, next);
  const headingWords = impacts.map((impact) => impact & IN_HEADING && next());
  const most = titles.map((_, entry) => impacts.subarray(places[entry], places[entry + 1]).reduce(mostOf, 0));
  const further = [next()];
  for (let count = next(); count; count -= 1) further.push(further[further.length - 1] + next());
  return { groups, masks, from, pages, titles, titleWords, most, places, sections, impacts: impacts.map((impact) => impact % IN_HEADING), headingWords, further };
}

/**
 * One state of an index. What is not here yet is noted in `missing`; who asked for it has it loaded and asks again.
 * @param {string} base the address of the site @param {Load} load
 */
async function openIndex(base, load) {
  /** Whether the host answers with a part of a file, as far as is known. */
  let ranges = !base.startsWith("file:");
  /** Packs that came whole, or are coming. @type {Map<string, Uint8Array | Promise<Uint8Array>>} */
  const whole = new Map();
  /** @param {string} url @param {number} begin @param {number} end */
  const bytesOf = async (url, begin, end) => {
    const part = ranges && end && (await load(url, begin, end).catch(() => {}));
    if (part && part.length === end - begin) return part;
    if (part && part.length > end - begin) {
      ranges = false;
      whole.set(url, part);
    }
    const loading = whole.get(url) ?? load(url);
    if (end) whole.set(url, loading);
    try {
      const bytes = await loading;
      if (textOf(bytes.subarray(0, PREFIX.length)) !== PREFIX) fail();
      return bytes.subarray(begin, end || -2);
    } catch (error) {
      whole.delete(url);
      throw error;
    }
  };
  /** @template Value @param {string} name @param {(bytes: Uint8Array) => Value} decode @param {number} [begin] @param {number} [end] */
  const read = async (name, decode, begin = PREFIX.length, end = 0) => {
    const bytes = await bytesOf(`${base}search/${name}.js`, begin, end).catch(() => {
      throw failure("unreachable", `file ${name}`);
    });
    try {
      return decode(new Uint8Array(await inflate(streamOf(bytes))));
    } catch {
      throw failure("damaged", `file ${name}`);
    }
  };
  const json = (/** @type {Uint8Array} */ bytes) => JSON.parse(textOf(bytes));
  /** @type {Root} */
  const root = await read("root", json);
  if (root.format !== 5) throw failure("outdated");
  const { pages, terms, texts, facets } = root;
  if (pages > BOUND) fail();
  /** What pages count that do not count 100. @type {Map<number, number>} */
  const weights = new Map();
  for (const weight in root.weights) for (const page of fromGaps(root.weights[weight])) weights.set(page, +weight);
  const [t, d, f] = [terms, { ...texts, sizes: texts.sizes.map((letters) => letters.replace(/\d/g, "")) }, facets].map(placesIn);
  /** How many sections of each page share a piece, 0 for all, and which of all pieces is the first. @type {[per: number, first: number][]} */
  const paged = [];
  let first = 0;
  for (const [, per, letters] of texts.sizes.join("").matchAll(/(\d+)(\D*)/g)) {
    paged.push([+per, first]);
    first += lengthOf(letters);
  }
  const starts = startsOf(terms);
  /** The term shards with the first groups of a beginning, by all beginnings of the starts in their order. @type {Map<string, string>} */
  const begins = new Map();
  const shardsOf = root.begins.split(" ");
  for (const start of starts) {
    let prefix = "";
    for (const letter of start) if (!begins.has((prefix += letter))) begins.set(prefix, shardsOf[begins.size]);
  }
  /** The numbers of the shards of frequent forms. @type {Map<string, number>} */
  const placed = new Map();
  const frequent = root.frequent.map(([line, mask], at) => {
    const [key, ...forms] = groupOfLine(line);
    const shard = starts.length + at;
    for (const form of [...forms, ...furtherForms(root, key, mask)]) placed.set(form, shard);
    return { forms, shard };
  });

  const decodeWords = (/** @type {Uint8Array} */ bytes) => decodeTerms(bytes, pages);
  /** @typedef {{value?: any, loading?: Promise<void>, load: () => Promise<void>}} Shard */
  /** @type {Map<string, Shard>} */
  const shards = new Map();

  /** A piece, decoded; JSON without a decoder. @template [Value=any] @param {string} folder @param {Place} place @param {(bytes: Uint8Array) => Value} [decode] @returns {Value | undefined} */
  const shard = (folder, { pack, begin, end }, decode = json) => {
    const file = `${folder}/${pack}`;
    const name = `${file} ${begin}`;
    /** @type {Shard} */
    const mine = shards.get(name) ?? {
      // What failed is tried again by the next query.
      load: () => (mine.loading ??= read(file, decode, begin, end).then((value) => void (mine.value = value)).finally(() => (mine.loading = undefined))),
    };
    shards.set(name, mine);
    if (!mine.value) index.missing.set(name, mine.load);
    return mine.value;
  };
  const index = {
    root,
    stopWords: new Set(root.stop_words.split(" ")),
    weights,
    /** What a run looked for in vain, by the names of the files; each can be loaded. @type {Map<string, () => Promise<void>>} */
    missing: new Map(),
    /** The groups that have a shard of their own, those on most pages first. */
    frequent,
    /** The numbers of the term shards with the first groups of a beginning. @param {string} prefix */
    placesOf(prefix) {
      const place = placeIn(starts, prefix);
      return fromGaps(Array.from(begins.get(prefix) || "9", numberOf)).map((gap) => place + gap);
    },
    /** The number of the term shard with the group of a form. @param {string} form */
    placeOf: (form) => placed.get(form) ?? placeIn(starts, form),
    /** @param {number} at */
    terms: (at) => shard("t", t[at], decodeWords),
    /** A piece that a term shard has in the pack of positions. @template [Value=Terms] @param {Group} group @param {number} at @param {(bytes: Uint8Array) => Value} [decode] */
    further({ shard: number, terms: { further } }, at, decode = /** @type {any} */ (decodeWords)) {
      const [begin, end] = [further[at], further[at + 1]].map((blocks) => PREFIX.length + blocks * BLOCK);
      return shard("p", { ...t[number], begin, end }, decode);
    },
    /** The part of a page with a section's text. @param {number} page @param {number} section @returns {Piece | undefined} */
    texts(page, section) {
      const [per, first] = paged[page];
      return shard("d", d[first + (per && quotient(section, per))]);
    },
    /** A piece of words by their ends and length. @param {Place} place @returns {Record<string, (string | number)[]> | undefined} */
    typos: (place) => shard("v", place),
    /** What is in a piece that few queries need: the values to filter by, or where the words for typos are. @param {number} at */
    facets: (at) => shard("f", f[at]),
    /** What only some queries need, another script. @returns {More | undefined} */
    more() {
      if (!published().more) index.missing.set("x", loadMore);
      return published().more;
    },
    /** Forgets the shards when they are many; the browser still has their files. */
    tidy: () => shards.size > KEPT && [shards, whole].map((all) => all.clear()),
  };
  return index;
}

/** @typedef {Awaited<ReturnType<typeof openIndex>>} SearchIndex */
