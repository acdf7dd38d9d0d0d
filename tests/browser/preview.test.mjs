// @ts-check
// The live preview: what an author saves is on the screen, without a reload, where the reader was.
import assert from "node:assert/strict";
import { readFileSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { book, eventually, exampleBook, holds, onPage, root, serve, write } from "./helpers.mjs";

/** @typedef {import("./helpers.mjs").Page} Page */

const paragraphs = Array.from({ length: 120 }, (_, at) => `Paragraph ${at} of a long page.`).join("\n\n");

/** @param {string} colour @param {number} size */
const square = (colour, size) => `<svg xmlns="http://www.w3.org/2000/svg" width="${size}" height="${size}"><rect width="${size}" height="${size}" fill="${colour}"/></svg>`;

const files = {
  "book.toml": '[book]\ntitle = "First title"\n',
  "index.md": "# Home\n\n[Other](other.md)\n",
  "other.md": `# Other\n\nThe old word.\n\n![Square](square.svg)\n\n${paragraphs}\n`,
  "square.svg": square("red", 40),
};

/** Opens a page and leaves a mark that only a reload takes away. @param {Page} page @param {string} address */
async function open(page, address) {
  await page.goto(address);
  await page.evaluate(() => { /** @type {any} */ (window).mark = true; });
  await page.waitForFunction(() => document.documentElement.dataset.generation !== undefined, undefined, { polling: 50 });
}

/** @param {Page} page */
const isSameWindow = async (page) => assert(await page.evaluate(() => /** @type {any} */ (window).mark === true), "the page was loaded again");

/** @param {Page} page @param {string} text */
const shows = (page, text) => holds(page, (text) => document.querySelector("article")?.textContent?.includes(text), text);

test("a saved page changes in place", async (t) => {
  const source = book(t, files);
  const { url } = await serve(t, source);
  await onPage({}, async (page) => {
    await open(page, `${url}other.html`);
    await page.evaluate(() => scrollTo({ top: 1500, behavior: "instant" }));
    await page.locator(".scheme-switch").evaluate((button) => button.focus({ preventScroll: true }));
    const place = await page.evaluate(() => scrollY);
    assert(place > 1000);
    write(source, { "other.md": files["other.md"].replace("old word", "new word").replace("Paragraph 60", "## A new heading\n\nParagraph sixty") });
    await shows(page, "new word");
    await shows(page, "Paragraph sixty");
    await holds(page, () => document.querySelector(".toc a")?.textContent === "A new heading");
    await isSameWindow(page);
    assert.equal(await page.evaluate(() => scrollY), place);
    assert(await page.locator(".scheme-switch").evaluate((button) => button === document.activeElement), "the focus stays");
    assert(await page.locator(".search-open").isVisible());
  });
});

test("a page whose address has no `.html` follows its file", async (t) => {
  const source = book(t, { ...files, "book.toml": "[site]\naddresses = 'extensionless'\n" });
  const { url } = await serve(t, source);
  await onPage({}, async (page) => {
    await open(page, `${url}other`);
    write(source, { "other.md": files["other.md"].replace("old word", "new word") });
    await shows(page, "new word");
    await isSameWindow(page);
    // A file of another name with the same text is the same page.
    renameSync(join(source, "other.md"), join(source, "renamed.md"));
    await page.waitForURL(`${url}renamed`);
  });
});

test("what the reader looks at stays where it is when text grows above", async (t) => {
  const source = book(t, files);
  const { url } = await serve(t, source);
  await onPage({}, async (page) => {
    await open(page, `${url}other.html`);
    const top = () => page.getByText("Paragraph 60 of").evaluate((paragraph) => Math.round(paragraph.getBoundingClientRect().top));
    await page.getByText("Paragraph 60 of").evaluate((paragraph) => paragraph.scrollIntoView({ behavior: "instant", block: "center" }));
    const before = await top();
    // The first heading brings a table of contents with it, and a layout with room for that; more text alone does not.
    for (const word of ["first", "second"]) {
      write(source, { "other.md": files["other.md"].replace("The old word.", `The ${word} word.\n\n## Heading\n\n${`Some more text of the ${word}. `.repeat(word === "first" ? 200 : 500)}`) });
      await shows(page, `The ${word} word.`);
      // Where a browser keeps the place too, it does so with the next frame.
      await page.evaluate(() => new Promise((shown) => requestAnimationFrame(() => requestAnimationFrame(shown))));
      assert(Math.abs((await top()) - before) <= 2, `moved from ${before} to ${await top()}`);
    }
    await isSameWindow(page);
  });
});

test("a group of the navigation that the reader opened stays open", async (t) => {
  const source = exampleBook(t);
  const { url } = await serve(t, source);
  await onPage({}, async (page) => {
    await open(page, `${url}index.html`);
    await page.locator('.toggle[aria-label="Decisions"]').click();
    const link = page.locator(".sidebar a", { hasText: "Cache-aside" });
    await link.waitFor();
    const text = readFileSync(join(source, "docs-example/index.md"), "utf8");
    write(source, { "docs-example/index.md": `${text}\n\nOne more sentence.\n` });
    await shows(page, "One more sentence.");
    assert(await link.isVisible());
    // A new page shows in the navigation at once.
    write(source, { "docs-example/a-new-page.md": "# A page of today\n" });
    await page.locator(".sidebar a", { hasText: "A page of today" }).waitFor();
    await isSameWindow(page);
  });
});

test("what a reader opened and chose stays", async (t) => {
  const code = "<details><summary>More</summary>\n\nInside.\n\n</details>\n\n```python\nprint(1)\n```\n";
  const source = book(t, { ...files, "other.md": `# Other\n\nThe old word.\n\n${code}` });
  const { url } = await serve(t, source);
  await onPage({ colorScheme: "light" }, async (page) => {
    await open(page, `${url}other.html`);
    await page.locator("summary").click();
    await page.locator(".scheme-switch").click();
    const scheme = await page.locator("html").getAttribute("data-scheme");
    assert.notEqual(scheme, null);
    write(source, { "other.md": `# Other\n\nThe new word.\n\nMore.\n\n${code}\n\n\`\`\`python\nprint(2)\n\`\`\`\n` });
    await shows(page, "new word");
    await holds(page, () => document.querySelectorAll("figure.code > .copy").length === 2);
    assert(await page.getByText("Inside.").isVisible());
    assert.equal(await page.locator("html").getAttribute("data-scheme"), scheme);
    // The search box is still there and follows the text.
    await page.keyboard.press("/");
    await page.locator(".search input").fill("new");
    await page.locator(".search-result").first().waitFor();
    write(source, { "other.md": `# Other\n\nThe newest zebra.\n\n${code}` });
    await shows(page, "newest zebra");
    assert(await page.locator(".search").isVisible(), "an open search box stays open");
    await isSameWindow(page);
  });
});

test("a style sheet of the theme changes without a reload", async (t) => {
  const name = "theme/assets/style/10-base.css";
  const style = readFileSync(join(root, "themes/default/assets/style/10-base.css"), "utf8");
  const source = book(t, { ...files, [name]: style });
  const { url } = await serve(t, source);
  await onPage({}, async (page) => {
    await open(page, `${url}other.html`);
    const background = () => getComputedStyle(document.body).backgroundColor;
    assert.notEqual(await page.evaluate(background), "rgb(1, 2, 3)");
    for (const colour of ["rgb(1, 2, 3)", "rgb(4, 5, 6)"]) {
      write(source, { [name]: `${style}\nbody { background: ${colour} !important; }\n` });
      await holds(page, (colour) => getComputedStyle(document.body).backgroundColor === colour, colour);
    }
    await isSameWindow(page);
    await holds(page, () => document.querySelectorAll('link[rel="stylesheet"]').length === 2);
    rmSync(join(source, "theme"), { recursive: true });
    await holds(page, () => !["rgb(1, 2, 3)", "rgb(4, 5, 6)"].includes(getComputedStyle(document.body).backgroundColor));
    await isSameWindow(page);
  });
});

test("the settings change the title, a script loads the page again", async (t) => {
  const source = book(t, files);
  const { url } = await serve(t, source);
  await onPage({}, async (page) => {
    await open(page, `${url}other.html`);
    write(source, { "book.toml": '[book]\ntitle = "Second title"\n' });
    await holds(page, () => document.title.includes("Second title") && document.querySelector(".bar .brand-name")?.textContent === "Second title");
    await isSameWindow(page);
    write(source, { "theme/assets/more.js": "document.documentElement.dataset.more = 'yes';\n" });
    await holds(page, () => document.documentElement.dataset.more === "yes");
  });
});

test("a replaced image shows", async (t) => {
  const source = book(t, files);
  const { url } = await serve(t, source);
  await onPage({}, async (page) => {
    await open(page, `${url}other.html`);
    const hasWidth = (/** @type {number} */ width) => holds(page, (width) => document.querySelector("article img")?.naturalWidth === width, width);
    await hasWidth(40);
    for (const size of [64, 80]) {
      write(source, { "square.svg": square("blue", size) });
      await hasWidth(size);
    }
    await isSameWindow(page);
  });
});

test("findings are shown with their place, and go when mended", async (t) => {
  const source = book(t, files);
  const { url } = await serve(t, source);
  await onPage({}, async (page) => {
    await open(page, `${url}other.html`);
    const panel = page.locator(".precedent-findings");
    write(source, { "other.md": files["other.md"].replace("The old word.", "See [this](nowhere.md).") });
    await panel.waitFor();
    await panel.getByText("other.md:3:").waitFor();
    assert.match(await panel.innerText(), /nowhere\.md/);
    await page.locator("article [data-broken]").waitFor();
    write(source, { "other.md": files["other.md"] });
    await panel.waitFor({ state: "detached" });
    // The page is there with a fault in its front matter, too.
    write(source, { "other.md": `---\ntitle: [unclosed\n---\n${files["other.md"].replace("old word", "word with a fault above")}` });
    await panel.getByText(/other\.md:\d/).first().waitFor();
    await shows(page, "word with a fault above");
    write(source, { "other.md": files["other.md"] });
    await panel.waitFor({ state: "detached" });
    await shows(page, "old word");
    await isSameWindow(page);
    // A fault that is there when the page is opened is told, and stays closed.
    write(source, { "index.md": "# Home\n\n[This](nowhere.md) and [Other](other.md)\n" });
    await panel.getByText("index.md:3:").waitFor();
    await page.reload();
    await panel.waitFor();
    assert(!(await panel.getByText("index.md:3:").isVisible()));
  });
});

test("a deleted page that comes back is shown again", async (t) => {
  const source = book(t, files);
  const { url } = await serve(t, source);
  await onPage({ allowed: [/404/] }, async (page) => {
    await open(page, `${url}other.html`);
    rmSync(join(source, "other.md"));
    await holds(page, () => document.body.dataset.kind === "missing");
    write(source, { "other.md": files["other.md"].replace("old word", "word that came back") });
    await shows(page, "word that came back");
    // The way editors save: a new file takes the place of the old.
    write(source, { "other.md.tmp": files["other.md"].replace("old word", "word by a rename") });
    renameSync(join(source, "other.md.tmp"), join(source, "other.md"));
    await shows(page, "word by a rename");
    await isSameWindow(page);
  });
});

test("two windows follow, each its own page", async (t) => {
  const source = book(t, files);
  const { url } = await serve(t, source);
  await onPage({}, async (page) => {
    const second = await page.context().newPage();
    await open(page, `${url}other.html`);
    await open(second, url);
    write(source, { "other.md": files["other.md"].replace("old word", "first save"), "index.md": "# Home\n\nSecond window. [Other](other.md)\n" });
    await shows(page, "first save");
    await shows(second, "Second window");
    write(source, { "index.md": "# Home\n\nThird text. [Other](other.md)\n" });
    await shows(second, "Third text");
    assert(!(await page.locator("article").innerText()).includes("Third text"));
    for (const window of [page, second]) await isSameWindow(window);
  });
});

test("a page recovers when the preview was stopped and is started again", async (t) => {
  const source = book(t, files);
  const first = await serve(t, source);
  await onPage({ allowed: [/ERR_(CONNECTION_REFUSED|INCOMPLETE_CHUNKED_ENCODING|CONNECTION_RESET|EMPTY_RESPONSE)/] }, async (page) => {
    await open(page, `${first.url}other.html`);
    await first.stop();
    await page.locator(".precedent-lost").waitFor();
    write(source, { "other.md": files["other.md"].replace("old word", "word of the meantime") });
    await serve(t, source, first.port);
    // The new process counts its builds anew: one that changes another page must not pass for the next after the last seen.
    write(source, { "index.md": "# Home\n\nAnother page. [Other](other.md)\n" });
    await eventually(async () => (await (await fetch(first.url)).text()).includes("Another page."));
    await shows(page, "word of the meantime");
    await page.locator(".precedent-lost").waitFor({ state: "detached" });
    write(source, { "other.md": files["other.md"].replace("old word", "word of later") });
    await shows(page, "word of later");
    await isSameWindow(page);
  });
});

test("a save is soon on the screen", async (t) => {
  const source = exampleBook(t);
  const { url } = await serve(t, source);
  const path = "docs-example/guidelines/caching.md";
  const text = readFileSync(join(root, path), "utf8");
  await onPage({}, async (page) => {
    await open(page, `${url}guidelines/caching.html`);
    const times = [];
    for (let at = 0; at < 20; at += 1) {
      const shown = page.waitForFunction((word) => document.querySelector("article")?.textContent?.includes(word), `Edit number ${at}.`, { polling: "raf" });
      const begun = performance.now();
      write(source, { [path]: `${text}\n\nEdit number ${at}.\n` });
      await shown;
      times.push(performance.now() - begun);
    }
    times.sort((a, b) => a - b);
    t.diagnostic(`from write to screen, 20 edits: median ${times[10].toFixed(0)} ms, fastest ${times[0].toFixed(0)} ms, slowest ${times[19].toFixed(0)} ms`);
    await isSameWindow(page);
  });
});
