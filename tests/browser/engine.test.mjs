// @ts-check
// The search engine of the built site, without a browser: its words, its grammar, its ranking, and files that are damaged.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { test } from "node:test";
import { root } from "./helpers.mjs";
import { contentOf, engine, index, loader, module, piece } from "./index-writer.mjs";

/** @typedef {import("./index-writer.mjs").Page} Page */

const { tokensOf, namesOf, order, distance, createSearch, more, ...parts } = engine();
const parse = (/** @type {string} */ text) => parts.parse(text, () => more);

/** A page of one section. @param {string} path @param {string} title @param {string} text @param {Partial<Page>} [more] @returns {Page} */
const page = (path, title, text, more = {}) => ({ path, title, sections: [{ text }], ...more });

/** @param {Page[]} pages @param {Parameters<typeof index>[1]} [options] */
function searchOf(pages, options) {
  const { load, asked } = loader(index(pages, options));
  return { search: createSearch("https://example.org/docs/", { load }), asked };
}

/** The paths that a query finds. @param {any} search @param {string} query @param {object} [options] */
const paths = async (search, query, options) => (await search.search(query, options)).results.map((/** @type {any} */ result) => result.path.replace(".md", ""));

test("words are those of Rust", () => {
  const vectors = JSON.parse(readFileSync(`${root}/tests/data/tokens.json`, "utf8"));
  for (const { text, tokens } of vectors.texts) {
    const bytes = (/** @type {number} */ at) => Buffer.byteLength(text.slice(0, at));
    const found = tokensOf(text).map((/** @type {any} */ token) => [token.text, bytes(token.start), bytes(token.end), token.position, token.isPart]);
    assert.deepEqual(found, tokens, text);
  }
});

test("strings stand in the order of code points", () => {
  assert(order("a", "b") < 0 && order("a", "ab") < 0 && order("ab", "a") > 0 && order("a", "a") === 0);
  // U+FF66 is below U+1F600, whose first UTF-16 unit is less.
  assert(order("ｦ", "😀") < 0 && order("😀", "\u{1F601}") < 0 && order("一", "ｦ") < 0);
});

test("typos are counted", () => {
  for (const [one, other, expected] of /** @type {[string, string, number][]} */ ([["cache", "cahce", 1], ["cache", "cach", 1], ["kitten", "sitting", 3], ["ca", "abc", 3], ["", "ab", 2]])) {
    assert.equal(distance([...one], [...other]), expected, `${one} ${other}`);
  }
});

test("a query is taken apart", async (t) => {
  await t.test("into words, phrases, beginnings and filters", () => {
    const parsed = parse('cache "time to live" -redis status:Accepted tag:"two words" auth* E0308 std::vec -tag:old - --flag by:@Ben');
    assert.deepEqual(parsed.wanted.map((/** @type {any} */ { kind, text }) => `${kind} ${text}`), [
      "words cache", "phrase time to live", "prefix auth", "words E0308", "words std::vec", "words -", "words --flag",
    ]);
    assert.deepEqual(parsed.unwanted, [{ kind: "words", text: "redis" }]);
    const { wanted, unwanted } = parsed.filters;
    assert.deepEqual(wanted, { status: ["accepted"], tag: ["two words"], by: ["ben"] });
    assert.deepEqual(unwanted, { tag: ["old"] });
  });
  await t.test("days", () => {
    const days = (/** @type {string} */ text) => (({ filters: { from, until } = { from: 0, until: Infinity }, wanted }) => [from, until, wanted.length])(parse(text));
    assert.deepEqual(days("after:2025-01 before:2026"), [20250101, 20260101, 0]);
    assert.deepEqual(days("-after:2025-02-29"), [0, Infinity, 0], "no such day: an unwanted word");
    assert.deepEqual(days("-after:2024-02-29 before:2025"), [0, 20240229, 0]);
    assert.deepEqual(days("after:25 after:2025-13 before:never"), [0, Infinity, 3]);
  });
  await t.test("names of records", () => {
    const names = (/** @type {string} */ text) => namesOf(parse(text));
    assert.deepEqual(names("ADR-0012"), ["adr-0012", "12"]);
    assert.deepEqual(names("./packages/web/0012.md"), ["packages/web/0012", "packages/web/12"]);
    assert.deepEqual(names("adr 7"), ["adr 7", "7"]);
    assert.deepEqual(names("2024-01-16"), ["2024-01-16"]);
    assert.deepEqual([names("cache"), names("a 1 b"), names('"12"'), names("12 -x")], [[], [], [], []]);
  });
  await t.test("whatever it is", () => {
    for (const text of ["", '"', "-", ":", "a:", ":a", 'a:"', "*", '-"', "é:ü", '"""', 'a:"b', "constructor:x", "__proto__:y"]) parse(text);
    assert.deepEqual(parse('a:"b c').wanted, [{ kind: "words", text: "a:b c" }]);
    assert.equal(parse("x ".repeat(100)).wanted.length, 32);
  });
});

