// @ts-check
// The search of a built site as a reader has it, from the disk and from a host: its dialog and its page of results.
import assert from "node:assert/strict";
import { readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { book, build, fileUrl, holds, onPage, root, wholeFile } from "./helpers.mjs";
import { host } from "./host.mjs";

/** @typedef {import("./helpers.mjs").Page} Page */

/** The site of the knowledge base that comes with the program. */
const site = build(wholeFile, root);

/** Opens the search with its key and types. @param {Page} page @param {string} query */
async function search(page, query) {
  if (!(await page.locator(".search").isVisible())) await page.keyboard.press("/");
  await page.locator(".search input").fill(query);
}

/** @param {Page} page */
const first = (page) => page.locator(".search-result").first();

/** @param {Page} page @param {string} address of the site's root */
async function walk(page, address) {
  await page.goto(`${address}guidelines/caching.html`);
  await page.evaluate(() => {
    const told = /** @type {unknown[]} */ ((/** @type {any} */ (window).told = []));
    for (const name of ["precedent:search", "precedent:search-choose"]) document.addEventListener(name, (event) => told.push([name, /** @type {CustomEvent} */ (event).detail.query]));
  });

  // Typing, filters by the keyboard, a typo, nothing.
  await search(page, "postgres record");
  await holds(page, () => document.querySelector(".search-result .search-title")?.textContent?.includes("PostgreSQL"));
  assert.equal(await page.locator('.search-result[aria-selected="true"]').count(), 1);
  await search(page, "cache status:");
  await page.locator(".search-value").first().waitFor();
  await page.keyboard.press("Enter");
  await page.locator('.search-chip[aria-pressed="true"]').waitFor();
  assert.match(await page.locator(".search input").inputValue(), /^cache status:accepted $/);
  await first(page).waitFor();
  await page.locator('.search-chip[aria-pressed="true"]').press("Enter");
  assert.equal(await page.locator(".search input").inputValue(), "cache ");
  await search(page, "after:");
  await page.locator(".search-value", { hasText: /^20\d\d\d+$/ }).first().waitFor();
  await search(page, '"cache aside"');
  await first(page).waitFor();
  await search(page, "chaching");
  await page.locator(".search-message", { hasText: "caching" }).waitFor();
  await search(page, "zzzqqqxxx tag:redis");
  await page.locator(".search-link").click();
  await page.locator(".search-message", { hasText: "zzzqqqxxx" }).waitFor();

  // Going there: the words are marked until Esc.
  await search(page, "redis");
  await first(page).waitFor();
  const href = (await first(page).getAttribute("href")) ?? "";
  assert.deepEqual(await page.evaluate(() => /** @type {any} */ (window).told.at(-1)), ["precedent:search", "redis"]);
  await page.keyboard.press("Enter");
  await page.waitForURL(href);
  await holds(page, () => (/** @type {any} */ (CSS).highlights.get("precedent-search")?.size ?? 0) > 0);
  await page.keyboard.press("Escape");
  await holds(page, () => /** @type {any} */ (CSS).highlights.size === 0);

  // It is remembered until it is taken out.
  await search(page, "");
  await page.locator(".search-again", { hasText: "redis" }).waitFor();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.locator(".search-again").waitFor({ state: "detached" });
  await page.keyboard.press("Escape");
  await page.locator(".search").waitFor({ state: "hidden" });

  // All results, with an address to share.
  await page.goto(`${address}search.html?q=cache`);
  await page.locator(".search-list .search-result").first().waitFor();
  assert.equal(await page.locator(".search-form input").inputValue(), "cache");
  await page.locator(".search-form input").fill("redis");
  await page.waitForURL(/q=redis/);
}

test("a reader searches a site on a host", async (t) => {
  const address = await host(t, site);
  await onPage({}, (page) => walk(page, address));
});

test("a reader searches a site on a host that knows no ranges", async (t) => {
  const address = await host(t, site, "whole files");
  await onPage({}, (page) => walk(page, address));
});

test("a reader searches a site on the disk", async () => {
  await onPage({}, (page) => walk(page, fileUrl(site).replace(/index\.html$/, "")));
});

test("the empty dialog offers what was read and where the book begins, and says what is no filter", async () => {
  await onPage({}, async (page) => {
    await page.goto(fileUrl(site, "decisions/0023-cache-aside-with-redis.html"));
    await page.goto(fileUrl(site));
    await page.keyboard.press("/");
    assert.match(await page.locator(".search-door").first().innerText(), /ADR-0023/);
    assert((await page.locator(".search-door").allInnerTexts()).includes("Guidelines"));
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForURL(/0023-cache-aside/);

    await page.keyboard.press("/");
    await page.keyboard.type("author:@jonas");
    await page.locator(".search-hint").waitFor();
    await page.getByRole("button", { name: "Use by:" }).click();
    await page.locator(".search-result").first().waitFor();
    assert.equal(await page.getByRole("combobox").inputValue(), "by:@jonas");
    await page.locator(".search-chip-count").waitFor();
    assert.match(await page.locator('.search-chip[aria-pressed="true"]').innerText(), /@jonas\s\d+ pages/);
  });
});

test("without a script the page of results says where else to look", async () => {
  await onPage({ javaScriptEnabled: false }, async (page) => {
    await page.goto(fileUrl(site, "search.html"));
    assert(!(await page.locator(".search-form").isVisible()));
    assert((await page.locator(".search-page a").count()) >= 1);
  });
});

test("what was indexed is shown as text, and a damaged or missing file is told", async (t) => {
  const built = build(t, book(t, { "index.md": "# Quokka \\<svg onload=alert(4)>\n\nquokka `<img src=x onerror=alert(1)>` &lt;script&gt;alert(2)&lt;/script&gt;\n" }));
  const address = await host(t, built);
  await onPage({ bypassCSP: true, allowed: [/404/] }, async (page) => {
    await page.goto(`${address}index.html`);
    await search(page, "onerror alert");
    await page.locator(".search-excerpt", { hasText: "<img src=x" }).waitFor();
    assert.match(await page.locator(".search-title").innerText(), /<svg onload=alert\(4\)>/);
    assert.equal(await page.locator(".search :is(img, script, svg)").count(), 0);
    for (const damage of [(/** @type {string} */ file) => writeFileSync(file, 'precedentData("?")'), (/** @type {string} */ file) => rmSync(file)]) {
      readdirSync(join(built, "search/t")).forEach((name) => damage(join(built, "search/t", name)));
      await page.reload();
      await search(page, "quokka");
      await page.locator(".search-message.error").waitFor();
      await search(page, "");
      await page.locator(".search-message.error").waitFor({ state: "detached" });
    }
  });
});
