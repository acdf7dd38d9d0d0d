// @ts-check
// One ranking everywhere: the engine of the built site and the program give the same results in the same order with the
// same scores and excerpts, for thousands of queries made of the words of a book. PARITY names a folder to try instead of our own.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { book, build, onPage, root, serve } from "./helpers.mjs";
import { host } from "./host.mjs";
import { contentOf, engine } from "./index-writer.mjs";

/** @typedef {{path: string, heading: string, score: number, excerpt: {text: string, marked: boolean}[]}} Found */
/** @typedef {{results: Found[], unknown: string[], corrected: [string, string][], synonyms: [string, string][]}} Answer */

/** Words in scripts and shapes that prose in English does not have. */
const SCRIPTS = {
  "book.toml": '[book]\ntitle = "Scripts"\n',
  "decisions/0001-one.md": "---\nstatus: superseded\ntags: [Sécurité, two words]\ndeciders: [María Ortiz, '@ben']\ndate: 2024-02-03\n---\n# 缓存策略\n\n## Контекст\n\nМы храним сессии в памяти. 東京都に住んでいます。한국어 데이터베이스.\n",
  "decisions/0002-two.md": "---\nstatus: accepted\ndate: 2025-03-04\nsearch: 2\n---\n# append_event and LlmAgent\n\n## C++ and .NET\n\n`google.adk.agents` takes `--dry-run` since v1.2; E0308 is C#. 缓存 Redis 缓存. café naïve Straße.\n\n## Kept out {.no-search}\n\nsecret canary\n",
  "decisions/0003-three.md": "---\nsearch: false\n---\n# Hidden canary\n",
  "guidelines/keys.md": `# Keys and values\n\n## Names\n\n${"A key names what it holds. ".repeat(60)}The time to live is short, a cache is not.\n\n## 𠮷野家 ❤️\n\nthe live time to cache, caches, cached, caching\n`,
};

/** A language that makes new words of others, names for the same, and a record that another has replaced. */
const GERMAN = {
  "book.toml": '[book]\ntitle = "Deutsch"\nlanguage = "de"\n[search.synonyms]\nk8s = "Kubernetes"\nPR = ["Pull Request", "Merge-Request"]\n',
  "decisions/0001-alt.md": "---\nstatus: superseded\nsuperseded-by: 0002-neu\n---\n# Qualitätsprüfung vor dem Zusammenführen\n\nEine Prüfung der Qualität. Kubernetes läuft in Straßburg.\n\n- erster Punkt\n- zweiter Punkt mit `code_name`\n\n```rust\nlet prüfung = 1;\n```\n",
  "decisions/0002-neu.md": "---\nstatus: accepted\nsupersedes: 0001-alt\n---\n# Prüfung nach dem Zusammenführen\n\nDie Datenbank und die Datenbankverbindung sind groß, 1,500 Sitzungen, RFC 9457. Die Übergabe-Notiz heißt Übergabe. Wir stellen einen Pull Request. Handy-Nummern sind tabu.\n",
  "glossary.md": "---\nglossary: true\n---\n# Glossar\n\nADR\nArchitekturentscheidung\n: Was wir entschieden haben und warum.\n\nSmørrebrød\n: Ein Brot.\n",
  "guidelines/regeln.md": `# Regeln\n\nWie wir arbeiten, und warum wir das so tun. ${"Große Dateien werden nicht geprüft, weil das zu lange dauert; ".repeat(9)}Die Architekturentscheidung steht im ADR.\n\n| a | b |\n|---|---|\n| Prüfungen | Übergaben |\n`,
};

/** Reads the root of a built site's search. @param {string} site @returns {any} */
const readRoot = (site) => JSON.parse(contentOf(readFileSync(join(site, "search/root.js"))).toString());

/** Numbers that look random and are the same each time. @param {number} seed */
function random(seed) {
  let state = seed;
  return (/** @type {number} */ below) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

/** All Markdown below a folder. @param {string} folder @returns {string} */
function textBelow(folder) {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".md") && !name.includes("node_modules"));
  return files.sort().map((name) => readFileSync(join(folder, name), "utf8")).join("\n");
}

