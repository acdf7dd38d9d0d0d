// @ts-check
// Writes a small search index as the exporter does, and loads the engine: for tests of the engine alone.
import { readFileSync, readdirSync } from "node:fs";
import { deflateRawSync, inflateRawSync } from "node:zlib";
import { runInThisContext } from "node:vm";
import { root } from "./helpers.mjs";

/** @typedef {{heading?: string, anchor?: string, text: string}} Section */
/** @typedef {{path: string, title: string, sections: Section[], kind?: string, status?: string, date?: string, tags?: string[], people?: string[], id?: string, scope?: string, weight?: number, names?: string[]}} Page */
/** @typedef {(form: string) => string} KeyOf */

const assets = `${root}/themes/default/assets`;

/** The parts of a folder, joined as the build joins them. @param {string} folder @param {string} shared names to publish too */
function scriptOf(folder, shared) {
  const names = readdirSync(`${assets}/${folder}`).filter((name) => name.endsWith(".js")).sort();
  const parts = names.map((name) => readFileSync(`${assets}/${folder}/${name}`, "utf8"));
  return `(() => { "use strict";\n${parts.join("\n")}\nObject.assign(globalThis.precedentParts, { ${shared} });\n})()`;
}

/** Loads the engine; returns what its parts share, and what they publish. */
export function engine() {
  /** @type {any} */ (globalThis).precedentParts = {};
  runInThisContext(scriptOf("engine", "tokensOf, parse, order, openIndex"), { filename: "engine.js" });
  runInThisContext(scriptOf("engine-more", "namesOf, distance"), { filename: "engine-more.js" });
  return /** @type {any} */ ({ .../** @type {any} */ (globalThis).precedentParts, ...globalThis.precedentSearch });
}

/** Loads the module for other pages; what it imports, the engine, is already there. */
export async function module() {
  engine();
  const text = readFileSync(`${root}/src/render/search.mjs`, "utf8").replace('import "./engine.js";', "");
  return import(`data:text/javascript,${encodeURIComponent(text)}`);
}

/** @param {number} value */
export function varint(value) {
  const bytes = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) | 128);
  return [...bytes, value];
}

/** @param {number[]} list @param {number} [before] */
export const gaps = (list, before = -1) => list.map((value) => ([value, before] = [value - before - 1, value])[0]);

/** Makes a piece of a pack: escaped, and filled up to whole blocks of 64 bytes. @param {Uint8Array | string} content */
export function piece(content) {
  const bytes = [];
  for (const byte of deflateRawSync(content)) {
    if (byte === 34 || byte === 92) bytes.push(92, byte);
    else if (byte === 10) bytes.push(92, 110);
    else if (byte === 13) bytes.push(92, 114);
    else bytes.push(byte);
  }
  const filling = 64 - (bytes.length % 64);
  return Uint8Array.from([...bytes, ...Array(filling - 1).fill(93), 93 + filling]);
}

/** Puts pieces together with what makes a script of them. @param {...Uint8Array} pieces */
export const pack = (...pieces) => Buffer.concat([Buffer.from('precedentData("'), ...pieces, Buffer.from('")')]);

/** How many blocks a piece has. @param {Uint8Array} piece */
const blocksOf = (piece) => piece.length / 64;

/** The letters that tell how long pieces are. @param {Uint8Array[]} pieces */
const sizesOf = (pieces) => String.fromCharCode(...pieces.map((piece) => 57 + blocksOf(piece)));

/** The content of the first piece of a file, or of all as the one piece of it. @param {Uint8Array} file @param {number} [end] */
export function contentOf(file, end = file.length - 2) {
  const mine = file.subarray(15, end);
  const stream = [];
  for (let at = 0; at < mine.length - (mine[mine.length - 1] - 93); at += 1) {
    const escaped = mine[at] === 92 ? mine[(at += 1)] : 0;
    stream.push(escaped === 110 ? 10 : escaped === 114 ? 13 : mine[at]);
  }
  return inflateRawSync(Uint8Array.from(stream));
}

/**
 * Writes an index: returns its files by name. Impacts are made up: occurrences, at most 31.
 * @param {Page[]} pages in the order of their paths
 * @param {{cuts?: string[], keyOf?: KeyOf, endings?: string[], possible?: Record<string, number[]>, often?: number, stopWords?: string, joins?: boolean, synonyms?: {text: string, words: string[], keys: string[]}[][]}} [options] `cuts`: where term shards
 * begin; a group on more than `often` pages has a shard of its own
 */