test("pages are ranked", async (t) => {
  const { search, asked } = searchOf([
    page("a", "Pricing", "The cache of prices is small. cache cache"),
    page("b", "Caching", "How we cache: a cache aside with a time to live."),
    page("c", "Cache", "Keys and values."),
    page("d", "Other", "A time of peace, to live and let live."),
    { path: "e", title: "Many", sections: [{ text: "nothing" }, { heading: "Live", anchor: "live", text: "long live" }, { heading: "Redis", anchor: "redis", text: "redis is a cache" }] },
  ], { cuts: ["c", "m"], keyOf: (form) => (/^cach(e|ing)$/.test(form) ? "cach" : form) });

  await t.test("a title first, and all forms of a word", async () => {
    assert.deepEqual(await paths(search, "cache"), ["b", "c", "a", "e"]);
    assert.deepEqual(await paths(search, "caching"), ["b", "c", "a", "e"], "the form that was typed counts more");
  });
  await t.test("a page that counts less after others", async () => {
    const { search } = searchOf([page("a", "Old", "cache", { weight: 70 }), page("b", "New", "cache"), page("c", "Best", "cache", { weight: 150 })]);
    const { results } = await search.search("cache");
    assert.deepEqual(results.map((/** @type {any} */ { path }) => path), ["c", "b", "a"]);
    const scores = results.map((/** @type {any} */ { score }) => score);
    assert(Math.abs(scores[2] / scores[1] - 0.7) < 0.02 && Math.abs(scores[0] / scores[1] - 1.5) < 0.02, String(scores));
  });
  await t.test("a whole title that counts less where it stands, unless another has superseded it", async () => {
    const found = async (/** @type {string} */ status) => {
      const { search } = searchOf([page("a", "Use Kafka", "We use Kafka.", { weight: 70, status }), page("b", "Use Kafka for events", "We use Kafka: use Kafka.")]);
      return [await paths(search, "use kafka"), await paths(search, "kafka")];
    };
    assert.deepEqual(await found("rejected"), [["a", "b"], ["b", "a"]]);
    assert.deepEqual(await found("superseded"), [["b", "a"], ["b", "a"]]);
  });
  await t.test("with the best section of a page", async () => {
    const [result] = (await search.search("redis")).results;
    assert.equal(result.url, "https://example.org/docs/e#redis");
    assert.deepEqual([result.heading, result.title, result.line], ["Redis", "Many", 3]);
    assert.deepEqual(result.excerpt, [{ text: "redis", marked: true }, { text: " is a cache", marked: false }]);
  });
  await t.test("with all words before with some", async () => {
    assert.deepEqual(await paths(search, "time live"), ["d", "b", "e"]);
    const { total, corrected } = await search.search("time live");
    assert.deepEqual([total, corrected], [3, []]);
  });
  await t.test("by phrases", async () => {
    assert.deepEqual(await paths(search, '"time to live"'), ["b"]);
    assert.deepEqual(await paths(search, '"to live"'), ["d", "b"]);
    assert.deepEqual(await paths(search, '"live to"'), []);
    assert.deepEqual(await paths(search, '"redis redis"'), [], "a heading and the text below it are no phrase");
    assert.deepEqual(await paths(search, '"absent word"'), []);
  });
  await t.test("without what is not wanted", async () => {
    assert.deepEqual(await paths(search, "cache -redis"), ["b", "c", "a"]);
    assert.deepEqual(await paths(search, 'live -"let live"'), ["e", "b"]);
    assert.deepEqual(await paths(search, "live -tim*"), ["e"]);
  });
  await t.test("by beginnings", async () => {
    assert.deepEqual(await paths(search, "pri*"), ["a"]);
    assert.deepEqual(await paths(search, "pri"), []);
    assert.deepEqual(await paths(search, "pri", { typing: true }), ["a"]);
    assert.deepEqual(await paths(search, "pri ", { typing: true }), []);
  });
  await t.test("in spite of typos", async () => {
    for (const query of ["redsi", "rdis", "reddis", "edis"]) {
      const { results, corrected } = await search.search(query);
      assert.deepEqual([results.map((/** @type {any} */ { path }) => path), corrected], [["e"], [[query, "redis"]]], query);
    }
    assert.deepEqual(await paths(search, "rexxs"), []);
  });
  await t.test("and every file is read once", () => assert.equal(new Set(asked).size, asked.length));
});

