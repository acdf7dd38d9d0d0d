// @ts-check
// Decisions as readers meet them: the log with its filters, banners, the graph, and the pages of what is due and when.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { book, build, exampleBook, fileUrl, onPage, wholeFile } from "./helpers.mjs";

/** @typedef {import("./helpers.mjs").Page} Page */

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const site = build(wholeFile, exampleBook(wholeFile));
const log = fileUrl(site, "decision-log.html");

/** The titles in the log that can be seen. @param {Page} page */
const titles = (page) => page.locator(".log tbody tr:visible .log-title").allInnerTexts();

/** @param {Page} page */
const count = (page) => page.locator(".log-count").innerText();

test("the log is filtered, and the address says how", async () => {
  await onPage({}, async (page) => {
    await page.goto(log);
    const all = await titles(page);
    assert(all.length > 30, "the example has many decisions");
    assert.equal(await count(page), `${all.length} decisions`);

    await page.locator("select[name=status]").selectOption("superseded");
    const superseded = await titles(page);
    assert(superseded.length > 0 && superseded.length < all.length);
    assert(superseded.includes("Start with a Django monolith"));
    assert.equal(await count(page), `${superseded.length} of ${all.length} decisions`);
    assert.equal(new URL(page.url()).search, "?status=superseded");

    await page.locator("input[name=q]").fill("DJANGO");
    assert.deepEqual(await titles(page), ["Start with a Django monolith"]);
    await page.locator("input[name=q]").fill("no such word");
    assert.deepEqual(await titles(page), []);
    await page.locator(".log-clear").click();
    await page.waitForFunction(() => location.search === "");
    assert.deepEqual(await titles(page), all);
    assert.equal(await page.locator("select[name=status]").inputValue(), "");
  });
});

test("an address leads to what it asks for", async () => {
  await onPage({}, async (page) => {
    await page.goto(`${log}?status=accepted&tag=security&person=lena&sort=title`);
    const shown = await titles(page);
    assert(shown.length > 0);
    assert.deepEqual(shown, [...shown].sort((a, b) => a.localeCompare(b)));
    for (const row of await page.locator(".log tbody tr:visible").all()) {
      assert.equal(await row.locator(".status").innerText(), "Accepted");
      assert((await row.locator(".tags li").allInnerTexts()).includes("security"));
      assert.match((await row.getAttribute("data-people")) ?? "", /@lena/);
    }
    assert.equal(await page.locator("select[name=tag]").inputValue(), "security");
    assert.equal(await page.locator(".log th[aria-sort]").getAttribute("aria-sort"), "ascending");
    // Values that nobody has ask for nothing that is there.
    await page.goto(`${log}?status=%3Cimg%20src%3Dx%20onerror%3Dalert(1)%3E&sort=nonsense`);
    assert((await titles(page)).length > 30);
    // Nor do names that every object of a script has: the log sorts and filters as before.
    for (const name of ["__proto__", "-constructor", "toString", "hasOwnProperty"]) {
      await page.goto(`${log}?sort=${name}&status=superseded`);
      const shown = await titles(page);
      assert(shown.length > 0 && shown.length < 30, name);
      await page.locator(".log th[data-sort=title] button").click();
      assert.deepEqual(await titles(page), [...shown].sort((a, b) => a.localeCompare(b, undefined, { numeric: true })));
    }
  });
});

test("a tag of a decision leads to its page, a person to the log of theirs", async () => {
  await onPage({}, async (page) => {
    await page.goto(fileUrl(site, "decisions/0026-envelope-encryption-at-rest.html"));
    await page.locator(".facts .tags a", { hasText: "privacy" }).click();
    await page.waitForURL((url) => url.pathname.endsWith("/tags/privacy.html"));
    await page.locator(".children a", { hasText: "Envelope encryption at rest" }).click();
    await page.locator(".record dd a", { hasText: "@lena" }).click();
    await page.waitForURL((url) => url.searchParams.get("person") === "@lena");
    assert((await titles(page)).includes("Envelope encryption at rest"));
  });
});

test("what a record says of itself takes two lines, and the rest a button on a small screen", async () => {
  for (const javaScriptEnabled of [true, false]) {
    await onPage({ viewport: { width: 390, height: 844 }, hasTouch: true, javaScriptEnabled }, async (page) => {
      await page.goto(fileUrl(site, "decisions/0026-envelope-encryption-at-rest.html"));
      const line = await page.locator(".record").boundingBox();
      assert(line && line.height < 130, `${line?.height}`);
      const facts = page.locator(".facts");
      assert(!(await facts.isVisible()));
      await page.locator(".facts-open").tap();
      assert.match(await facts.innerText(), /privacy/);
    });
  }
  await onPage({ viewport: { width: 1440, height: 900 } }, async (page) => {
    await page.goto(fileUrl(site, "decisions/0026-envelope-encryption-at-rest.html"));
    assert(await page.locator(".facts").isVisible());
    assert(!(await page.locator(".facts-open").isVisible()));
    const [line, facts, contents] = await Promise.all([".record", ".facts", ".toc"].map((part) => page.locator(part).boundingBox()));
    assert(line && facts && contents && line.height < 60 && facts.x > line.x + line.width && contents.y > facts.y + facts.height - 1);
  });
});

