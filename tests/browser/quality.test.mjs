// @ts-check
// What readers never see and always feel: valid HTML, checked types, little weight, nothing that jumps, and a site that
// needs neither a mouse nor script.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { HtmlValidate } from "html-validate";
import { book, build, exampleBook, fileUrl, holds, onPage, root, serve, wholeFile, write } from "./helpers.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const source = exampleBook(wholeFile);
const site = build(wholeFile, source);

test("the scripts of the themes have the types that they say", () => {
  const compiler = join(here, "node_modules/typescript/bin/tsc");
  execFileSync(process.execPath, [compiler, "-p", here], { stdio: "pipe" });
});

test("every page is valid HTML", async () => {
  // Off is what is taste (the case of the doctype, `<img />`), and what this theme does on purpose: roles that tables keep
  // when they are laid out as cards, anchors named by their heading, a filter form without a button to send it.
  const off = ["attribute-boolean-style", "doctype-style", "no-redundant-role", "no-trailing-whitespace", "prefer-native-element", "void-style", "long-title", "wcag/h30", "wcag/h32"];
  const validator = new HtmlValidate({
    root: true,
    extends: ["html-validate:standard"],
    elements: ["html5"],
    rules: { ...Object.fromEntries(off.map((rule) => [rule, "off"])), "aria-label-misuse": ["error", { allowAnyNamable: true }], "valid-id": ["error", { relaxed: true }] },
  });
  const names = /** @type {string[]} */ (readdirSync(site, { recursive: true })).filter((name) => name.endsWith(".html"));
  assert(names.length > 100);
  const wrong = [];
  for (const name of names) {
    const { results } = await validator.validateString(readFileSync(join(site, name), "utf8"));
    wrong.push(...results.flatMap(({ messages }) => messages.map((message) => `${name}:${message.line}: ${message.ruleId}: ${message.message}`)));
  }
  assert.deepEqual(wrong, []);
});

/** The bytes that a file has on its way. @param {string} name */
const weight = (name) => gzipSync(readFileSync(join(site, name))).length;

test("a page is light", async (t) => {
  const { url } = await serve(t, source);
  await onPage({}, async (page) => {
    for (const name of ["index.html", "decisions/0023-cache-aside-with-redis.html"]) {
      const html = readFileSync(join(site, name), "utf8");
      const named = [...html.matchAll(/(?:src|href)="([^"]*assets\/[^"]+\.(?:js|css|svg))"/g)].map((found) => found[1].replace(/^(\.\.\/)*/, ""));
      const scripts = named.filter((file) => file.endsWith(".js")).reduce((sum, file) => sum + weight(file), 0);
      const all = weight(name) + named.reduce((sum, file) => sum + weight(file), 0) + weight("changes.js");
      t.diagnostic(`${name}: ${all} bytes compressed, ${scripts} of them scripts`);
      assert(all < 60_000, `${name} and what it needs are ${all} bytes`);
      assert(scripts < 20_000, `the scripts of ${name} are ${scripts} bytes`);
    }
    await page.goto(url);
  });
});

test("the search is light", (t) => {
  const scripts = readdirSync(join(site, "assets")).filter((file) => /^(engine|search)-.*\.js$/.test(file));
  const of = (/** @type {RegExp} */ name) => scripts.filter((file) => name.test(file)).reduce((sum, file) => sum + weight(`assets/${file}`), 0);
  const style = gzipSync(readFileSync(join(root, "themes/default/assets/style/60-search.css"))).length;
  const [engine, more, dialog] = [of(/^engine-[^-]+\.js/), of(/^engine-more-/), of(/^search-/) + style];
  t.diagnostic(`the engine: ${engine} bytes compressed, what only some queries need: ${more}, the dialog with its style: ${dialog}`);
  assert(engine > 0 && engine < 9000 && more > 0 && dialog < 9000);
});

/** The markup of the navigation of a page. @param {string} folder @param {string} name */
function navigationOf(folder, name) {
  const html = readFileSync(join(folder, name), "utf8");
  const start = html.indexOf('<nav class="sidebar"');
  return html.slice(start, html.indexOf("</nav>", start));
}

