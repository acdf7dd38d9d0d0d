// @ts-check
// The preview over HTTP as a reader has it: its pages and its search box.
import assert from "node:assert/strict";
import { test } from "node:test";
import { book, holds, onPage, root, serve } from "./helpers.mjs";

/** @typedef {import("./helpers.mjs").Page} Page */

/** Opens the search with its key and types. @param {Page} page @param {string} query */
async function search(page, query) {
  await page.keyboard.press("/");
  await page.locator(".search input").fill(query);
}

/** @param {Page} page */
async function close(page) {
  await page.keyboard.press("Escape");
  await page.locator(".search").waitFor({ state: "hidden" });
  // The field loses the focus with the next frame; until then a key is one that is typed into it.
  await holds(page, () => document.activeElement?.closest(".search") === null);
}

/** @param {Page} page */
const results = (page) => page.locator(".search-result");

/** @param {Page} page */
const chosen = (page) => page.locator('.search-result[aria-selected="true"] .search-title').innerText();

test("a reader searches and goes there", async (t) => {
  const { url } = await serve(t, root);
  await onPage({}, async (page) => {
    await page.goto(`${url}guidelines/caching.html`);

    await t.test("results come while typing, the first is chosen", async () => {
      await page.keyboard.press("/");
      assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("role")), "combobox");
      await page.keyboard.type("postgres record", { delay: 10 });
      await results(page).first().waitFor();
      await holds(page, () => document.querySelector(".search-result .search-title")?.textContent?.includes("PostgreSQL"));
      assert.equal(await page.locator('.search-result[aria-selected="true"]').count(), 1);
      assert((await page.locator(".search-excerpt mark").count()) > 0);
    });

    await t.test("arrows choose, and Enter goes there", async () => {
      const first = await chosen(page);
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("ArrowDown");
      await page.keyboard.press("ArrowUp");
      const id = await page.locator(".search input").getAttribute("aria-activedescendant");
      assert.equal(id, "search-result-1");
      await page.keyboard.press("ArrowUp");
      assert.equal(await chosen(page), first);
      const href = await results(page).first().evaluate((link) => /** @type {HTMLAnchorElement} */ (link).href);
      await page.keyboard.press("Enter");
      await page.waitForURL(href);
      assert(!(await page.locator(".search").isVisible()));
    });

    await t.test("Escape closes, and the focus is back in the page", async () => {
      await search(page, "redis");
      await results(page).first().waitFor();
      await close(page);
      await page.keyboard.press("Control+k");
      assert(await page.locator(".search").isVisible());
      await close(page);
    });

    await t.test("a filter, nothing found, and a query that is no query", async () => {
      await search(page, "status:rejected");
      await holds(page, () => document.querySelector(".search-result .status")?.textContent === "Rejected");
      await page.locator(".search input").fill("zzzqqqxxx");
      await page.locator(".search-message", { hasText: "Nothing was found" }).waitFor();
      await page.locator(".search input").fill('"( status: [ *');
      await results(page).first().waitFor(); // A phrase of one word, and signs.
      assert(!(await page.locator(".search-message.error").isVisible()));
      await close(page);
    });

    await t.test("a result leads to its heading, from a page in a folder too", async () => {
      await page.goto(`${url}services/pricing/decisions/20251118-decimal-not-float.html`);
      await search(page, "csrf");
      const withHeading = page.locator('.search-result[href*="#"]').first();
      await withHeading.click();
      await page.waitForURL(/#/);
      await holds(page, () => document.getElementById(decodeURIComponent(location.hash.slice(1))) !== null);
    });
  });
});

test("links of the preview lead on", async (t) => {
  const { url } = await serve(t, root);
  await onPage({ allowed: [/404/] }, async (page) => {
    await page.goto(url);
    await page.locator(".sidebar a", { hasText: "Guidelines" }).first().click();
    await page.waitForURL(`${url}guidelines/index.html`);
    await page.goto(`${url}guidelines`);
    assert.equal(page.url(), `${url}guidelines/`);
    await page.locator("article a", { hasText: "Caching" }).first().click();
    await page.waitForURL(`${url}guidelines/caching.html`);
    // A page that is not there, at a depth: its style and its links still work.
    const answer = await page.goto(`${url}no/such/page.html`);
    assert.equal(answer?.status(), 404);
    await page.locator(".ways a").first().click();
    await page.waitForURL(`${url}index.html`);
  });
});

test("what was indexed is shown as text, never as markup", async (t) => {
  const markup = "<img src=x onerror=alert(1)>";
  const entities = "&lt;img src=x onerror=alert(2)&gt; &#60;script&#62;alert(3)&#60;/script&#62;";
  const source = book(t, {
    "index.md": `# Home\n\n[Quokka](quokka.md)\n`,
    "quokka.md": `# Quokka \\<svg onload=alert(4)>\n\nquokka before\n\n\`\`\`html\nquokka ${markup}\n${entities}\n\`\`\`\n\nquokka ${entities} after\n`,
  });
  const { url } = await serve(t, source);
  await onPage({ bypassCSP: true }, async (page) => {
    await page.goto(url);
    for (const query of ["quokka", "onerror", "alert", "script"]) {
      await search(page, query);
      await page.locator(".search-excerpt", { hasText: /<img src=x|alert/ }).first().waitFor();
      assert.equal(await page.locator(".search-result :is(img, script, svg)").count(), 0);
      assert.match(await page.locator(".search-title").first().innerText(), /<svg onload=alert\(4\)>/);
      await close(page);
    }
    // The query comes back in the message of an empty answer.
    await search(page, "<img src=x onerror=alert(5)>zzzqqq -quokka");
    await holds(page, () => document.querySelector(".search-message")?.textContent?.includes("<img src=x onerror=alert(5)>"));
    assert.equal(await page.locator(".search :is(img, script)").count(), 0);
    await close(page);
    await page.locator("article p a").click();
    await page.waitForURL(/quokka/);
    assert.equal(await page.locator("article :is(img, script, svg)").count(), 0);
  });
});

test("a query in the address of a page is not interpreted", async (t) => {
  const { url } = await serve(t, book(t, { "index.md": "# Home\n\nText.\n" }));
  await onPage({ bypassCSP: true }, async (page) => {
    const hostile = "<img src=x onerror=alert(1)>";
    for (const address of [`${url}?q=${encodeURIComponent(hostile)}`, `${url}?q=${hostile}#${hostile}`, `${url}#"><img src=x onerror=alert(1)>`]) {
      await page.goto(address);
      assert.equal(await page.locator(".search").count(), 0);
      assert.equal(await page.locator("img").count(), 0);
    }
    await page.goto(`${url}api/search?q=${encodeURIComponent(hostile)}`);
    assert.match(await page.evaluate(() => document.contentType), /json/);
  });
});