test("what is due is grouped by person on request, without script", async () => {
  await onPage({ javaScriptEnabled: false }, async (page) => {
    await page.goto(fileUrl(site, "decision-due.html"));
    assert(await page.locator(".by-date").isVisible() && !(await page.locator(".by-person").isVisible()));
    await page.getByRole("link", { name: "By person" }).click();
    assert(!(await page.locator(".by-date").isVisible()));
    assert.match(await page.locator(".by-person section", { hasText: "@jonas" }).first().innerText(), /ADR-0020/);
    assert.equal(await page.evaluate(() => scrollY), 0, "the page stays where it is");
  });
});

test("every page begins at the same edge", async () => {
  await onPage({ viewport: { width: 1440, height: 900 } }, async (page) => {
    const edges = new Set();
    for (const path of ["index.html", "decisions/0012-fastapi-for-services-django-for-the-back-office.html", "guidelines/testing.html", "decision-log.html", "decision-graph.html", "decision-timeline.html", "decision-due.html", "tags/index.html", "contents.html", "search.html"]) {
      await page.goto(fileUrl(site, path));
      edges.add((await page.locator("h1").boundingBox())?.x);
    }
    assert.equal(edges.size, 1, [...edges].join(", "));
  });
});

test("columns sort by keyboard, both ways", async () => {
  await onPage({}, async (page) => {
    await page.goto(log);
    const dates = async () => (await page.locator(".log tbody .log-date").allInnerTexts()).filter(Boolean);
    const newest = await dates();
    assert.deepEqual(newest, [...newest].sort().reverse());
    await page.getByRole("columnheader", { name: "Date" }).getByRole("button").focus();
    await page.keyboard.press("Enter");
    assert.deepEqual(await dates(), [...newest].sort());
    assert.equal(await page.getByRole("columnheader", { name: "Date" }).getAttribute("aria-sort"), "ascending");
    await page.keyboard.press("Enter");
    assert.deepEqual(await dates(), newest);
    assert.equal(new URL(page.url()).search, "");
    await page.getByRole("columnheader", { name: "No." }).getByRole("button").click();
    const numbers = (await page.locator(".log tbody .log-number").allInnerTexts()).filter(Boolean).map((label) => Number(label.replace("ADR-", "")));
    assert.deepEqual(numbers, [...numbers].sort((a, b) => a - b));
    assert.equal(await page.locator(".log th[aria-sort]").count(), 1);
  });
});

test("without script the log is whole and offers nothing that does nothing", async () => {
  await onPage({ javaScriptEnabled: false }, async (page) => {
    await page.goto(`${log}?status=accepted`);
    assert((await page.locator(".log tbody tr").count()) > 30);
    assert.equal(await page.locator(".log-form:visible, .log th button, .log-none:visible").count(), 0);
    await page.locator(".log-title a", { hasText: "Start with a Django monolith" }).click();
    await page.waitForURL((url) => url.pathname.endsWith("/0004-start-with-a-django-monolith.html"));
    await page.locator(".bar-link").click();
    await page.waitForURL((url) => url.pathname.endsWith("/decision-log.html"));
  });
});

test("a banner leads over all successors to the decision in force", async (t) => {
  const chain = build(t, book(t, {
    "adr/0001-a.md": "# 1. First\n\n## Status\n\nSuperseded by [2. Second](0002-b.md)\n\n## Context\n\nOne.\n",
    "adr/0002-b.md": "# 2. Second\n\n## Status\n\nSuperseded by [3. Third](0003-c.md)\n\n## Context\n\nTwo.\n",
    "adr/0003-c.md": "# 3. Third\n\n## Status\n\nAccepted\n\n## Context\n\nThree.\n",
  }));
  await onPage({}, async (page) => {
    await page.goto(fileUrl(chain, "adr/0001-a.html"));
    await page.locator('.notice[data-notice="superseded"] a').first().click();
    await page.waitForURL((url) => url.pathname.endsWith("/0003-c.html"));
    assert.equal(await page.locator(".notice").count(), 0);
    assert.equal(await page.locator(".record .status").first().innerText(), "Accepted");
  });
});

test("the graph and its list are walked by keyboard", async () => {
  await onPage({}, async (page) => {
    await page.goto(fileUrl(site, "decision-graph.html"));
    const first = page.locator(".graph a").first();
    await page.locator(".graph-frame").focus();
    await page.keyboard.press("Tab");
    assert(await first.evaluate((link) => link === document.activeElement), "the first record follows the drawing's frame");
    const goal = await first.getAttribute("href");
    await page.keyboard.press("Enter");
    await page.waitForURL((url) => url.pathname.endsWith(`/${goal}`));
    await page.goto(fileUrl(site, "decision-graph.html"));
    const drawn = await page.locator(".graph a").evaluateAll((links) => [...new Set(links.map((link) => link.getAttribute("href")))]);
    const listed = await page.locator(".edges a").evaluateAll((links) => links.map((link) => link.getAttribute("href")));
    assert(drawn.length > 10);
    const size = await page.locator(".graph text").first().evaluate((text) => text.getBoundingClientRect().height);
    assert(size >= 11, `${size}`);
    assert.equal(await page.locator(".graph .edge-relates-to").count(), 0, "what only relates waits until it is asked for");
    assert.deepEqual(drawn.filter((address) => !listed.includes(address)), [], "drawn and not listed");
  });
});

