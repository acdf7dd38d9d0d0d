// @ts-check
// A log and a graph of many decisions: in parts, which filters look beyond.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { book, build, fileUrl, onPage, wholeFile } from "./helpers.mjs";

/** @typedef {import("./helpers.mjs").Page} Page */

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const COUNT = 600;

/** Decisions over twelve years, each related to the one before. @param {number} count */
function decisions(count) {
  /** @type {Record<string, string>} */
  const files = {};
  for (let at = 0; at < count; at += 1) {
    const number = String(at + 1).padStart(4, "0");
    const year = 2014 + Math.floor((at * 12) / count);
    const head = [
      `status: ${at % 50 ? "accepted" : "rejected"}`, `date: ${year}-03-0${(at % 9) + 1}`, `deciders: [Ann Lee, "Bo ${at}"]`,
      `tags: [${at % 100 ? "common" : "rare"}]`, ...(at ? [`relates-to: ["${String(at).padStart(4, "0")}-use-${at}"]`] : []),
    ];
    files[`adr/${number}-use-${at + 1}.md`] = `---\n${head.join("\n")}\n---\n\n# Use \`<b>\` ${at + 1}\n\nText.\n`;
  }
  return files;
}

const site = build(wholeFile, book(wholeFile, decisions(COUNT)));
const part = fileUrl(site, "decision-log.2016.html");

/** @param {Page} page */
const rows = (page) => page.locator(".log tbody tr:visible").count();

/** Waits until the log says so. @param {Page} page @param {string} words */
const says = (page, words) => page.locator(".log-count", { hasText: words }).waitFor();

test("a filter on a part looks at all decisions, and without one the part is as it was", async () => {
  await onPage({}, async (page) => {
    await page.goto(part);
    const own = await page.locator(".log-title").allInnerTexts();
    assert(own.length > 30 && own.length < 200);
    assert.equal(await page.evaluate(() => "precedentRecords" in window), false, "nothing is loaded before somebody filters");

    await page.locator("select[name=status]").selectOption("rejected");
    await says(page, `12 of ${COUNT} decisions`);
    assert.equal(await rows(page), 12);
    assert.equal(new URL(page.url()).search, "?status=rejected");
    assert.equal(await page.locator(".parts:visible, .pager:visible").count(), 0);
    await page.locator("select[name=tag]").selectOption("rare");
    await says(page, `6 of ${COUNT} decisions`);
    await page.locator(".log-reset").click();
    await page.waitForFunction(() => location.search === "");
    assert.deepEqual(await page.locator(".log-title").allInnerTexts(), own);
    assert.equal(await page.locator(".parts:visible").count(), 1);

    await page.locator("input[name=person]").fill("bo 599");
    await says(page, `1 of ${COUNT} decisions`);
    await page.locator(".log-title a").click();
    await page.waitForURL((url) => url.pathname.endsWith("/adr/0600-use-600.html"));
  });
});

test("what fits is shown some at a time, in any order, and rows look as those of the build", async () => {
  await onPage({}, async (page) => {
    await page.goto(part);
    const made = await page.locator(".log tbody tr").first().evaluate((row) => row.outerHTML);
    const title = await page.locator(".log-title").first().innerText();
    await page.goto(`${part}?year=2016`);
    await says(page, "decisions");
    const loaded = page.locator(".log tbody tr", { has: page.locator(".log-title", { hasText: new RegExp(`^${title.replace(/[<>]/g, ".")}$`) }) });
    /** Addresses are relative in one and not in the other. @param {string} html */
    const bare = (html) => html.replace(/href="[^"]*\//, 'href="').replaceAll(/\n/g, "");
    assert.equal(bare(await loaded.evaluate((row) => row.outerHTML)), bare(made));

    await page.goto(`${part}?sort=order`);
    await says(page, `${COUNT} decisions`);
    assert.equal(await rows(page), 100);
    assert.match(await page.locator(".log-title").first().innerText(), /1$/);
    await page.locator(".log-more").click();
    assert.equal(await rows(page), 200);
    assert.match(await page.evaluate(() => document.activeElement?.textContent ?? ""), /101$/);
    await page.getByRole("columnheader", { name: "Date" }).getByRole("button").click();
    assert.equal(await rows(page), await page.locator(".log tbody tr").count());
    assert.equal(new URL(page.url()).search, "");
  });
});

test("the graph draws the record that is asked for, and what is around it", async () => {
  await onPage({}, async (page) => {
    await page.goto(`${fileUrl(site, "decision-graph.html")}#ADR-0010`);
    await page.locator(".node-chosen").waitFor();
    const drawn = await page.locator(".graph-frame .graph a title").allTextContents();
    assert.equal(drawn.length, 5, "two steps in both directions");
    assert(drawn.some((title) => title.includes("10")));
    assert.equal(await page.locator(".edges > ul > li").count(), 5);
    await page.locator(".graph-find [name=record]").fill("");
    await page.locator(".parts").waitFor();
    assert((await page.locator(".graph-frame .graph a").count()) > 5);
    await page.locator(".graph-find [name=record]").fill("no such decision");
    await page.keyboard.press("Enter");
    await page.locator(".graph-found", { hasText: "no such decision" }).waitFor();
    await page.locator(".graph-find [name=record]").fill("ADR-0300");
    await page.keyboard.press("Enter");
    await page.locator(".node-chosen").waitFor();
    assert.match(decodeURIComponent(new URL(page.url()).hash), /^#adr\/0300-/);
  });
});

test("without script the parts are plain pages that lead to each other", async () => {
  await onPage({ javaScriptEnabled: false }, async (page) => {
    await page.goto(fileUrl(site, "decision-log.html"));
    let seen = await page.locator(".log tbody tr").count();
    assert.equal(await page.locator(".log-form:visible, .log-more:visible").count(), 0);
    for (let next = page.locator(".pager a[rel=next]"); await next.count(); next = page.locator(".pager a[rel=next]")) {
      await next.click();
      seen += await page.locator(".log tbody tr").count();
      assert.equal(await page.locator(".parts [aria-current=page]").count(), 1);
    }
    assert.equal(seen, COUNT);
    await page.locator(".breadcrumbs a").click();
    await page.waitForURL((url) => url.pathname.endsWith("/decision-log.html"));
    await page.goto(fileUrl(site, "decision-graph.html"));
    assert.equal(await page.locator(".graph-find:visible").count(), 0);
  });
});

test("parts are accessible, and never wider than the window", async () => {
  for (const [name, width] of /** @type {const} */ ([["decision-log.html", 390], ["decision-log.2016.html?status=accepted", 1440], ["decision-graph.html#ADR-0010", 1440], ["decision-timeline.html", 390]])) {
    for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
      await onPage({ viewport: { width, height: 900 }, colorScheme }, async (page) => {
        await page.goto(fileUrl(site, name.replace(/[?#].*/, "")) + name.replace(/^[^?#]*/, ""));
        if (/[?#]/.test(name)) await page.locator("[data-filtered]").waitFor();
        await page.evaluate(axe);
        const found = await page.evaluate(async () => (await /** @type {any} */ (window).axe.run({ preload: false })).violations.map((/** @type {any} */ violation) => `${violation.id}: ${violation.nodes[0].html}`));
        assert.deepEqual(found, [], `${name} ${width} ${colorScheme}`);
        assert(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name} is wider than ${width}`);
      });
    }
  }
});