test("the navigation of a page does not grow with the book, and not without end with its depth", (t) => {
  const files = Object.fromEntries(Array.from({ length: 1500 }, (_, at) => [`part-${at % 30}/page-${at}.md`, `# A page with a title of some length, number ${at}\n`]));
  const many = build(t, book(t, { "book.toml": "", ...files }));
  // Seven levels of 30 with long names:
  /** @type {Record<string, string>} */
  const levels = {};
  const folders = Array.from({ length: 7 }, (_, level) => `level-${level}-of-a-deep-tree-with-long-names`);
  for (let depth = 0; depth < 7; depth += 1) {
    for (let at = 0; at < 30; at += 1) levels[[...folders.slice(0, depth), `${100 + at}-a-decision-with-a-long-name.md`].join("/")] = `---\nkind: decision\nstatus: proposed\n---\n# A decision with a title of some length, 決定 ${at}\n`;
  }
  const deep = build(t, book(t, { "book.toml": "", ...levels }));
  for (const [folder, name] of [[many, "part-7/page-757.html"], [deep, `${folders.slice(0, 6).join("/")}/115-a-decision-with-a-long-name.html`]]) {
    const markup = navigationOf(folder, name);
    t.diagnostic(`${name}: ${Buffer.byteLength(markup)} bytes of navigation`);
    assert(Buffer.byteLength(markup) < 15_000, `${name}: ${Buffer.byteLength(markup)}`);
    assert.match(markup, /aria-current="page"/);
  }
});

test("text is set in the font of the theme at the first paint, and in the system's where a book says so", async (t) => {
  const families = (/** @type {import("playwright-core").Page} */ page) => page.evaluate(() => [...document.fonts].filter((font) => font.status === "loaded").map((font) => font.family));
  await onPage({}, async (page) => {
    await page.goto(fileUrl(site, "decision-timeline.html"));
    await holds(page, () => document.fonts.check("1em Inter"));
    assert.deepEqual([...new Set(await families(page))], ["Inter"], "and the one for code where there is code");
  });
  const system = build(t, book(t, { "book.toml": '[theme]\nfont = "system"\ncode-font = "system"\n', "index.md": "# Page\n\n`code`\n" }));
  await onPage({}, async (page) => {
    await page.goto(fileUrl(system));
    assert.deepEqual(await families(page), []);
  });
});

test("nothing jumps while a page loads", async () => {
  for (const viewport of [{ width: 390, height: 844 }, { width: 1440, height: 900 }]) {
    await onPage({ viewport }, async (page) => {
      await page.addInitScript(() => {
        const shifts = /** @type {any} */ (window);
        shifts.moved = 0;
        new PerformanceObserver((list) => {
          for (const entry of /** @type {any[]} */ (list.getEntries())) if (!entry.hadRecentInput) shifts.moved += entry.value;
        }).observe({ type: "layout-shift", buffered: true });
      });
      for (const name of ["index.html", "decisions/0011-modular-services-by-bounded-context.html", "decision-log.html", "guidelines/python-style.html"]) {
        await page.goto(fileUrl(site, name), { waitUntil: "load" });
        await page.evaluate(() => new Promise((done) => requestIdleCallback(() => requestAnimationFrame(done))));
        const moved = await page.evaluate(() => /** @type {any} */ (window).moved);
        assert(moved < 0.001, `${name} moves by ${moved} at ${viewport.width}`);
      }
    });
  }
});

test("every stop of the keyboard can be seen, in both schemes", async () => {
  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    await onPage({ colorScheme }, async (page) => {
      await page.goto(fileUrl(site, "decision-log.html"));
      const unseen = [];
      for (let stop = 0; stop < 40; stop += 1) {
        await page.keyboard.press("Tab");
        const fault = await page.evaluate(() => {
          const element = /** @type {HTMLElement} */ (document.activeElement);
          if (!element || element === document.body) return null;
          const { outlineStyle, outlineWidth } = getComputedStyle(element);
          const { width, height } = element.getBoundingClientRect();
          const seen = outlineStyle !== "none" && parseFloat(outlineWidth) >= 1 && width > 0 && height > 0;
          return seen ? null : element.outerHTML.slice(0, 90);
        });
        if (fault) unseen.push(fault);
      }
      assert.deepEqual(unseen, []);
    });
  }
});