export function index(pages, { cuts = [], keyOf = (form) => form, endings = [], possible = {}, often = Infinity, stopWords = "", joins = false, synonyms = [] } = {}) {
  const { tokensOf, order } = engine();
  const bitsOf = (/** @type {string} */ key) => (Object.hasOwn(possible, key) ? possible[key] : []);
  /** @typedef {Map<number, Map<number, number[]>>} Places positions by page and place */
  /** @type {Map<string, {forms: Set<string>, places: Places}>} */
  const groups = new Map();
  /** @param {string} key */
  const group = (key) => groups.get(key) ?? groups.set(key, { forms: new Set(), places: new Map() }).get(key);
  pages.forEach((page, number) => {
    const add = (/** @type {string} */ text, /** @type {number} */ place, /** @type {number} */ begin) => {
      let end = begin;
      for (const token of tokensOf(text)) {
        const { forms, places } = /** @type {any} */ (group(keyOf(token.text)));
        forms.add(token.text);
        if (!places.has(number)) places.set(number, new Map());
        if (!places.get(number).has(place)) places.get(number).set(place, []);
        places.get(number).get(place).push(begin + token.position);
        end = begin + token.position + 1;
      }
      return end + 1;
    };
    add(page.title, 0, 0);
    page.sections.forEach(({ heading = "", text }, section) => add(text, section + 1, add(heading, section + 1, 0)));
    for (const name of page.names ?? []) group(`\u0001${name}`)?.places.set(number, new Map());
  });

  /** How many words a title or heading has. @param {number} page @param {number} place */
  const wordsOf = (page, place) => (tokensOf(place ? (pages[page].sections[place - 1].heading ?? "") : pages[page].title).at(-1)?.position ?? -1) + 1;
  /** The impacts in sections, in their order, each with how many words the heading has that has the group. @param {Places} places */
  const inHeadings = (places) =>
    [...places].sort((a, b) => a[0] - b[0]).flatMap(([page, places]) =>
      [...places].sort((a, b) => a[0] - b[0]).filter(([place]) => place).map(([place, positions]) => {
        const words = wordsOf(page, place);
        return [Math.min(31, 10 + positions.length), positions.some((position) => position < words) ? words : 0];
      }));

  const sizeOf = (/** @type {string} */ key) => Number(groups.get(key)?.places.size);
  const isFrequent = (/** @type {string} */ key) => sizeOf(key) > often && !key.startsWith("\u0001");
  const frequent = [...groups.keys()].filter(isFrequent).sort((a, b) => sizeOf(b) - sizeOf(a) || order(a, b));
  const keys = [...groups.keys()].filter((key) => !isFrequent(key)).sort(order);
  const starts = keys.length ? ["", ...cuts] : [];
  /** Each start as how much of the one before it has, and the rest. */
  const written = starts.map((start, at) => {
    let shared = 0;
    while (at && start[shared] && start[shared] === starts[at - 1][shared]) shared += 1;
    return String.fromCharCode(65 + shared) + start.slice(shared);
  });
  const shardOf = (/** @type {string} */ text) => starts.filter((start) => order(start, text) <= 0).length - 1;
  /** @type {Record<string, Uint8Array>} */
  const files = {};
  let names = 0;
  /** Adds a pack to a list. @param {string} kind @param {{names: string, sizes: string[]}} list @param {Uint8Array[]} pieces @param {string} [sizes] */
  const file = (kind, list, pieces, sizes = sizesOf(pieces)) => {
    const name = String((names += 1)).padStart(5, "0");
    files[`${kind}/${name}`] = pack(...pieces);
    list.names += name;
    list.sizes.push(sizes);
    return name;
  };
  const terms = { starts: written.join(""), names: "", sizes: /** @type {string[]} */ ([]) };
  /** Two shards share a pack. @type {{words: Uint8Array[], further: Uint8Array[]}} */
  let open = { words: [], further: [] };
  const close = () => {
    if (!open.words.length) return;
    files[`p/${file("t", terms, open.words)}`] = pack(...open.further);
    open = { words: [], further: [] };
  };
  const maskOf = (/** @type {string} */ key) => bitsOf(key).reduce((mask, bit) => mask | (1 << bit), 0);
  const lineOf = (/** @type {string} */ key) => {
    const forms = [.../** @type {any} */ (groups.get(key)).forms].sort(order);
    const codes = forms.map((form) => (form.startsWith(key) ? form.slice(key.length) : `<${form.slice(key.length - 1)}`));
    return codes.length === 0 || (codes.length === 1 && codes[0] === "") ? key : [key, ...codes].join(" ");
  };
  /** The forms that a group has or might have. @param {string} key */
  const formsOf = (key) => [.../** @type {any} */ (groups.get(key)).forms, ...bitsOf(key).map((bit) => (endings[bit].startsWith("<") ? key.slice(0, -1) + endings[bit].slice(1) : key + endings[bit]))];
  // A group is in each shard that one of its forms belongs to.
  const isIn = (/** @type {string} */ key, /** @type {number} */ shard) => [key, ...formsOf(key)].some((form) => shardOf(form) === shard);
  for (const sharing of [...starts.map((_, shard) => keys.filter((key) => isIn(key, shard))), ...frequent.map((key) => [key])]) {
    const mine = sharing.map((key) => ({ key, .../** @type {{forms: Set<string>, places: Places}} */ (groups.get(key)) }));
    const lines = sharing.map(lineOf);
    const text = Buffer.from(lines.join("\n"));
    const entries = mine.flatMap(({ places }) => [...places].sort((a, b) => a[0] - b[0]).map(([, places]) => [...places].sort((a, b) => a[0] - b[0])));
    const sections = entries.map((places) => places.filter(([place]) => place > 0));
    const bytes = [
      ...varint(text.length), ...text,
      ...mine.flatMap(({ places }) => varint(places.size)),
      ...sharing.flatMap((key) => varint(maskOf(key))),
      ...mine.flatMap(({ places }) => gaps([...places.keys()].sort((a, b) => a - b)).flatMap(varint)),
      ...entries.flatMap((places, at) => varint(sections[at].length * 2 + Number(places[0]?.[0] === 0))),
      ...entries.flatMap((places) => (places[0]?.[0] === 0 ? [Math.min(47, 30 + places[0][1].length)] : [])),
      ...mine.flatMap(({ places }) => [...places].sort((a, b) => a[0] - b[0]).flatMap(([page, places]) => (places.has(0) ? [wordsOf(page, 0)] : []))),
      ...sections.flatMap((places) => gaps(places.map(([place]) => place - 1)).flatMap(varint)),
      ...mine.flatMap(({ places }) => inHeadings(places).map(([impact, words]) => impact + (words && 64))),
      ...mine.flatMap(({ places }) => inHeadings(places).flatMap(([, words]) => words || [])),
    ];
    const lists = entries.flatMap((places) => places.map(([, positions]) => positions));
    const further = [];
    for (let block = 0; block * 2048 < lists.length; block += 1) {
      const mine = lists.slice(block * 2048, block * 2048 + 2048);
      further.push(piece(Uint8Array.from([...varint(mine.length), ...mine.flatMap((list) => varint(list.length)), ...mine.flatMap((list) => gaps(list).flatMap(varint))])));
    }
    const begin = open.further.reduce((sum, piece) => sum + blocksOf(piece), 0);
    open.words.push(piece(Uint8Array.from([...bytes, ...varint(begin), ...varint(further.length), ...further.flatMap((piece) => varint(blocksOf(piece)))])));
    open.further.push(...further);
    if (open.words.length === 2) close();
  }
  close();

  /** @type {Map<string, Set<number>>} */
  const prefixes = new Map();
  /** @type {Record<string, (string | number)[]>} */
  const typos = {};
  for (const key of [...keys, ...frequent]) {
    const { forms, places } = /** @type {{forms: Set<string>, places: Places}} */ (groups.get(key));
    for (const form of forms) {
      const letters = [...form];
      const shard = shardOf(form);
      if (!isFrequent(key)) letters.forEach((_, at) => {
        const prefix = letters.slice(0, at + 1).join("");
        prefixes.set(prefix, (prefixes.get(prefix) ?? new Set()).add(shard));
      });
      if (!/^\p{Alphabetic}{3,40}$/u.test(form) || /\p{sc=Han}|\p{sc=Hira}/u.test(form)) continue;
      for (const ends of [`>${letters.slice(0, 2).join("")}`, `<${letters.slice(-2).join("")}`]) (typos[ends + String.fromCharCode(64 + letters.length)] ??= []).push(form, places.size);
    }
  }
  const beginnings = [...new Set(starts.flatMap((start) => [...start].map((_, at) => [...start].slice(0, at + 1).join(""))))];
  const begins = beginnings.map((prefix) => {
    const shards = [...(prefixes.get(prefix) ?? [])].sort((a, b) => a - b);
    if (shards.length < 2 && shards[0] === shardOf(prefix)) return "";
    return String.fromCharCode(...gaps(shards, shardOf(prefix) - 1).map((gap) => 57 + gap));
  }).join(" ");

  const texts = { names: "", sizes: /** @type {string[]} */ ([]) };
  const pieces = pages.map((page, number) => {
    // Two sections share a piece.
    const pieces = [];
    for (let first = 0; first < Math.max(1, page.sections.length); first += 2) {
      const sections = page.sections.slice(first, first + 2).map(({ heading = "", anchor = "", text }, at) => [heading, anchor, first + at + 1, text]);
      const parts = [number, first, page.title, page.path.replace(/\.md$/, ".html"), page.path, ["Top"], page.kind ?? "page", page.status ?? null, page.date ?? null, page.tags ?? [], page.id ?? null, page.scope ?? "", sections];
      pieces.push(piece(JSON.stringify(parts)));
    }
    return pieces;
  });
  // Two pages share a pack.
  for (let at = 0; at < pages.length; at += 2) {
    const mine = pieces.slice(at, at + 2);
    file("d", texts, mine.flat(), mine.map((pieces, page) => (pages[at + page].sections.length > 2 ? "2" : "0") + sizesOf(pieces)).join(""));
  }

  /** @type {any} */
  const facets = Object.fromEntries(["kind", "status", "tag", "person", "scope"].map((field) => [field, { pages: {}, labels: [] }]));
  const days = pages.map(({ date }) => Number(date?.replaceAll("-", "") ?? 0));
  pages.forEach((page, number) => {
    const put = (/** @type {string} */ facet, /** @type {string | undefined} */ value) => {
      if (!value) return;
      (facets[facet].pages[value.toLowerCase()] ??= []).push(number);
      const label = facets[facet].labels.find((/** @type {[string, number]} */ [label]) => label === value);
      if (label) label[1] += 1;
      else facets[facet].labels.push([value, 1]);
    };
    put("kind", page.kind ?? "page");
    put("status", page.status);
    page.tags?.forEach((tag) => put("tag", tag));
    page.people?.forEach((person) => put("person", person));
    put("scope", page.scope);
  });
  for (const { pages } of Object.values(facets)) for (const value of Object.keys(pages)) pages[value] = gaps(pages[value]);
  facets.day = { days };

  const weights = /** @type {Record<string, number[]>} */ ({});
  pages.forEach(({ weight }, number) => weight && (weights[weight] ??= []).push(number));
  for (const weight of Object.keys(weights)) weights[weight] = gaps(weights[weight]);
  const typoKeys = Object.keys(typos).sort(order);
  const half = typoKeys[typoKeys.length >> 1];
  const halves = typoKeys.length > 1 ? ["", half] : typoKeys.slice(0, 1);
  const typoList = { starts: halves, names: "", sizes: [] };
  halves.forEach((start, at) => {
    const mine = typoKeys.filter((key) => order(start, key) <= 0 && (at === halves.length - 1 || order(key, halves[at + 1]) < 0));
    file("v", typoList, [piece(JSON.stringify(Object.fromEntries(mine.map((key) => [key, typos[key]]))))]);
  });
  const facetList = { names: "", sizes: [] };
  file("f", facetList, [...Object.values(facets), typoList].map((column) => piece(JSON.stringify(column))));
  files.root = pack(piece(JSON.stringify({
    format: 5, title: "Site", language: "en", pages: pages.length, weights, endings, stop_words: stopWords, joins, synonyms, successors: {}, begins, terms, texts,
    facets: facetList, frequent: frequent.map((key) => [lineOf(key), maskOf(key)]),
  })));
  return files;
}

/**
 * A `load` which reads an index in memory and notes what is read.
 * @param {Record<string, Uint8Array>} files
 */
export function loader(files) {
  /** @type {string[]} */
  const asked = [];
  const load = async (/** @type {string} */ url, begin = 0, end = Infinity) => {
    const name = /search\/(.*)\.js$/.exec(url)?.[1] ?? "";
    asked.push(`${name} ${begin}`);
    if (!Object.hasOwn(files, name)) throw new Error("not there");
    return files[name].subarray(begin, end);
  };
  return { load, asked };
}