/** Queries of every kind, made of the words of a text. @param {string} text @param {number} count */
function queries(text, count) {
  const pick = random(20261125);
  const words = text.split(/[\s|()[\]{}<>"']+/u).filter((word) => word && word.length < 60);
  const one = () => words[pick(words.length)];
  const typo = (/** @type {string} */ word) => {
    const letters = [...word];
    const at = pick(letters.length + 1);
    const kinds = [() => letters.splice(at, 1), () => letters.splice(at, 0, "e"), () => letters.splice(at, 1, "a"), () => letters.splice(at, 2, ...letters.slice(at, at + 2).reverse())];
    kinds[pick(4)]();
    return letters.join("");
  };
  const cut = (/** @type {string} */ word) => [...word].slice(0, 1 + pick([...word].length)).join("");
  const run = () => words.slice(...((at) => [at, at + 2 + pick(3)])(pick(words.length))).join(" ");
  const titles = [...text.matchAll(/^# (.+)$/gmu)].map(([, title]) => title);
  const makers = [
    () => (titles.length ? `${titles[pick(titles.length)]} ` : one()), one, () => `${one()} ${one()}`, () => `${one()} ${one()} ${one()}`, () => `${one()} `, () => `${one()} ${cut(one())}`, () => cut(one()),
    () => `${typo(one())} `, () => `${typo(one())} ${one()} `, () => `"${run()}"`, () => `${one()} "${run()}"`, () => `${one()} -${one()}`,
    () => `${one()} -"${run()}"`, () => `${cut(one())}*`, () => `${one()} -${cut(one())}*`, () => `${one()} status:accepted`, () => `-status:accepted ${one()}`,
    () => `kind:guideline ${one()}`, () => `${one()} after:202${pick(7)}`, () => `before:202${pick(7)}-0${1 + pick(9)} ${one()}`, () => `${pick(40)}`, () => `ADR-${pick(40)}`,
    () => "status:superseded", () => `by:maria ${one()}`, () => `tag:"${one()}" ${one()}`, () => `-tag:security ${one()}`, run, () => run() + " ", () => one().toUpperCase(),
  ];
  return Array.from({ length: count }, (_, at) => makers[at % makers.length]());
}

/** @param {Answer} answer */
function told({ results, unknown, corrected, synonyms }) {
  const shown = (/** @type {Found} */ { excerpt }) => excerpt.map(({ text, marked }) => (marked ? `[${text}]` : text)).join("");
  return [JSON.stringify([unknown, corrected, synonyms]), ...results.map((found) => `${found.path} › ${found.heading}: ${found.score} ${shown(found)}`)];
}

/** Asks both and compares. @param {string} api @param {(query: string) => Promise<Answer>} ask @param {string[]} all */
async function compare(api, ask, all) {
  const wrong = [];
  let found = 0;
  for (const query of all) {
    const answer = await (await fetch(`${api}api/search?limit=10&q=${encodeURIComponent(query)}`)).json();
    const [expected, actual] = [told(answer), told(await ask(query))];
    found += Number(expected.length > 1);
    if (JSON.stringify(expected) !== JSON.stringify(actual)) wrong.push({ query, expected: expected.filter((line, at) => line !== actual[at]).slice(0, 4), actual: actual.filter((line, at) => line !== expected[at]).slice(0, 4) });
  }
  assert.deepEqual(wrong.slice(0, 5), [], `${wrong.length} of ${all.length} queries differ`);
  assert(found * 2 > all.length, `only ${found} of ${all.length} queries found anything`);
}

const { createSearch } = engine();

/** @param {string} site @param {string} text @param {string} api @param {number} count */
async function compareAll(site, text, api, count) {
  const search = createSearch(site);
  await compare(api, (query) => search.search(query, { limit: 10, typing: true }), queries(text, count));
}

test("a book of our own", async (t) => {
  const source = process.env.PARITY ?? root;
  const text = textBelow(process.env.PARITY ?? join(root, "docs-example"));
  const site = await host(t, build(t, source));
  const { url } = await serve(t, source, 0, ["--no-drafts"]);
  await t.test("in the language", () => compareAll(site, text, url, Number(process.env.QUERIES ?? 3000)));
  await t.test("in a browser", async () => {
    await onPage({}, async (page) => {
      await page.goto(site);
      const script = await page.evaluate(() => document.documentElement.dataset.search);
      await page.addScriptTag({ url: `${site}${script}` });
      const ask = (/** @type {string} */ query) =>
        page.evaluate(async ([base, query]) => {
          const state = /** @type {any} */ (globalThis);
          state.search ??= state.precedentSearch.createSearch(base);
          return state.search.search(query, { limit: 10, typing: true });
        }, [site, query]);
      await compare(url, ask, queries(text, 300));
    });
  });
});

test("scripts and signs", async (t) => {
  const source = book(t, SCRIPTS);
  const site = await host(t, build(t, source));
  const { url } = await serve(t, source);
  await compareAll(site, Object.values(SCRIPTS).join("\n"), url, 1500);
});

test("joined words, synonyms and successors", async (t) => {
  const source = book(t, GERMAN);
  const site = await host(t, build(t, source));
  const { url } = await serve(t, source);
  const asked = "pruefung groesse Strasse k8s PR prs pull request merge-request handynummer handy nummer uebergabe datenbank verbindung qualitätsprüfung adr architekturentscheidung wie wir das 1500 rfc9457 smorrebrod übergabenotiz ";
  await compareAll(site, asked.repeat(9) + Object.values(GERMAN).join("\n"), url, 1500);
});

test("words on hundreds and on thousands of pages", async (t) => {
  const words = textBelow(join(root, "docs-example")).replace(/[^\p{L}\p{N}.\-]+/gu, " ").split(" ");
  const pick = random(7);
  // Two words are on all of them: from 4,097 pages on, a word counts otherwise.
  const pages = Array.from({ length: 4150 }, () => ["the", "of", ...words.slice(...((at) => [at, at + 48])(pick(words.length - 48)))]);
  const files = pages.map((words, at) => [`p/${at}.md`, `# ${words.slice(0, 4).join(" ")}\n\n${words.slice(4, 25).join(" ")}\n\n## ${words[25]}\n\n${words.slice(26).join(" ")}\n`]);
  const source = book(t, { "book.toml": '[book]\ntitle = "Many"\n', ...Object.fromEntries(files) });
  const folder = build(t, source);
  const { frequent } = readRoot(folder);
  assert(frequent.length > 3, `${frequent.length} groups have a piece of their own`);
  const { url } = await serve(t, source);
  await compareAll(await host(t, folder), pages.flat().join(" "), url, 700);
});