test("a record of the graph is lit with its neighbours, and the drawing filters and zooms", async () => {
  await onPage({}, async (page) => {
    await page.goto(fileUrl(site, "decision-graph.html"));
    const width = () => page.locator(".graph-frame .graph").evaluate((svg) => svg.getBoundingClientRect().width);
    const before = await width();
    const node = page.locator(".graph a", { hasText: "ADR-0012" });
    await node.focus();
    const lit = await page.locator(".graph .lit[data-node] title").allTextContents();
    assert(lit.some((title) => title.includes("ADR-0012")) && lit.some((title) => title.includes("ADR-0004")) && lit.length < 10, lit.join());
    await page.keyboard.press("+");
    assert(await width() > before * 1.2);
    await page.keyboard.press("0");
    assert.equal(Math.round(await width()), Math.round(before));
    await page.locator(".graph-zoom").getByRole("button", { name: "Zoom out" }).click();
    assert(await width() < before);

    const drawn = () => page.locator(".graph-frame .graph a title").allTextContents();
    await page.getByLabel("Status").selectOption("proposed");
    await page.getByLabel("Show “relates to”").check();
    await page.locator(".graph-found", { hasText: "records are drawn" }).waitFor();
    assert((await drawn()).every((title) => title.endsWith("Proposed")), (await drawn()).join());
    await page.getByRole("button", { name: "Clear" }).click();
    await page.waitForFunction(() => !document.querySelector("[data-filtered]"));

    await page.goto(fileUrl(site, "decisions/0012-fastapi-for-services-django-for-the-back-office.html"));
    assert((await page.locator(".graph-small a").count()) > 1);
    await page.getByRole("link", { name: "Show in the decision graph" }).click();
    await page.locator(".node-chosen", { hasText: "ADR-0012" }).waitFor();
  });
});

// A tag that authors write inside a line, such as `<img>`, is no part of a title and would be dropped.
const hostile = 'Use <svg onload="document.title=`broken`">';

test("hostile words stay words, wherever they are shown", async (t) => {
  const quoted = JSON.stringify(hostile);
  const front = `---\ntitle: ${quoted}\nstatus: ${quoted}\ndate: 2024-01-02\ndeciders: [${quoted}]\nowners: [${quoted}]\ntags: [${quoted}]\nreview-by: 2024-01-03\n`;
  const evil = build(t, book(t, {
    "adr/0001-a.md": `${front}relates-to: [0002-b]\n---\nText.\n`,
    "adr/0002-b.md": `${front}---\nText.\n`,
  }));
  const query = `?q=${encodeURIComponent(hostile)}&person=${encodeURIComponent(hostile)}&tag=${encodeURIComponent(hostile)}`;
  await onPage({}, async (page) => {
    for (const name of ["adr/0001-a.html", "decision-log.html", `decision-log.html${query}`, "decision-graph.html", "decision-timeline.html", "decision-due.html"]) {
      await page.goto(`${fileUrl(evil, "x").slice(0, -1)}${name}`);
      assert.equal(await page.locator("svg[onload]").count(), 0, name);
      assert.notEqual(await page.title(), "broken", name);
      assert((await page.locator("main").innerText()).includes("<svg onload="), name);
    }
  });
});

const pages = ["decision-log.html", "decision-graph.html", "decision-timeline.html", "decision-due.html", "decisions/0004-start-with-a-django-monolith.html", "decisions/0034-event-stream-between-services.html", "guidelines/python-style.html"];

for (const width of [390, 820, 1440]) {
  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    test(`no accessibility fault, nothing too wide: ${width} pixels, ${colorScheme}`, async () => {
      await onPage({ viewport: { width, height: 900 }, colorScheme, reducedMotion: "reduce" }, async (page) => {
        /** @type {Record<string, string[]>} */
        const found = {};
        for (const name of pages) {
          await page.goto(fileUrl(site, name));
          const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
          await page.evaluate(axe);
          // A table that its author gave no headings has none.
          const { violations } = await page.evaluate(() => /** @type {any} */ (window).axe.run(document, { preload: false, resultTypes: ["violations"], rules: { "empty-table-header": { enabled: false } } }));
          const list = violations.map((/** @type {any} */ fault) => `${fault.id}: ${fault.nodes.slice(0, 3).map((/** @type {any} */ node) => `${node.target} ${node.any[0]?.message ?? fault.help}`).join("; ")}`);
          if (wide > 0) list.push(`wider than the screen by ${wide} pixels`);
          if (list.length > 0) found[name] = list;
        }
        assert.deepEqual(found, {});
      });
    });
  }
}
