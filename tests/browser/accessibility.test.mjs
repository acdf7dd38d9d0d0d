// @ts-check
// One page of each kind, in each theme, light and dark, on a phone and on a desk: no accessibility fault that axe knows, no
// breach of the pages' own policy, nothing wider than the screen, nothing lost when it is enlarged.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { build, exampleBook, onPage, serve, wholeFile, write } from "./helpers.mjs";

/** @typedef {import("./helpers.mjs").Page} Page */

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** Everything that the renderer makes, on one page. */
const everything = `---
title: Everything
tags: [one, two]
date: 2026-01-02
---
# Everything

Text with \`code\`, **strong**, *emphasis*, ~~gone~~, a [link](index.md), a [lost link](nowhere.md), a note[^1], $x^2$, <kbd>Ctrl</kbd>, <mark>marked</mark>.

> [!NOTE]
> Note with a [link](index.md) and \`code\`.

> [!TIP]
> Tip.

> [!IMPORTANT]
> Important.

> [!WARNING]
> Warning.

> [!CAUTION]
> Caution.

## Code

\`\`\`python title="app/main.py" {2} linenos
import os  # a comment
def answer(name: str = "x") -> int:
    return 42 if name else os.getpid()
\`\`\`

\`\`\`python
answer()  # (1)
\`\`\`

1. The note of a line.

\`\`\`python diff
+added = 1
-removed = None
 same = True
\`\`\`

\`\`\`diff
+added
-removed
\`\`\`

\`\`\`yaml
key: [1, true, "text"]
\`\`\`

\`\`\`rust {1}
fn main() { println!("{}", 'c'); } // comment
\`\`\`

\`\`\`html
<p class="x" id='y'>&amp; text</p> <!-- comment -->
\`\`\`

## Table

| Name | Number | A long column that makes the table wide | Another long column that makes it wider |
|------|-------:|:---------------------------------------:|------------------------------------------|
| one  |      1 | text text text text text text text text | text text text text text text text text  |

- [ ] to do
- [x] done

Term
: Definition.

> A quotation.

$$\\sum_{i=1}^{n} i = \\frac{n(n+1)}{2}$$

\`\`\`mermaid
flowchart LR
  A[First] --> B{Choice} --> C[Last]
\`\`\`

<details><summary>More</summary>

Inside.

</details>

### Third level

#### Fourth level

<!-- tabs -->

##### One

A tab.

##### Two

Another with a [link](index.md).

<!-- /tabs -->

[^1]: The note.
`;

const pages = {
  index: "index.html",
  decision: "decisions/0023-cache-aside-with-redis.html",
  superseded: "decisions/0004-start-with-a-django-monolith.html",
  guideline: "guidelines/python-style.html",
  everything: "everything.html",
  listing: "services/index.html",
  contents: "contents.html",
  log: "decision-log.html",
  graph: "decision-graph.html",
  timeline: "decision-timeline.html",
  due: "decision-due.html",
  path: "reading-paths/new-at-a-partner.html",
  paths: "reading-paths.html",
  tags: "tags/index.html",
  tag: "tags/python.html",
  search: "search.html?q=redis",
  missing: "no/such/page.html",
};

const source = exampleBook(wholeFile);
write(source, { "docs-example/everything.md": everything });

const plain = exampleBook(wholeFile);
write(plain, { "docs-example/everything.md": everything, "book.toml": `${readFileSync(`${plain}/book.toml`, "utf8")}\n[theme]\nname = "plain"\n` });
const themes = { default: source, plain };

/** @param {Page} page */
async function faults(page) {
  await page.evaluate(axe);
  // A table that its author gave no headings has none.
  const options = { resultTypes: ["violations"], rules: { "empty-table-header": { enabled: false } } };
  const { violations } = await page.evaluate((options) => /** @type {any} */ (window).axe.run(document, options), options);
  return violations.map((/** @type {any} */ found) => `${found.id}: ${found.nodes.slice(0, 4).map((/** @type {any} */ node) => `${node.target} ${node.any[0]?.message ?? node.all[0]?.message ?? found.help}`).join("; ")}`);
}

const screens = [
  { name: "phone", viewport: { width: 390, height: 844 } },
  { name: "desk", viewport: { width: 1440, height: 900 } },
];

for (const [theme, folder] of Object.entries(themes)) {
  for (const { name: screen, viewport } of screens) {
    for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
      test(`the theme ${theme} on a ${screen}, ${colorScheme}`, async (t) => {
        const { url } = await serve(t, folder);
        // The findings of the page with everything are the preview's, not the page's.
        await onPage({ viewport, colorScheme, reducedMotion: "reduce", allowed: [/404/] }, async (page) => {
          /** @type {Record<string, string[]>} */
          const found = {};
          for (const [name, path] of Object.entries(pages)) {
            await page.goto(url + path);
            const wide = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
            const list = await faults(page);
            if (wide > 0) list.push(`wider than the screen by ${wide} pixels`);
            if (list.length > 0) found[name] = list;
          }
          assert.deepEqual(found, {});
        });
      });
    }
  }
}

