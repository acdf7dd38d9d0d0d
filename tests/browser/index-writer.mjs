// @ts-check
// Writes a small search index as the exporter does, and loads the engine: for tests of the engine alone.
import { readFileSync, readdirSync } from "node:fs";
import { deflateRawSync } from "node:zlib";
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

/** Puts a file together with what makes a script of it. @param {Uint8Array | string} content */
export function envelope(content) {
  const bytes = [];
  for (const byte of deflateRawSync(content)) {
    if (byte === 34 || byte === 92) bytes.push(92, byte);
    else if (byte === 10) bytes.push(92, 110);
    else if (byte === 13) bytes.push(92, 114);
    else bytes.push(byte);
  }
  return Buffer.concat([Buffer.from('precedentData("'), Buffer.from(bytes), Buffer.from('")')]);
}

/**
 * Writes an index: returns its files by name. Impacts are made up: occurrences, at most 31.
 * @param {Page[]} pages in the order of their paths
 * @param {{cuts?: string[], keyOf?: KeyOf, endings?: string[], possible?: Record<string, number[]>, often?: number, stopWords?: string, joins?: boolean, synonyms?: {text: string, words: string[]}[][]}} [options] `cuts`: where term shards
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

  const sizeOf = (/** @type {string} */ key) => Number(groups.get(key)?.places.size);
  const isFrequent = (/** @type {string} */ key) => sizeOf(key) > often && !key.startsWith("\u0001");
  const frequent = [...groups.keys()].filter(isFrequent).sort((a, b) => sizeOf(b) - sizeOf(a) || order(a, b));
  const keys = [...groups.keys()].filter((key) => !isFrequent(key)).sort(order);
  const starts = keys.length ? ["", ...cuts] : [];
  const shardOf = (/** @type {string} */ text) => starts.filter((start) => order(start, text) <= 0).length - 1;
  /** @type {Record<string, Uint8Array>} */
  const files = {};
  let names = 0;
  const file = (/** @type {string} */ kind, /** @type {Uint8Array | string} */ content) => {
    const name = String((names += 1)).padStart(5, "0");
    files[`${kind}/${name}`] = envelope(content);
    return name;
  };
  const termNames = [];
  const maskOf = (/** @type {string} */ key) => bitsOf(key).reduce((mask, bit) => mask | (1 << bit), 0);
  const lineOf = (/** @type {string} */ key) => {
    const forms = [.../** @type {any} */ (groups.get(key)).forms].sort(order);
    const codes = forms.map((form) => (form.startsWith(key) ? form.slice(key.length) : `<${form.slice(key.length - 1)}`));
    return codes.length === 0 || (codes.length === 1 && codes[0] === "") ? key : [key, ...codes].join(" ");
  };
  for (const sharing of [...starts.map((_, shard) => keys.filter((key) => shardOf(key) === shard)), ...frequent.map((key) => [key])]) {
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
      ...sections.flatMap((places) => gaps(places.map(([place]) => place - 1)).flatMap(varint)),
      ...sections.flatMap((places) => places.map(([, positions]) => Math.min(31, 10 + positions.length))),
    ];
    termNames.push(file("t", Uint8Array.from(bytes)));
    const lists = entries.flatMap((places) => places.map(([, positions]) => positions));
    for (let block = 0; block * 2048 < lists.length; block += 1) {
      const mine = lists.slice(block * 2048, block * 2048 + 2048);
      const bytes = [...varint(mine.length), ...mine.flatMap((list) => varint(list.length)), ...mine.flatMap((list) => gaps(list).flatMap(varint))];
      files[`p/${termNames.at(-1)}/${block}`] = envelope(Uint8Array.from(bytes));
    }
  }

  /** @type {Map<string, Set<number>>} */
  const prefixes = new Map();
  /** @type {Record<string, number>} */
  const aliases = {};
  /** @type {Record<string, (string | number)[]>} */
  const typos = {};
  for (const key of [...keys, ...frequent]) {
    const { forms, places } = /** @type {{forms: Set<string>, places: Places}} */ (groups.get(key));
    const shard = shardOf(key);
    for (const form of forms) {
      const letters = [...form];
      if (!isFrequent(key) && shardOf(form) !== shard) aliases[form] = shard;
      if (!isFrequent(key)) letters.forEach((_, at) => {
        const prefix = letters.slice(0, at + 1).join("");
        prefixes.set(prefix, (prefixes.get(prefix) ?? new Set()).add(shard));
      });
      if (!/^\p{Alphabetic}{3,40}$/u.test(form) || /\p{sc=Han}|\p{sc=Hira}/u.test(form)) continue;
      for (const ends of [`>${letters.slice(0, 2).join("")}`, `<${letters.slice(-2).join("")}`]) (typos[ends + String.fromCharCode(64 + letters.length)] ??= []).push(form, places.size);
    }
    for (const bit of bitsOf(key)) {
      const form = endings[bit].startsWith("<") ? key.slice(0, -1) + endings[bit].slice(1) : key + endings[bit];
      if (!isFrequent(key) && shardOf(form) !== shard) aliases[form] = shard;
    }
  }
  /** @type {Record<string, number[]>} */
  const begins = {};
  for (const [prefix, shards] of prefixes) {
    const only = shards.size === 1 ? [...shards][0] : -1;
    if (only !== shardOf(prefix)) begins[prefix] = [...shards].sort((a, b) => a - b);
  }

  const texts = { starts: /** @type {number[]} */ ([]), names: "", per: pages.map(({ sections }) => (sections.length > 2 ? 2 : 0)) };
  pages.forEach((page, number) => {
    // Two pages share a folder, two sections a file.
    const place = number % 2;
    if (place === 0) {
      texts.starts.push(number);
      texts.names += String((names += 1)).padStart(5, "0");
    }
    for (let first = 0; first < Math.max(1, page.sections.length); first += 2) {
      const sections = page.sections.slice(first, first + 2).map(({ heading = "", anchor = "", text }, at) => [heading, anchor, first + at + 1, text]);
      const piece = [number, first, page.title, page.path.replace(/\.md$/, ".html"), page.path, ["Top"], page.kind ?? "page", page.status ?? null, page.date ?? null, page.tags ?? [], page.id ?? null, page.scope ?? "", sections];
      files[`d/${texts.names.slice(-5)}/${place}-${first / 2}`] = envelope(JSON.stringify(piece));
    }
  });
  texts.starts = gaps(texts.starts);

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
  const typoNames = halves.map((start, at) => {
    const mine = typoKeys.filter((key) => order(start, key) <= 0 && (at === halves.length - 1 || order(key, halves[at + 1]) < 0));
    return file("v", JSON.stringify(Object.fromEntries(mine.map((key) => [key, typos[key]]))));
  });
  files.root = envelope(JSON.stringify({
    format: 4, title: "Site", language: "en", pages: pages.length, weights, endings, stop_words: stopWords, joins, synonyms, successors: {}, aliases, begins, texts,
    terms: { starts, names: termNames.join("") },
    typos: { starts: halves, names: typoNames.join("") },
    frequent: frequent.map((key) => [lineOf(key), maskOf(key)]),
    facets: Object.fromEntries(Object.entries(facets).map(([field, column]) => [field, file("f", JSON.stringify(column))])),
  }));
  return files;
}

/**
 * A `load` which reads an index in memory and notes what is read.
 * @param {Record<string, Uint8Array>} files
 */
export function loader(files) {
  /** @type {string[]} */
  const asked = [];
  const load = async (/** @type {string} */ url) => {
    const name = /search\/(.*)\.js$/.exec(url)?.[1] ?? "";
    asked.push(name);
    if (!Object.hasOwn(files, name)) throw new Error("not there");
    const file = files[name];
    const bytes = [];
    for (let at = 15; at < file.length - 2; at += 1) {
      const [byte, next] = [file[at], file[at + 1]];
      if (byte !== 92) bytes.push(byte);
      else bytes.push(next === 110 ? 10 : next === 114 ? 13 : next), (at += 1);
    }
    return Uint8Array.from(bytes);
  };
  return { load, asked };
}