test("a first query takes two rounds, files of a round are loaded together", async () => {
  const files = index([page("a", "One", "alpha middle zebra"), page("b", "Two", "middle alpha")], { cuts: ["b", "n"] });
  const { load } = loader(files);
  /** @type {string[][]} */
  const rounds = [];
  let open = 0;
  const search = createSearch("https://example.org/", {
    load: async (/** @type {[string]} */ ...asked) => {
      if (open++ === 0) rounds.push([]);
      rounds[rounds.length - 1].push(/search\/(.)/.exec(asked[0])?.[1] ?? "");
      const bytes = await load(...asked);
      await new Promise((done) => setTimeout(done, 5));
      open -= 1;
      return bytes;
    },
  });
  await search.search("zebra alpha middle");
  assert.deepEqual(rounds.map((round) => round.join("")), ["r", "ttt", "dd"]);
});

test("texts wait for a pause of who types, and not of who pastes", async (t) => {
  const { search, asked } = searchOf([page("a", "One", "alpha"), page("b", "Two", "gamma"), page("c", "Three", "zebra")], { cuts: ["n"] });
  await search.ready();
  // No time passes but by the clock of this test.
  t.mock.timers.enable({ apis: ["setTimeout"] });
  assert.deepEqual(await paths(search, "alpha", { typing: true }), ["a"]);
  const before = asked.length;
  const answer = paths(search, "zebra", { typing: true });
  while (asked.length === before) await new Promise((done) => setImmediate(done));
  for (let turn = 0; turn < 100; turn += 1) await new Promise((done) => setImmediate(done));
  assert.deepEqual(asked.slice(before).map((name) => name[0]), ["t"]);
  let isAnswered = false;
  void answer.finally(() => (isAnswered = true));
  // The pause may begin after the first of these.
  while (!isAnswered) {
    t.mock.timers.tick(100);
    await new Promise((done) => setImmediate(done));
  }
  assert.deepEqual(await answer, ["c"]);
});

