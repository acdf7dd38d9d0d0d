// @ts-check
// Tabs: in step across the page and from page to page, by mouse and keyboard, and nothing lost for those who have no
// script, a link into a hidden part, a printer or the browser's own search.
import assert from "node:assert/strict";
import { test } from "node:test";
import { book, build, fileUrl, holds, onPage, wholeFile } from "./helpers.mjs";

/** @typedef {import("./helpers.mjs").Page} Page */

const page = `# Install

<!-- tabs -->

## macOS

On a Mac.

## Linux

On Linux.

### Deep inside

Needle in the second part.

## Windows

On Windows.

<!-- /tabs -->

A [way in](#deep-inside), and one to the [label](#windows).

<!-- tabs -->

\`\`\`sh title="Linux"
apt install
\`\`\`

\`\`\`sh title="macOS"
brew install
\`\`\`

<!-- /tabs -->
`;
const source = book(wholeFile, { "book.toml": "", "index.md": page, "other.md": page.replace("# Install", "# Other") });
const site = build(wholeFile, source);

/** The text of the tabs and parts that are shown. @param {Page} page */
const shown = (page) => page.evaluate(() => ({
  tabs: [...document.querySelectorAll(".tab[aria-selected=true]")].map((tab) => tab.textContent),
  parts: [...document.querySelectorAll(".tab-panel")].filter((part) => part.checkVisibility({ contentVisibilityAuto: true }) && !part.hasAttribute("hidden")).map((part) => part.getAttribute("aria-labelledby")).length,
}));

test("tabs with one label change together, stay in place, and are remembered", async () => {
  await onPage({ viewport: { width: 800, height: 300 } }, async (page) => {
    await page.goto(fileUrl(site));
    assert.deepEqual(await shown(page), { tabs: ["macOS", "Linux"], parts: 2 });
    await page.locator(".tab", { hasText: "Linux" }).first().click();
    assert.deepEqual(await shown(page), { tabs: ["Linux", "Linux"], parts: 2 });
    // The group above becomes shorter by this.
    const tab = page.locator(".tab-group").nth(1).locator(".tab", { hasText: "macOS" });
    await tab.scrollIntoViewIfNeeded();
    const before = await tab.boundingBox();
    await tab.click();
    assert.deepEqual(await shown(page), { tabs: ["macOS", "macOS"], parts: 2 });
    assert(Math.abs(((await tab.boundingBox())?.y ?? 0) - (before?.y ?? 0)) < 1);
    await page.goto(fileUrl(site, "other.html"));
    assert.deepEqual(await shown(page), { tabs: ["macOS", "macOS"], parts: 2 });
    await page.locator(".tab", { hasText: "Windows" }).click();
    await page.reload();
    assert.deepEqual(await shown(page), { tabs: ["Windows", "macOS"], parts: 2 });
  });
});

test("what was chosen before is there from the first paint on", async () => {
  await onPage({ viewport: { width: 390, height: 844 } }, async (page) => {
    await page.addInitScript(() => {
      localStorage.setItem("precedent-tabs", JSON.stringify(["Linux"]));
      const shifts = /** @type {any} */ (window);
      shifts.moved = 0;
      new PerformanceObserver((list) => {
        for (const entry of /** @type {any[]} */ (list.getEntries())) shifts.moved += entry.value;
      }).observe({ type: "layout-shift", buffered: true });
    });
    // Without the script that makes tabs of them: what is shown is what was drawn first.
    await page.route(/tabs-.*\.js/, (route) => route.fulfill({ body: "" }));
    await page.goto(fileUrl(site));
    assert.deepEqual(await page.evaluate(() => [...document.querySelectorAll(".tab-panel")].map((part) => part.checkVisibility())), [false, true, false, true, false]);
    await page.unroute(/tabs-.*\.js/);
    await page.goto(fileUrl(site, "other.html"));
    await page.evaluate(() => new Promise((done) => requestIdleCallback(() => requestAnimationFrame(done))));
    assert((await page.evaluate(() => /** @type {any} */ (window).moved)) < 0.001);
  });
});

