// @ts-check
// Reading paths: what is read is kept in the browser and nowhere else, the sidebar says where the reader is, and without script
// a path is a list of links. From the disk, as from a host.
import assert from "node:assert/strict";
import { test } from "node:test";
import { book, build, fileUrl, holds, onPage, wholeFile } from "./helpers.mjs";

/** @typedef {import("./helpers.mjs").Page} Page */

const long = "A line of text.\n\n".repeat(80);
const source = book(wholeFile, {
  "book.toml": `[book]
title = "Quay"
[[reading-paths]]
title = "New here"
description = "The first day."
pages = ["a.md", "guides/b.md", "adr/0001-c.md"]
[[reading-paths]]
title = "Other things"
pages = ["d.md", "a.md"]
`,
  "index.md": "# Quay\n\nWelcome.\n\n## More\n\nText.\n",
  "a.md": `# First\n\n${long}`,
  "guides/b.md": `# Second\n\n${long}`,
  "adr/0001-c.md": `---\nstatus: proposed\n---\n# Use it\n\n${long}`,
  "d.md": `# Fourth\n\n${long}`,
});
const site = build(wholeFile, source);
const path = fileUrl(site, "reading-paths/new-here.html");
const desk = { viewport: { width: 1280, height: 700 } };

/** Which boxes of a path are checked. @param {Page} page */
const checked = (page) => page.locator(".path-check").evaluateAll((boxes) => boxes.map((box) => /** @type {HTMLInputElement} */ (box).checked));

/** What the foot of the sidebar says. @param {Page} page */
const foot = async (page) => (await page.locator(".path-foot").innerText()).replace(/\s+/g, " ");

/** @param {Page} page */
const toEnd = (page) => page.evaluate(() => document.querySelector("article")?.lastElementChild?.scrollIntoView({ block: "end" }));

test("a path remembers what was read, and the sidebar says where to go on", async () => {
  await onPage(desk, async (page) => {
    await page.goto(path);
    await holds(page, () => document.querySelectorAll(".path-check").length === 3);
    assert.deepEqual(await checked(page), [false, false, false]);
    assert.equal(await page.locator(".path-foot").count(), 0, "nobody follows it yet");
    await page.locator(".path-go", { hasText: "Start reading" }).click();
    await page.waitForURL(/a\.html$/);
    await page.locator(".path-foot").waitFor();
    assert.equal(await foot(page), "New here 0 of 3 read Next Second");
    await toEnd(page);
    await holds(page, () => document.querySelector(".path-foot progress")?.getAttribute("value") === "1");
    assert.equal(await foot(page), "New here 1 of 3 read Next Second");
    await page.locator(".path-foot .path-next").click();
    await page.waitForURL(/guides\/b\.html$/);
    await page.locator(".path-foot").waitFor();
    assert.equal(await foot(page), "New here 1 of 3 read Next ADR-0001 Use it", "its own page is not the next");
    await page.locator(".path-foot .path-next").click();
    await page.waitForURL(/0001-c\.html$/);
    await page.locator(".path-foot").waitFor();
    assert.equal(await foot(page), "New here 2 of 3 read You have read all of it.", "Next means that the page was read");
    await page.locator(".path-foot .path-title").click();
    await page.waitForURL(/new-here\.html$/);
    await holds(page, () => document.querySelector(".path-go")?.textContent === "Continue");
    assert.deepEqual(await checked(page), [true, true, false]);
    assert.equal(await page.locator(".path-to").innerText(), "ADR-0001 Use it");
    assert.match(await page.locator(".path-go").getAttribute("href") ?? "", /adr\/0001-c\.html$/);
  });
});