test("synonyms that nobody asks for load nothing", async () => {
  const pages = [page("a", "One", "alpha"), page("b", "Two", "middle"), page("c", "Three", "zebra")];
  const name = (/** @type {string} */ text) => ({ text, words: [text], keys: [text] });
  const asked = async (/** @type {string} */ query, /** @type {any} */ synonyms) => {
    const { search, asked } = searchOf(pages, { cuts: ["b", "n"], synonyms });
    const { results, synonyms: used } = await search.search(query);
    return { loaded: [...asked].sort(), used, paths: results.map((/** @type {any} */ { path }) => path) };
  };
  const synonyms = [[name("middle"), name("zebra")]];
  assert.deepEqual(await asked("alpha", synonyms), await asked("alpha", []));
  const { used, paths } = await asked("middle", synonyms);
  assert.deepEqual([used, paths], [[["middle", "zebra"]], ["b", "c"]]);
});

test("inflections that no page has are found by their endings", async () => {
  const options = { keyOf: (/** @type {string} */ form) => form.replace(/^citi(es)$/, "citi"), endings: ["es", "<y"], possible: { citi: [1] }, cuts: ["citj"] };
  const { search } = searchOf([page("a", "A", "cities stand")], options);
  assert.deepEqual(await paths(search, "city"), ["a"]);
  assert.deepEqual((await search.search("city")).corrected, []);
  assert.deepEqual(await paths(search, "cit*"), ["a"]);
  assert.deepEqual(await paths(search, "city*"), ["a"], "as the word itself");
});

test("filters, days and names", async (t) => {
  const { search } = searchOf([
    page("0001", "One", "cache", { kind: "decision", status: "accepted", date: "2024-05-01", tags: ["Two Words"], people: ["maria"], id: "0001-one", names: ["1", "0001-one"] }),
    page("0012", "Twelve", "cache", { kind: "decision", status: "superseded", date: "2025-01-02", weight: 70, names: ["12", "0012-twelve", "with space 3"], scope: "teams/payments" }),
    page("guide", "Guide", "cache 12", { kind: "guideline" }),
  ]);
  await t.test("leave pages out", async () => {
    assert.deepEqual(await paths(search, "cache status:accepted"), ["0001"]);
    assert.deepEqual(await paths(search, "cache -status:accepted"), ["guide", "0012"]);
    assert.deepEqual(await paths(search, 'tag:"two words"'), ["0001"]);
    assert.deepEqual(await paths(search, "kind:decision"), ["0001", "0012"], "alone they list");
    assert.deepEqual(await paths(search, "kind:decision kind:guideline by:Maria"), ["0001"]);
    assert.deepEqual(await paths(search, "cache kind:constructor"), []);
    assert.deepEqual(await paths(search, "-kind:decision"), []);
  });
  await t.test("leave days out", async () => {
    assert.deepEqual(await paths(search, "after:2025"), ["0012"]);
    assert.deepEqual(await paths(search, "cache before:2025"), ["0001"]);
    assert.deepEqual(await paths(search, "cache -after:2025"), ["0001"]);
  });
  await t.test("name a record", async () => {
    assert.deepEqual(await paths(search, "12"), ["0012", "guide"]);
    assert.deepEqual(await paths(search, "ADR-0012"), ["0012"]);
    assert.deepEqual(await paths(search, "0001-one"), ["0001"]);
    const [first] = (await search.search("12")).results;
    assert(first.score > 1e12 / 2);
  });
  await t.test("are completed", async () => {
    assert.deepEqual(await search.complete("kind", ""), [["decision", 2], ["guideline", 1]]);
    assert.deepEqual(await search.complete("tag", "two"), [["Two Words", 1]]);
    assert.deepEqual(await search.complete("by", "@Mar"), [["maria", 1]]);
    assert.deepEqual(await search.complete("status", "x"), []);
  });
});