test("the keyboard goes through tabs, in the direction of reading", async (t) => {
  const focused = (/** @type {Page} */ page) => page.evaluate(() => document.activeElement?.textContent);
  await onPage({}, async (page) => {
    await page.goto(fileUrl(site));
    await page.locator(".tab").first().focus();
    for (const [key, label] of [["ArrowRight", "Linux"], ["End", "Windows"], ["ArrowRight", "macOS"], ["ArrowLeft", "Windows"], ["Home", "macOS"]]) {
      await page.keyboard.press(key);
      assert.equal(await focused(page), label);
      assert.equal((await shown(page)).tabs[0], label);
    }
    // One stop for the row, the next is in the part or after it.
    await page.keyboard.press("Tab");
    assert(!(await page.evaluate(() => document.activeElement?.matches(".tab"))));
  });
  const arabic = build(t, book(t, { "book.toml": '[book]\nlanguage = "ar"\n', "index.md": page }));
  await onPage({}, async (page) => {
    await page.goto(fileUrl(arabic));
    await page.locator(".tab").first().focus();
    await page.keyboard.press("ArrowLeft");
    assert.equal(await focused(page), "Linux");
  });
});

test("a link into a part that is hidden opens it, from here and from elsewhere", async () => {
  const inView = (/** @type {string} */ id) => {
    const place = document.getElementById(id)?.getBoundingClientRect();
    return place !== undefined && place.top >= 0 && place.bottom <= innerHeight;
  };
  await onPage({ viewport: { width: 390, height: 300 } }, async (page) => {
    await page.goto(fileUrl(site) + "#deep-inside");
    assert.equal((await shown(page)).tabs[0], "Linux");
    await holds(page, inView, "deep-inside");
    await page.locator('main p > a[href="#windows"]').click();
    assert.equal((await shown(page)).tabs[0], "Windows");
    await holds(page, inView, "windows");
    await page.locator('main p > a[href="#deep-inside"]').click();
    await holds(page, inView, "deep-inside");
    await page.goBack();
    await holds(page, () => document.querySelector(".tab[aria-selected=true]")?.textContent === "Windows");
  });
});

test("the browser's own search finds what is hidden and opens it", async () => {
  await onPage({}, async (page) => {
    await page.goto(fileUrl(site));
    // What find-in-page does, by the way that a script has: a fragment of text.
    await page.goto(fileUrl(site, "other.html") + "#:~:text=Needle%20in%20the%20second");
    await holds(page, () => document.querySelector(".tab[aria-selected=true]")?.textContent === "Linux");
    assert(await page.locator("text=Needle in the second part.").isVisible());
  });
});

test("without script and on paper every part is there under its label", async () => {
  const everything = async (/** @type {Page} */ page) => {
    for (const text of ["On a Mac.", "On Linux.", "On Windows.", "apt install", "brew install"]) assert(await page.locator(`main >> text=${text}`).isVisible(), text);
    assert.deepEqual(await page.locator(".tab-panel > h2").allInnerTexts().then((texts) => texts.map((text) => text.trim())), ["macOS", "Linux", "Windows"]);
    assert.deepEqual(await page.locator(".tab-panel figcaption").allInnerTexts(), ["Linux", "macOS"]);
    assert(!(await page.locator(".tab-list").first().isVisible()));
  };
  await onPage({ javaScriptEnabled: false }, async (page) => {
    await page.goto(fileUrl(site));
    await everything(page);
  });
  await onPage({}, async (page) => {
    await page.goto(fileUrl(site));
    await page.emulateMedia({ media: "print" });
    await everything(page);
    const height = await page.locator(".tab-panel").nth(2).evaluate((part) => part.getBoundingClientRect().height);
    assert(height > 20, "a part has no room on paper");
  });
});
