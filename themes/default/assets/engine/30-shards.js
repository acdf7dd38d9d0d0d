// @ts-check
// Reads the files below `search/`: the root, which says where everything is, and the shards, which are named by their content.

/** @typedef {(url: string, fresh: boolean) => Promise<Uint8Array>} Load */
/**
 * @typedef {object} Root
 * @property {number} format
 * @property {number} pages
 * @property {Record<string, number[]>} weights
 * @property {{starts: string[], names: string}} terms
 * @property {string[]} endings
 * @property {{[form: string]: number}} aliases
 * @property {{[prefix: string]: number[]}} begins
 * @property {{starts: number[], names: string, per: number[]}} texts
 * @property {{starts: string[], names: string}} typos
 * @property {string} positions
 * @property {{[field: string]: string}} facets
 */
/**
 * A term shard. Group g has the entries from[g] to from[g + 1], one a page; entry e has the sections places[e] to places[e + 1].
 * @typedef {object} Terms
 * @property {string[]} keys
 * @property {string[][]} forms
 * @property {Uint32Array} masks which of the endings make forms that no page has
 * @property {Uint32Array} from
 * @property {Uint32Array} pages
 * @property {Uint8Array} titles impacts; 0 where the title does not have the group
 * @property {Uint32Array} places
 * @property {Uint32Array} sections
 * @property {Uint8Array} impacts
 * @property {number} bound above all sections
 */
/** @typedef {[heading: string, anchor: string | null, line: number, text: string]} SectionText */
/** @typedef {[page: number, first: number, title: string, url: string, path: string, breadcrumb: string[], kind: string, status: string | null, date: string | null, tags: string[], id: string | null, scope: string, sections: SectionText[]]} Piece */
/** @typedef {{pages: {[value: string]: number[]}, labels: [string, number][], days: number[]}} Column `days` in that of days alone, the others in all others */
/** @typedef {{t: Terms, p: Uint8Array, d: Piece, v: {[key: string]: (string | number)[]}, f: Column, n: string}} Shards by the letter of their folder */

/** Why a query could not be answered; see `search.d.ts`. */
class SearchError extends Error {
  /** @param {"unreachable" | "damaged" | "version"} code @param {string} message */
  constructor(code, message) {
    super(message);
    this.name = "SearchError";
    this.code = code;
  }
}

const damaged = () => new SearchError("damaged", "a file of the search index is damaged");

/** Bytes of shards that are kept, before they are unpacked to about three times as many. */
const KEPT = 6_000_000;

/** More pages and sections than any site has: a damaged number must not take all memory. */
const BOUND = 4_000_000;

/** What stands before and after the packed bytes of each file: it is a script too, since pages from the disk may fetch nothing else. */
const PREFIX = 'precedentData("';
const SUFFIX = 2;

/** Order by code points, as the index has it; JavaScript compares UTF-16 units. @param {string} one @param {string} other */
function order(one, other) {
  for (let at = 0; at < one.length && at < other.length; at += 1) {
    const [a, b] = [one, other].map((text) => text.charCodeAt(at));
    // Surrogates stand for characters above all others.
    if (a !== b) return (a >= 0xd800 && a < 0xe000 ? a + 0x2800 : a) - (b >= 0xd800 && b < 0xe000 ? b + 0x2800 : b);
  }
  return one.length - other.length;
}

/** The last place of a list that is not above what is looked for, or 0. @template Item @param {Item[]} list @param {(item: Item) => boolean} begins */
function lastBegun(list, begins) {
  let [low, high] = [0, list.length];
  while (low + 1 < high) {
    const middle = (low + high) >> 1;
    if (begins(list[middle])) low = middle;
    else high = middle;
  }
  return low;
}

/** @type {Load} */
function load(url, fresh) {
  return url.startsWith("file:") ? loadScript(url) : loadBytes(url, fresh);
}