test("scripts without spaces", async () => {
  const { search } = searchOf([page("a", "東京都", "東京都に住む"), page("b", "京都", "京都の東"), page("c", "é", "ＡＢＣ ｶﾅ 😀")], { cuts: ["m", "京", "東"] });
  assert.deepEqual(await paths(search, "東京"), ["a"]);
  assert.deepEqual((await paths(search, "京都")).sort(), ["a", "b"]);
  assert.deepEqual(await paths(search, "東"), ["a"], "a character alone stands for what begins so");
  assert.deepEqual(await paths(search, "e\u0301"), ["c"]);
  const [{ excerpt }] = (await search.search("東京都")).results;
  assert.deepEqual(excerpt[0], { text: "東京都", marked: true });
});

test("a site without words, or without letters", async () => {
  assert.deepEqual(await paths(createSearch("https://example.org/", { load: loader(index([])).load }), "word 12 tag:x"), []);
  assert.deepEqual(await paths(searchOf([page("a", "東京", "東京都")]).search, "wordless"), []);
});

test("names of JavaScript's own are words", async () => {
  const { search } = searchOf([page("a", "A", "constructor and hasOwnProperty, __proto__ toString")], { cuts: ["b", "p"] });
  for (const query of ["constructor", "__proto__", "tostring", "constructor*", "valueOf*", "hasownproperti"]) await search.search(query, { typing: true });
  assert.deepEqual(await paths(search, "constructor"), ["a"]);
});

test("an excerpt shows where the words are, as text", async () => {
  const text = `cache here. ${"x ".repeat(150)}${"ä".repeat(90)} the cache <img src=x onerror=alert(1)> live\ntoo. ${"y ".repeat(300)}`;
  const { search } = searchOf([page("a", "A", text)]);
  const [{ excerpt }] = (await search.search("cache live")).results;
  assert.deepEqual(excerpt.filter((/** @type {any} */ part) => part.marked).map((/** @type {any} */ part) => part.text), ["cache", "live"]);
  assert.deepEqual([excerpt[0].text, excerpt.at(-1).text], ["… ", " …"]);
  assert(excerpt.some((/** @type {any} */ part) => part.text.includes("<img src=x onerror=alert(1)>")));
});

test("no address leads out of the site or is a script", async () => {
  for (const path of ["javascript:alert(1)", "//elsewhere.org/x", "https://elsewhere.org/"]) {
    const { search } = searchOf([page(path, "A", "word")]);
    const [{ url }] = (await search.search("word")).results;
    assert(url.startsWith("https://example.org/docs/"), url);
  }
});

test("several sites are searched as one", async () => {
  const one = loader(index([page("a", "Cache", "cache"), page("b", "Other", "cache")]));
  const two = loader(index([page("c", "Cache", "cache cache cache")]));
  const load = (/** @type {[string]} */ ...asked) => (asked[0].includes("one") ? one.load(...asked) : asked[0].includes("two") ? two.load(...asked) : Promise.reject(new Error("no")));
  const { createSearch } = await module();
  const both = createSearch(["https://example.org/one", new URL("https://example.org/two/")], { load });
  await both.ready();
  const { results, total } = await both.search("cache");
  assert.deepEqual(results.map((/** @type {any} */ result) => result.url).sort(), ["https://example.org/one/a", "https://example.org/one/b", "https://example.org/two/c"]);
  assert.equal(total, 3);
  assert(results.every((/** @type {any} */ { score }, /** @type {number} */ at) => at === 0 || score <= results[at - 1].score));
  assert.deepEqual(await both.complete("kind", "p"), [["page", 3]]);
  assert.equal((await both.search("cache", { filters: { kinds: ["decision"] } })).results.length, 0);
  assert.equal((await both.search("cach", { filters: { kinds: ["Page", "decision"] }, typing: true, limit: 2 })).results.length, 2);
  const some = await createSearch(["https://example.org/one", "https://example.org/absent"], { load }).search("cache");
  assert.deepEqual([some.results.length, some.errors.map((/** @type {any} */ error) => error.code)], [2, ["unreachable"]]);
  await assert.rejects(createSearch("https://example.org/absent", { load }).search("cache"), { name: "SearchError", code: "unreachable" });
});