test("a box marks a page by hand, all of them end the path, and it can be read again", async () => {
  await onPage(desk, async (page) => {
    await page.goto(path);
    for (const name of ["Read: First", "Read: Second", "Read: ADR-0001 Use it"]) await page.getByRole("checkbox", { name }).check();
    await holds(page, () => document.querySelector(".path-to")?.textContent === "You have read all of it.");
    await page.getByRole("checkbox", { name: "Read: Second" }).focus();
    await page.keyboard.press("Space");
    await holds(page, () => document.querySelector(".path-go")?.textContent === "Continue");
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute("aria-label")), "Read: Second", "the focus stays");
    await page.keyboard.press("Space");
    await page.locator(".path-go", { hasText: "Read again" }).click();
    await page.waitForURL(/a\.html$/);
    await page.locator(".path-foot").waitFor();
    assert.equal(await foot(page), "New here 0 of 3 read Next Second");
  });
});

test("a path can be left, and other pages then load nothing of it", async () => {
  await onPage(desk, async (page) => {
    await page.goto(path);
    await page.locator("ol.path a", { hasText: "Second" }).click();
    await page.waitForURL(/guides\/b\.html$/);
    await page.getByRole("button", { name: "Leave this reading path" }).first().click();
    await holds(page, () => !document.querySelector(".path-way"));
    assert.equal(await page.evaluate(() => document.activeElement?.id), "main");
    /** @type {string[]} */
    const asked = [];
    page.on("request", (request) => asked.push(request.url()));
    await page.goto(fileUrl(site, "d.html"));
    await page.waitForLoadState("load");
    assert.ok(asked.some((url) => url.includes("/paths-")) && !asked.some((url) => url.endsWith("reading-paths.js")), asked.join(" "));
    await toEnd(page);
    await page.goto(fileUrl(site, "reading-paths/other-things.html"));
    await holds(page, () => document.querySelectorAll(".path-check").length === 2);
    assert.deepEqual(await checked(page), [false, false], "what is read outside of a path is nobody's business");
  });
});

test("the first page shows the paths and how far the reader is", async () => {
  await onPage(desk, async (page) => {
    await page.goto(fileUrl(site));
    assert.deepEqual(await page.locator(".home-paths li > a").allInnerTexts(), ["New here", "Other things"]);
    assert.equal(await page.locator(".home-paths progress").count(), 0);
    await page.goto(path);
    await page.getByRole("checkbox", { name: "Read: First" }).check();
    await page.goto(fileUrl(site));
    await holds(page, () => document.querySelectorAll(".home-paths progress").length === 2);
    assert.equal(await page.locator(".home-paths progress").first().getAttribute("aria-label"), "1 of 3 read");
    assert.equal(await page.locator(".path-foot").count(), 0, "a mark by hand follows nothing");
  });
});

test("on a phone the next page stands after the text", async () => {
  await onPage({ viewport: { width: 390, height: 800 } }, async (page) => {
    await page.goto(path);
    await page.locator(".path-go").click();
    await page.waitForURL(/a\.html$/);
    await page.locator(".path-end .path-next").click();
    await page.waitForURL(/guides\/b\.html$/);
    assert.equal(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), true);
  });
});

test("without script a path is a list in order", async () => {
  await onPage({ ...desk, javaScriptEnabled: false }, async (page) => {
    await page.goto(path);
    assert.deepEqual(await page.locator("ol.path a").allInnerTexts(), ["First", "Second", "ADR-0001 Use it"]);
    assert.equal(await page.locator(".path-check").count(), 0);
    await page.locator(".path-go").click();
    await page.waitForURL(/a\.html$/);
  });
});

test("what lies in the storage may be anything", async () => {
  for (const lie of ["{", "null", "[]", '{"path":7,"read":{"a":1}}', '{"path":"reading-paths/gone.html","read":["a.html",3]}']) {
    await onPage(desk, async (page) => {
      await page.goto(path);
      await page.evaluate((lie) => Object.keys(localStorage).concat(`precedent-paths ${new URL(document.documentElement.dataset.root || ".", location.href).pathname}`).forEach((key) => key.startsWith("precedent-paths") && localStorage.setItem(key, lie)), lie);
      await page.goto(fileUrl(site, "a.html"));
      await page.goto(path);
      await holds(page, () => document.querySelectorAll(".path-check").length === 3);
      assert.equal(await page.locator(".path-foot").count(), 0, lie);
    });
  }
});