test("a group of the navigation is opened by keyboard, and is open on the next page", async () => {
  await onPage({}, async (page) => {
    await page.goto(fileUrl(site, "decisions/0023-cache-aside-with-redis.html"));
    const toggle = page.locator('.nav .toggle[aria-label="Handbook"]');
    await toggle.focus();
    await page.keyboard.press("Enter");
    await page.locator('.nav a:text-is("Glossary")').waitFor();
    await page.goto(fileUrl(site, "guidelines/python-style.html"));
    await page.locator('.nav a:text-is("Glossary")').waitFor();
  });
});

test("what changed since the last visit is marked until it is read", async () => {
  await onPage({}, async (page) => {
    const marks = () => page.locator(".home .new-mark").count();
    const known = () => holds(page, () => Object.keys(localStorage).some((key) => key.startsWith("precedent-visit")));
    await page.goto(fileUrl(site));
    await known();
    assert.equal(await marks(), 0);
    await page.evaluate(() => {
      const key = Object.keys(localStorage).find((name) => name.startsWith("precedent-visit")) ?? "";
      const memory = JSON.parse(localStorage[key]);
      delete memory.known["decisions/0034-event-stream-between-services.html"];
      localStorage[key] = JSON.stringify(memory);
    });
    await page.reload();
    await page.locator(".home .new-mark").first().waitFor();
    await page.goto(fileUrl(site, "decisions/0034-event-stream-between-services.html"));
    await holds(page, () => Object.entries(localStorage).every(([key, value]) => !key.startsWith("precedent-visit") || JSON.parse(value).fresh.length === 0));
    await page.goto(fileUrl(site));
    assert.equal(await marks(), 0);
  });
});

/** A picture of 1,600 by 400 pixels, in one colour. */
const picture = '<svg xmlns="http://www.w3.org/2000/svg" width="1600" height="400"><rect width="1600" height="400" fill="#888"/></svg>';

test("a note is shown beside its number, an image has its size and caption and opens whole", async (t) => {
  const pages = build(t, book(t, { "book.toml": "", "wide.svg": picture, "index.md": '# Page\n\nText[^1].\n\n![A wide picture](wide.svg "What it shows")\n\n[^1]: The *note*.\n' }));
  await onPage({}, async (page) => {
    await page.goto(fileUrl(pages));
    await page.locator(".footnote a").hover();
    assert.match(await page.locator(".preview").textContent() ?? "", /The note\./);
    await page.keyboard.press("Escape");
    await page.locator(".preview").waitFor({ state: "detached" });
    const image = page.locator("figure.image img");
    assert.deepEqual(await image.evaluate((element) => [element.getAttribute("width"), element.getAttribute("height")]), ["1600", "400"]);
    assert.equal(await page.locator("figure.image figcaption").textContent(), "What it shows");
    await page.locator("img.large").focus();
    await page.keyboard.press("Enter");
    await holds(page, () => (document.querySelector("dialog.zoom img")?.clientWidth ?? 0) > 1500);
    await page.keyboard.press("Escape");
    await page.locator("dialog.zoom").waitFor({ state: "detached" });
    await holds(page, () => document.activeElement?.className === "large");
  });
});

test("what is copied of a session is what was typed, and long lines wrap on every page once asked", async (t) => {
  const text = `# Page\n\n\`\`\`console\n$ make \\\n  all\nmade $ 1\n$ echo 'a\n> b'\na\n\`\`\`\n\n\`\`\`sh\necho ${"long ".repeat(40)}\n\`\`\`\n`;
  const pages = build(t, book(t, { "book.toml": "", "index.md": text, "b.md": text }));
  await onPage({ viewport: { width: 390, height: 844 }, permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
    await page.goto(fileUrl(pages));
    await page.locator(".copy").first().click();
    await holds(page, () => document.querySelector(".copy.done") !== null);
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), "make \\\n  all\necho 'a\nb'\n");
    assert.equal(await page.locator(".wrap").count(), 1, "where nothing is cut there is nothing to wrap");
    const isCut = () => page.locator("pre").last().evaluate((code) => code.scrollWidth > code.clientWidth + 1);
    assert(await isCut());
    await page.locator(".wrap").click();
    assert(!(await isCut()));
    await page.goto(fileUrl(pages, "b.html"));
    assert(!(await isCut()));
    await page.locator(".wrap").last().click();
    assert(await isCut());
  });
});