/** @type {Load} */
async function loadBytes(url, fresh) {
  const response = await fetch(url, { cache: fresh ? "no-cache" : "default", signal: AbortSignal.timeout(30_000) });
  if (!response.ok) throw new Error(`status ${response.status}`);
  const bytes = new Uint8Array(await response.arrayBuffer());
  if (String.fromCharCode(...bytes.subarray(0, PREFIX.length)) !== PREFIX) throw damaged();
  let end = 0;
  for (let at = PREFIX.length; at < bytes.length - SUFFIX; at += 1) {
    let byte = bytes[at];
    if (byte === 92) {
      byte = bytes[(at += 1)];
      byte = byte === 110 ? 10 : byte === 114 ? 13 : byte;
    }
    bytes[end++] = byte;
  }
  return bytes.subarray(0, end);
}

let received = "";
/** @param {string} text what a script of the index hands over */
const receive = (text) => (received = text);

/** A page from the disk may not fetch, but may have scripts. @param {string} url @returns {Promise<Uint8Array>} */
function loadScript(url) {
  Object.assign(globalThis, { precedentData: receive });
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.charset = "x-user-defined";
    script.src = url;
    script.onload = () => {
      script.remove();
      // The event follows the run at once: what was received last is this script's.
      resolve(Uint8Array.from(received, (letter) => letter.charCodeAt(0)));
      received = "";
    };
    script.onerror = () => {
      script.remove();
      reject(new Error("no such file"));
    };
    document.head.append(script);
  });
}

