// @ts-check
// Reads the files below `search/`: the root, which says where everything is, and the shards, which are named by their content.

/** @typedef {(url: string, fresh: boolean) => Promise<Uint8Array>} Load returns a raw DEFLATE stream */
/** @typedef {{starts: string[], names: string}} Listed file i has what is not before starts[i] and before starts[i + 1] */
/** @typedef {{format: number, pages: number, weights: Record<string, number[]>, terms: Listed, endings: string[], aliases: {[form: string]: number}, begins: {[prefix: string]: number[]}, texts: {starts: number[], names: string, per: number[]}, typos: Listed, positions: string, facets: Record<string, string>}} Root see `src/search/export/root.rs` */
/**
 * A term shard. Group g has the entries from[g] to from[g + 1], one a page; entry e has the sections places[e] to places[e + 1].
 * @typedef {object} Terms
 * @property {string[]} keys
 * @property {string[][]} forms
 * @property {number[]} masks which of the endings make forms that no page has
 * @property {Uint32Array} from
 * @property {Uint32Array} pages
 * @property {Uint8Array} titles impacts; 0 where the title does not have the group
 * @property {Uint32Array} places
 * @property {Uint32Array} sections
 * @property {Uint8Array} impacts
 */
/** @typedef {[heading: string, anchor: string, line: number, text: string]} SectionText */
/** @typedef {[page: number, first: number, title: string, url: string, path: string, breadcrumb: string[], kind: string, status: string | null, date: string | null, tags: string[], id: string | null, scope: string, sections: SectionText[]]} Piece */
/** @typedef {{pages: {[value: string]: number[]}, labels: [string, number][], days: number[]}} Column `days` in that of days alone, the others in all others */
/** @typedef {{t: Terms, p: Uint8Array, d: Piece, v: {[key: string]: (string | number)[]}, f: Column, n: string}} Shards by the letter of their folder */

/** Why a query could not be answered; see `search.d.ts`. */
class SearchError extends Error {
  name = "SearchError";
  /** @param {"unreachable" | "damaged" | "outdated"} code @param {string} [what] */
  constructor(code, what = "index") {
    super(`search ${what} is ${code}`);
    this.code = code;
  }
}

/** Ends the reading of what cannot be right; a {@link SearchError} comes of it where it is known what that was. */
const fail = () => {
  throw RangeError();
};

/** Bytes of shards that are kept, before they are unpacked to about three times as many. */
const KEPT = 6e6;

/** The greatest whole number of times. @param {number} one @param {number} other */
const quotient = (one, other) => Math.floor(one / other);

/** More pages and sections than any site has: a damaged number must not take all memory. */
const BOUND = 4e6;

/** What stands before the packed bytes of each file: it is a script too, since pages from the disk may fetch nothing else. */
const PREFIX = 'precedentData("';

/** Order by code points, as the index has it; JavaScript compares UTF-16 units. @param {string} one @param {string} other */
function order(one, other) {
  let at = 0;
  while (at < one.length && one[at] === other[at]) at += 1;
  return (one.codePointAt(at) ?? -1) - (other.codePointAt(at) ?? -1);
}

/** Numbers in their order, written as what lies between them. @param {number[]} gaps */
const fromGaps = (gaps) => {
  let next = 0;
  return gaps.map((gap) => (next += gap + 1) - 1);
};

/** @type {Load} */
async function load(url, fresh) {
  if (url.startsWith("file:")) return loadScript(url);
  const response = await fetch(url, { cache: fresh ? "no-cache" : "default", signal: AbortSignal.timeout(30_000) });
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (!response.ok || String.fromCharCode(...bytes.subarray(0, PREFIX.length)) !== PREFIX) fail();
  let end = 0;
  for (let at = PREFIX.length; at < bytes.length - 2; at += 1) {
    const escaped = bytes[at] === 92 && bytes[(at += 1)];
    bytes[end] = escaped === 110 ? 10 : escaped === 114 ? 13 : bytes[at];
    end += 1;
  }
  return bytes.subarray(0, end);
}

/** What the last script handed over. */
let received = "";

/** A page from the disk may not fetch, but may have scripts. @param {string} src @returns {Promise<Uint8Array>} */
const loadScript = (src) =>
  new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.onload = script.onerror = (event) => {
      script.remove();
      // The event follows the run at once: what was received last is this script's.
      if (/** @type {Event} */ (event).type === "load") resolve(Uint8Array.from(received, (letter) => letter.charCodeAt(0)));
      else reject();
    };
    document.head.append(Object.assign(script, { charset: "x-user-defined", src }));
  });

/** @param {Uint8Array} bytes */
const inflate = (bytes) =>
  new Response(new Blob([/** @type {BlobPart} */ (bytes)]).stream().pipeThrough(new DecompressionStream("deflate-raw"))).arrayBuffer();

/** @param {Uint8Array} bytes */
const textOf = (bytes) => new TextDecoder("utf-8", { fatal: true }).decode(bytes);