test("paper has the text, what a record says of itself and the addresses of links, and no controls", async () => {
  await onPage({}, async (page) => {
    await page.goto(fileUrl(site, "decisions/0026-envelope-encryption-at-rest.html"));
    await page.emulateMedia({ media: "print" });
    for (const part of ["h1", ".record", ".facts"]) assert(await page.locator(part).first().isVisible(), part);
    for (const part of [".bar", ".sidebar", ".toc", ".copy", ".facts-open", ".pager", ".foot"]) assert.equal(await page.locator(`${part}:visible`).count(), 0, part);
    assert(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "nothing is cut");
  });
});

test("a number in code shows its note, leads to it, and is not copied", async (t) => {
  const text = '# Page\n\n```python\nx = 1  # (1)\ny = "(1)"\n```\n\n1. Why *one*.\n';
  const pages = build(t, book(t, { "book.toml": "", "index.md": text }));
  await onPage({ permissions: ["clipboard-read", "clipboard-write"] }, async (page) => {
    await page.goto(fileUrl(pages));
    await page.locator(".annotation").hover();
    assert.match(await page.locator(".preview").textContent() ?? "", /Why one\./);
    await page.locator(".copy").click();
    await holds(page, () => document.querySelector(".copy.done") !== null);
    assert.equal(await page.evaluate(() => navigator.clipboard.readText()), 'x = 1\ny = "(1)"\n');
  });
  await onPage({ javaScriptEnabled: false }, async (page) => {
    await page.goto(fileUrl(pages));
    await page.locator(".annotation").click();
    assert.match(page.url(), /#code-note$/);
    assert(await page.locator("li:target").isVisible());
  });
});

test("a term tells its meaning and leads to the glossary", async (t) => {
  const pages = build(t, book(t, {
    "book.toml": "",
    "words.md": "---\nglossary: true\n---\n# Words\n\nSlot\n: An *hour* at a terminal.\n",
    "index.md": "# Page\n\nEach slot, and slots again.\n",
  }));
  await onPage({}, async (page) => {
    await page.goto(fileUrl(pages));
    const term = page.locator(".term");
    assert.deepEqual(await term.allTextContents(), ["slot"]);
    assert.equal(await term.getAttribute("title"), "An hour at a terminal.");
    await page.keyboard.press("Tab");
    await term.focus();
    assert.equal(await page.locator(".preview").textContent(), "An hour at a terminal.");
    await term.click();
    assert.match(page.url(), /words\.html#slot$/);
    assert.equal(await page.locator("dt:target").textContent(), "Slot");
  });
});

test("without script everything can be read and reached", async () => {
  await onPage({ javaScriptEnabled: false }, async (page) => {
    await page.goto(fileUrl(site, "decisions/0023-cache-aside-with-redis.html"));
    assert(await page.locator('.nav [aria-current="page"]').isVisible());
    for (const button of [".search-open", ".scheme-switch"]) assert(!(await page.locator(button).isVisible()), `${button} can do nothing`);
    await page.locator(".tags a").first().click();
    await page.locator(".children a").first().click();
    await page.locator('.foot a[href$="contents.html"]').click();
    assert(await page.locator(".tree a").count() > 70);
  });
});

test("an Arabic book reads from right to left, in Arabic", async (t) => {
  const arabic = exampleBook(t);
  write(arabic, { "book.toml": readFileSync(join(arabic, "book.toml"), "utf8").replace('"en"', '"ar"') });
  const pages = build(t, arabic);
  for (const viewport of [{ width: 390, height: 844 }, { width: 1440, height: 900 }]) {
    await onPage({ viewport }, async (page) => {
      for (const name of ["index.html", "decision-log.html", "decision-timeline.html", "decisions/0004-start-with-a-django-monolith.html"]) {
        await page.goto(fileUrl(pages, name));
        assert.equal(await page.evaluate(() => document.documentElement.dir), "rtl");
        assert(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `${name} is wider than the screen`);
      }
      assert.match(await page.locator(".notice").first().textContent() ?? "", /مستبدل/);
      assert.match(await page.locator(".scheme-switch").getAttribute("aria-label") ?? "", /تلقائي/);
    });
  }
});