test("a search that is no longer wanted ends", async () => {
  const { search } = searchOf([page("a", "A", "word")]);
  const control = new AbortController();
  const answer = search.search("word", { signal: control.signal });
  control.abort();
  await assert.rejects(answer, { name: "AbortError" });
  assert.deepEqual(await paths(search, "word"), ["a"]);
});

test("a page that was open while the site was published anew goes on", async () => {
  let files = index([page("a", "A", "word")]);
  const search = createSearch("https://example.org/", { load: (/** @type {[string]} */ ...asked) => loader(files).load(...asked) });
  await search.ready();
  files = index([page("a", "A", "other"), page("b", "B", "word again")], { cuts: ["o"] });
  for (const name of Object.keys(files)) if (name !== "root") files[name.replace("/0", "/z")] = files[name];
  const moved = Object.fromEntries(Object.entries(files).filter(([name]) => name === "root" || name.includes("/z")));
  moved.root = index([page("a", "A", "other"), page("b", "B", "word again")], { cuts: ["o"] }).root;
  assert.deepEqual(await paths(search, "again"), ["b"]);
});

test("damaged and missing files are errors of the queries that need them, and the rest works", async (t) => {
  const pages = [page("a", "Alpha", "alpha middle"), page("aa", "Between", "and"), page("b", "Beta", "zebra is beta", { kind: "decision" })];
  const whole = index(pages, { cuts: ["m"] });

  await t.test("a missing one", async () => {
    for (const name of Object.keys(whole)) {
      const { [name]: _, ...files } = whole;
      const search = createSearch("https://example.org/", { load: loader(files).load });
      let failed = 0;
      for (const query of ["alpha", "zebra", '"is beta"', "kind:decision", "alpah"]) {
        await search.search(query).catch((/** @type {any} */ error) => {
          failed += 1;
          assert.deepEqual([error.name, error.code], ["SearchError", "unreachable"]);
        });
      }
      assert(name === "root" ? failed === 5 : failed < 5, `${name}: ${failed}`);
    }
  });

  /** Where the first piece of a file ends; those of positions are short here. @param {string} name */
  const endOf = (name) => {
    const { terms, texts, facets } = JSON.parse(contentOf(whole.root).toString());
    const { names, sizes } = /** @type {any} */ ({ t: terms, d: texts, f: facets })[name[0]] ?? { names: name.slice(2), sizes: [":"] };
    return name === "root" ? whole.root.length - 2 : 15 + 64 * (sizes[names.match(/.{5}/g).indexOf(name.slice(2))].replace(/\d/g, "").charCodeAt(0) - 57);
  };

  await t.test("any bytes", async () => {
    // A generator of our own, so that a failure can be had again.
    let seed = 12345;
    const random = (/** @type {number} */ below) => (seed = (seed * 1103515245 + 12345) % 2147483648) % below;
    for (let round = 0; round < 300; round += 1) {
      const files = { ...whole };
      const name = Object.keys(whole)[random(Object.keys(whole).length)];
      const raw = Buffer.from(files[name]);
      if (round % 3 === 0) for (let change = 0; change <= round % 5; change += 1) raw[15 + random(raw.length - 17)] = random(256);
      files[name] = round % 3 === 1 ? raw.subarray(0, random(raw.length)) : raw;
      if (round % 3 === 2) {
        // Damage which the packing does not show.
        for (let tries = 0; tries < 9; tries += 1) {
          const content = contentOf(whole[name], endOf(name));
          for (let change = 0; change <= round % 4; change += 1) content[random(content.length)] = random(256);
          const damaged = piece(content);
          if (15 + damaged.length === endOf(name)) raw.set(damaged, 15);
        }
      }
      const search = createSearch("https://example.org/", { load: loader(files).load });
      for (const query of ["alpha middle", '"zebra is"', "kind:decision beta", "zebar", "al*"]) {
        await search.search(query).catch((/** @type {any} */ error) => assert.equal(error.name, "SearchError", error.stack));
      }
    }
  });

  await t.test("over HTTP: nothing there, no index there, half of it there", async () => {
    /** @type {(name: string) => [number, Uint8Array | string]} */
    let answer = () => [404, ""];
    const server = createServer((request, response) => {
      const [status, body] = answer(/search\/(.*)\.js/.exec(request.url ?? "")?.[1] ?? "");
      response.writeHead(status, { "content-type": "text/javascript" }).end(body);
    });
    await new Promise((done) => server.listen(0, "127.0.0.1", () => done(undefined)));
    t.after(() => server.close());
    const base = `http://127.0.0.1:${/** @type {any} */ (server.address()).port}/`;
    const search = createSearch(base);
    await assert.rejects(search.ready(), { code: "unreachable" });
    answer = () => [200, "<!doctype html><p>Not here"];
    await assert.rejects(search.search("alpha"), { code: "unreachable" });
    answer = (name) => [200, name === "root" ? whole.root : whole[name].subarray(0, 30)];
    await assert.rejects(search.search("alpha"), { code: "damaged" });
    answer = (name) => [200, whole[name]];
    assert.deepEqual(await paths(search, "alpha"), ["a"]);
    server.closeAllConnections();
  });
});