/** Reads unsigned LEB128 numbers, one a call. @param {Uint8Array} bytes @param {{at: number}} place */
const numbersOf =
  (bytes, place = { at: 0 }) =>
  () => {
    for (let value = 0, scale = 1; scale < 2 ** 36; scale *= 128) {
      const byte = bytes[place.at++] ?? fail();
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
    return fail();
  };

/** Adds a code to a key: `<` takes the last character away first. @param {string} key @param {string} code */
const formOf = (key, code) => (code[0] === "<" ? key.replace(/.$/su, code.slice(1)) : key + code);

/** @param {Uint8Array} bytes @param {number} pageBound @returns {Terms} */
function decodeTerms(bytes, pageBound) {
  const place = { at: 0 };
  const next = numbersOf(bytes, place);
  const take = (/** @type {number} */ length) => (place.at + length > bytes.length ? fail() : bytes.subarray(place.at, (place.at += length)));
  /** @type {string[][]} */
  const forms = [];
  const keys = textOf(take(next())).split("\n").map((line) => {
    const isName = line[0] === "\u0001";
    const [key, ...codes] = isName ? [line] : line.split(" ");
    forms.push(isName ? [] : (codes.length ? codes : [""]).map((code) => formOf(key, code)));
    return key;
  });
  /** Adds up how much each has. Everything takes a byte at least, so that no sum is above their count. @param {number} length @param {(at: number) => number} size */
  const sums = (length, size) => {
    const all = new Uint32Array(length + 1);
    for (let at = 0, sum = 0; at < length; at += 1) {
      sum += size(at);
      all[at + 1] = sum > bytes.length ? fail() : sum;
    }
    return all;
  };
  /** Reads ascending numbers, a list after the other. @param {Uint32Array} starts @param {number} bound */
  const lists = (starts, bound) => {
    const all = new Uint32Array(starts[starts.length - 1]);
    for (let list = 1, at = 0; list < starts.length; list += 1) {
      for (let value = 0; at < starts[list]; at += 1) {
        value += next() + 1;
        all[at] = value > bound ? fail() : value - 1;
      }
    }
    return all;
  };
  const from = sums(keys.length, next);
  const masks = keys.map(next);
  const pages = lists(from, pageBound);
  const titles = new Uint8Array(pages.length);
  const places = sums(pages.length, (entry) => {
    const head = next();
    titles[entry] = head % 2;
    return quotient(head, 2);
  });
  titles.forEach((has, entry) => has && (titles[entry] = take(1)[0]));
  const sections = lists(places, BOUND);
  return { keys, forms, masks, from, pages, titles, places, sections, impacts: take(sections.length) };
}

/**
 * One state of an index. What is not here yet is noted in `missing`; who asked for it has it loaded and asks again.
 * @param {string} base the address of the site @param {Load} load @param {boolean} fresh
 */
async function openIndex(base, load, fresh) {
  /** @template Value @param {string} name @param {(bytes: Uint8Array) => Value} decode @param {boolean} [fresh] */
  const read = async (name, decode, fresh = false) => {
    const bytes = await load(`${base}search/${name}.js`, fresh).catch(() => {
      throw new SearchError("unreachable", `file ${name}`);
    });
    try {
      return decode(new Uint8Array(await inflate(bytes)));
    } catch {
      throw new SearchError("damaged", `file ${name}`);
    }
  };
  const json = (/** @type {Uint8Array} */ bytes) => JSON.parse(textOf(bytes));
  /** @type {Root} */
  const root = await read("root", json, fresh);
  if (root.format !== 1) throw new SearchError("outdated");
  const weights = new Float64Array(root.pages > BOUND ? fail() : root.pages).fill(100);
  for (const weight in root.weights) for (const page of fromGaps(root.weights[weight])) weights[page] = +weight;
  const { per, names: folders, starts } = root.texts;
  const firstPages = fromGaps(starts);

  /** @type {Map<string, any>} */
  const shards = new Map();
  /** @type {Map<string, Promise<void>>} */
  const loading = new Map();
  let size = 0;

  /** @template {keyof Shards} Kind @param {Kind} kind @param {string} names @param {number} [at] @param {string} [file] @returns {Shards[Kind] | undefined} */
  const shard = (kind, names, at = 0, file = "") => {
    const name = `${kind}/${names.slice(at * 5, at * 5 + 5)}${file}`;
    const decode = (/** @type {Uint8Array} */ bytes) => {
      shards.set(name, kind === "t" ? decodeTerms(bytes, root.pages) : kind === "p" ? bytes : json(bytes));
      size += bytes.length;
    };
    if (!shards.has(name)) {
      index.missing.set(name, () => {
        const promise = loading.get(name) ?? read(name, decode).finally(() => loading.delete(name));
        loading.set(name, promise);
        return promise;
      });
    }
    return shards.get(name);
  };
  /** The number of the file of a list where a text belongs. @param {Listed} list @param {string} text */
  const place = ({ starts }, text) => starts.findLastIndex((start) => order(start, text) <= 0);

  const index = {
    root,
    weights,
    /** What a run looked for in vain, by the names of the files; each can be loaded. @type {Map<string, () => Promise<void>>} */
    missing: new Map(),
    /** The number of the term shard where a text belongs by its order. @param {string} text */
    place: (text) => place(root.terms, text),
    /** The number of the term shard that has a form. @param {string} form */
    route: (form) => own(root.aliases, form) ?? index.place(form),
    /** @param {number} at */
    terms: (at) => shard("t", root.terms.names, at),
    /** The positions of a term shard. @param {number} at */
    positions(at) {
      const names = shard("n", root.positions);
      return names && shard("p", names, at);
    },
    /** The part of a page with a section's text. @param {number} page @param {number} section */
    texts(page, section) {
      const at = firstPages.findLastIndex((first) => first <= page);
      return shard("d", folders, at, `/${page - firstPages[at]}-${per[page] && quotient(section, per[page])}`);
    },
    /** Forms by their ends and length, each with the number of its pages. @param {string} key */
    typos: (key) => (root.typos.names ? own(shard("v", root.typos.names, place(root.typos, key)) ?? {}, key) : undefined) ?? [],
    /** @param {string} field */
    facets: (field) => shard("f", root.facets[field === "by" ? "person" : field]),
    /** Forgets the shards when they are many; the browser still has their files. */
    tidy() {
      if (size < KEPT) return;
      shards.clear();
      size = 0;
    },
  };
  return index;
}

/** @typedef {Awaited<ReturnType<typeof openIndex>>} SearchIndex */