/**
 * What a reader of an enlarged page cannot get at: text outside of the window which nothing scrolls to, text that its own
 * box cuts off, and what covers much of the window and stays there.
 * @param {Page} page
 */
function lost(page) {
  return page.evaluate(() => {
    /** @type {string[]} */
    const found = [];
    const name = (/** @type {Element} */ element) => element.outerHTML.slice(0, 100);
    const scrolls = (/** @type {Element | null} */ element) => {
      for (; element && element !== document.body; element = element.parentElement) if (["auto", "scroll"].includes(getComputedStyle(element).overflowX)) return true;
      return false;
    };
    const wide = document.documentElement.scrollWidth - innerWidth;
    if (wide > 0) found.push(`wider than the window by ${wide} pixels`);
    for (const element of document.querySelectorAll("body *")) {
      const box = element.getBoundingClientRect();
      const style = getComputedStyle(element);
      const hasText = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.nodeValue?.trim());
      // What only screen readers have, and links that come into view with the focus.
      if (!element.checkVisibility() || element.closest(".unseen, .skip, svg") || box.width <= 1 || style.clipPath !== "none") continue;
      if (hasText && (box.left < -1 || box.right > innerWidth + 1) && !scrolls(element)) found.push(`outside: ${name(element)}`);
      // The name of the site is in the title of the window too; what a section is about is on its page.
      const cut = ["hidden", "clip"].includes(style.overflowX) && element.scrollWidth > element.clientWidth + 1;
      if (cut && !element.matches(".brand-name, input")) found.push(`cut off: ${name(element)}`);
      const stays = style.position === "fixed" || (style.position === "sticky" && element.matches(".bar"));
      if (stays && box.height * box.width > (innerWidth * innerHeight) / 4) found.push(`covers: ${name(element)}`);
    }
    return found;
  });
}

// WCAG 1.4.4 and 1.4.10: a window of 1280 pixels at 200 and at 400 percent, and text alone at 200.
const enlarged = [
  { name: "200 percent", viewport: { width: 640, height: 400 }, text: "100%" },
  { name: "400 percent", viewport: { width: 320, height: 256 }, text: "100%" },
  { name: "text of 200 percent", viewport: { width: 1280, height: 800 }, text: "200%" },
];

for (const [theme, folder] of Object.entries(themes)) {
  for (const { name: size, viewport, text } of enlarged) {
    test(`the theme ${theme} at ${size} loses nothing`, async (t) => {
      const { url } = await serve(t, folder);
      await onPage({ viewport, reducedMotion: "reduce", allowed: [/404/] }, async (page) => {
        /** @type {Record<string, string[]>} */
        const found = {};
        for (const [name, path] of Object.entries(pages)) {
          await page.goto(url + path);
          // What a page does when a box has grown comes with the frame that draws it.
          await page.evaluate(async (text) => {
            document.documentElement.style.fontSize = text;
            for (let frame = 0; frame < 3; frame += 1) await new Promise(requestAnimationFrame);
          }, text);
          const list = await lost(page);
          if (list.length > 0) found[name] = list;
        }
        assert.deepEqual(found, {});
      });
    });
  }
}

test("the open drawer, contents and search box", async (t) => {
  const { url } = await serve(t, source);
  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    await onPage({ viewport: screens[0].viewport, colorScheme, hasTouch: true, reducedMotion: "reduce" }, async (page) => {
      await page.goto(url + pages.decision);
      await page.locator(".menu-open").tap();
      assert.deepEqual(await faults(page), []);
      await page.keyboard.press("Escape");
      await page.locator(".toc-open").tap();
      assert.deepEqual(await faults(page), []);
      await page.keyboard.press("Escape");
      await page.locator(".search-open").tap();
      assert.deepEqual(await faults(page), []);
      await page.locator(".search input").fill("redis status:accepted");
      await page.locator(".search-result").first().waitFor();
      assert.deepEqual(await faults(page), []);
    });
  }
});

test("a page says what it is", async (t) => {
  const { url } = await serve(t, source);
  await onPage({}, async (page) => {
    for (const path of [pages.index, pages.decision, pages.everything, pages.contents]) {
      await page.goto(url + path);
      const { lang, headings, description, landmarks } = await page.evaluate(() => ({
        lang: document.documentElement.lang,
        headings: document.querySelectorAll("h1").length,
        description: document.querySelector('meta[name="description"]')?.getAttribute("content") ?? "",
        landmarks: ["header", "main", "footer"].map((name) => document.querySelectorAll(`body > ${name}, body > .frame > ${name}`).length),
      }));
      assert.equal(lang, "en");
      assert.equal(headings, 1);
      assert(description.length > 10 || path === pages.contents, `${path} has no description`);
      assert.deepEqual(landmarks, [1, 1, 1]);
    }
    // The first stop of the keyboard leads past the navigation.
    await page.goto(url + pages.decision);
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement?.id), "main");
  });
});

test("no page breaks its own policy", async (t) => {
  const site = build(t, source);
  const { pages: all } = JSON.parse(readFileSync(`${site}/site.json`, "utf8"));
  const { url } = await serve(t, source);
  await onPage({}, async (page) => {
    for (const { url: path } of all) await page.goto(url + path, { waitUntil: "load" });
  });
});