test("a host answers with parts of files, with whole ones, or with neither", async (t) => {
  const files = index([page("a", "Alpha", "alpha middle"), page("b", "Beta", "zebra is beta"), page("c", "Gamma", "alpha zebra")], { cuts: ["m"] });
  /** @typedef {(file: Buffer, begin: number, end: number) => [status: number, body?: Uint8Array]} Answer */
  /** Searches at a host that answers so to who asks for a part. @param {Answer} part @param {Answer} whole */
  const at = async (part, whole) => {
    /** @type {string[]} */
    const told = [];
    const server = createServer((request, response) => {
      const name = /search\/(.*)\.js/.exec(request.url ?? "")?.[1] ?? "";
      const [begin, end] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "")?.slice(1).map(Number) ?? [];
      const file = Buffer.from(files[name]);
      const [status, body] = name === "root" ? [200, file] : begin === undefined ? whole(file, 0, 0) : part(file, begin, end + 1);
      if (name !== "root") told.push(`${name[0]}${status}`);
      response.writeHead(status).end(body);
    });
    await new Promise((done) => server.listen(0, "127.0.0.1", () => done(undefined)));
    t.after(() => server.close());
    const search = createSearch(`http://127.0.0.1:${/** @type {any} */ (server.address()).port}/`);
    const answers = [];
    for (const query of ["alpha", "zebra"]) answers.push((await paths(search, query).catch((/** @type {any} */ { code }) => [code])).join(""));
    server.closeAllConnections();
    return [...answers, told.join(" ")];
  };
  /** @type {Record<string, Answer>} */
  const answers = {
    part: (file, begin, end) => [206, file.subarray(begin, end)],
    short: (file, begin) => [206, file.subarray(begin, begin + 9)],
    none: () => [416],
    absent: () => [404],
    whole: (file) => [200, file],
    cut: (file) => [200, file.subarray(0, 30)],
  };
  const { part, short, none, absent, whole, cut } = answers;
  assert.deepEqual(await at(part, absent), ["ac", "bc", "t206 d206 d206 t206 d206"]);
  assert.deepEqual(await at(whole, whole), ["ac", "bc", "t200 d200 d200"], "what came whole is kept");
  for (const wrong of [short, none]) assert.deepEqual((await at(wrong, whole)).slice(0, 2), ["ac", "bc"]);
  assert.deepEqual((await at(absent, absent)).slice(0, 2), ["unreachable", "unreachable"]);
  assert.deepEqual((await at(cut, cut)).slice(0, 2), ["damaged", "damaged"]);
});