/** @param {Uint8Array} bytes */
async function inflate(bytes) {
  const stream = new Blob([/** @type {Uint8Array<ArrayBuffer>} */ (bytes)]).stream().pipeThrough(new DecompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Reads unsigned LEB128 numbers. @param {Uint8Array} bytes */
function numbersOf(bytes) {
  let at = 0;
  const next = () => {
    let value = 0;
    for (let scale = 1; scale < 2 ** 36; scale *= 128) {
      if (at >= bytes.length) throw damaged();
      const byte = bytes[at++];
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
    throw damaged();
  };
  /** @param {number} length */
  const take = (length) => {
    if (at + length > bytes.length) throw damaged();
    return bytes.subarray(at, (at += length));
  };
  return { next, take };
}

/** @param {Uint8Array} bytes */
const textOf = (bytes) => new TextDecoder("utf-8", { fatal: true }).decode(bytes);

/** Adds a code to a key: `<` takes the last character away first. @param {string} key @param {string} code */
const formOf = (key, code) => (code.startsWith("<") ? key.replace(/.$/su, "") + code.slice(1) : key + code);

/** @param {Uint8Array} bytes @param {number} pageBound @returns {Terms} */
function decodeTerms(bytes, pageBound) {
  const { next, take } = numbersOf(bytes);
  const keys = textOf(take(next())).split("\n");
  const forms = keys.map((line, at) => {
    if (line.startsWith("\u0001")) return [];
    const [key, ...codes] = line.split(" ");
    keys[at] = key;
    return codes.length ? codes.map((code) => formOf(key, code)) : [key];
  });
  // Every number takes a byte at least, so that no sum can be above their count.
  const sums = (/** @type {number} */ length, /** @type {(at: number) => number} */ size) => {
    const all = new Uint32Array(length + 1);
    for (let at = 0, sum = 0; at < length; at += 1) {
      all[at + 1] = sum += size(at);
      if (sum > bytes.length) throw damaged();
    }
    return all;
  };
  const gaps = (/** @type {Uint32Array} */ starts, /** @type {number} */ bound) => {
    const all = new Uint32Array(starts[starts.length - 1]);
    for (let list = 0, at = 0; list + 1 < starts.length; list += 1) {
      for (let value = -1; at < starts[list + 1]; at += 1) {
        all[at] = value += next() + 1;
        if (value >= bound) throw damaged();
      }
    }
    return all;
  };
  const from = sums(keys.length, next);
  const masks = Uint32Array.from(keys, next);
  const pages = gaps(from, pageBound);
  const titles = new Uint8Array(pages.length);
  const places = sums(pages.length, (entry) => {
    const head = next();
    titles[entry] = head % 2;
    return Math.floor(head / 2);
  });
  titles.forEach((has, entry) => (titles[entry] = has && take(1)[0]));
  const sections = gaps(places, BOUND);
  const bound = sections.reduce((most, section) => (section < most ? most : section + 1), 0);
  return { keys, forms, masks, from, pages, titles, places, sections, impacts: take(sections.length), bound };
}

/**
 * One state of an index. What is not here yet is noted in `missing`; who asked for it has it loaded and asks again.
 * @param {string} base the address of the site @param {Load} load @param {boolean} fresh
 */
async function openIndex(base, load, fresh) {
  /** @type {(name: string, fresh?: boolean) => Promise<Uint8Array>} */
  const read = async (name, fresh = false) => {
    let bytes;
    try {
      bytes = await load(`${base}search/${name}.js`, fresh);
    } catch (error) {
      throw error instanceof SearchError ? error : new SearchError("unreachable", `a file of the search index cannot be loaded: search/${name}.js`);
    }
    return inflate(bytes).catch(() => {
      throw damaged();
    });
  };
  /** @type {Root} */
  const root = JSON.parse(textOf(await read("root", fresh)));
  if (root.format !== 1) throw new SearchError("version", "the search index is of another version");
  if (!(root.pages <= BOUND)) throw damaged();

  const weights = new Float64Array(root.pages).fill(100);
  for (const [weight, gaps] of Object.entries(root.weights)) for (const page of fromGaps(gaps)) weights[page] = Number(weight);
  const { per, names: folders } = root.texts;
  const firstPages = fromGaps(root.texts.starts);

  /** @type {Map<string, unknown>} */
  const shards = new Map();
  /** @type {Map<string, Promise<void>>} */
  const loading = new Map();
  let size = 0;

  /** @param {keyof Shards} kind @param {Uint8Array} bytes */
  const decode = (kind, bytes) => (kind === "t" ? decodeTerms(bytes, root.pages) : kind === "p" ? bytes : JSON.parse(textOf(bytes)));

  /** @template {keyof Shards} Kind @param {Kind} kind @param {string} names @param {number} [at] @param {string} [file] @returns {Shards[Kind] | undefined} */
  function shard(kind, names, at = 0, file = "") {
    const name = `${kind}/${names.slice(at * 5, at * 5 + 5)}${file}`;
    const found = shards.get(name);
    if (found) return /** @type {Shards[Kind]} */ (found);
    index.missing.set(name, () => {
      const promise =
        loading.get(name) ??
        read(name)
          .then((bytes) => {
            shards.set(name, decode(kind, bytes));
            size += bytes.length;
          })
          .finally(() => loading.delete(name));
      loading.set(name, promise);
      return promise;
    });
  }

  const index = {
    root,
    weights,
    /** What a run looked for in vain, by the names of the files; each can be loaded. @type {Map<string, () => Promise<void>>} */
    missing: new Map(),
    shard,
    /** The number of the term shard where a text belongs by its order. @param {string} text */
    place: (text) => lastBegun(root.terms.starts, (start) => order(start, text) <= 0),
    /** The number of the term shard that has a form. @param {string} form */
    route: (form) => own(root.aliases, form) ?? index.place(form),
    /** @param {number} at */
    terms: (at) => shard("t", root.terms.names, at),
    /** The part of a page with a section's text. @param {number} page @param {number} section */
    texts(page, section) {
      const at = lastBegun(firstPages, (first) => first <= page);
      return shard("d", folders, at, `/${page - firstPages[at]}-${per[page] && Math.floor(section / per[page])}`);
    },
    /** Forms by their ends and length, each with the number of its pages. @param {string} key */
    typos: (key) => (root.typos.names ? shard("v", root.typos.names, lastBegun(root.typos.starts, (start) => order(start, key) <= 0)) : {}),
    /** @param {string} field */
    facets: (field) => shard("f", root.facets[field]),
    /** The positions of a term shard. @param {number} at */
    positions(at) {
      const names = shard("n", root.positions);
      return names && shard("p", names, at);
    },
    /** Forgets the shards when they are many; the browser still has their files. */
    tidy() {
      if (size > KEPT) shards.clear();
      if (!shards.size) size = 0;
    },
  };
  return index;
}

/** @typedef {Awaited<ReturnType<typeof openIndex>>} SearchIndex */

/** Numbers in their order, written as what lies between them. @param {number[]} gaps */
const fromGaps = (gaps) => {
  let last = -1;
  return gaps.map((gap) => (last += gap + 1));
};
