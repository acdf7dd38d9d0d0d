// @ts-check
// Hostile Markdown in a browser whose policy is switched off: nothing of it may run, wherever it stands.
import assert from "node:assert/strict";
import { cpSync, existsSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { book, build, fileUrl, onPage, root, serve, wholeFile } from "./helpers.mjs";

/** @typedef {import("./helpers.mjs").Page} Page */

/** What a script of a vector would do. */
const pwned = "window.pwned = true";

/** A few vectors of our own, should the collection be away; they also prove that the watching below works. */
const few = {
  "few.md": `# Few <img src=x onerror="${pwned}">\n\n<script>${pwned}</script>\n\n[a](javascript:${pwned.replaceAll(" ", "")}) <svg onload="${pwned}">\n\n<details open ontoggle="${pwned}"><summary>x</summary></details>\n`,
};

/** Makes a book of all vectors. */
function hostileBook() {
  const source = book(wholeFile, { ...few, "index.md": "# Home\n", "book.toml": '[book]\ntitle = "Hostile"\n' });
  const collection = join(root, "tests/data/hostile");
  if (existsSync(collection)) cpSync(collection, source, { recursive: true });
  return source;
}

/**
 * Opens a page, does what a reader does, and returns what the page holds that it must not.
 * @param {Page} page @param {string} address
 */
async function visit(page, address) {
  await page.goto(address);
  // Links that run script do so when they are followed: each is clicked, but none may leave the page.
  return page.evaluate(async () => {
    document.addEventListener("click", (event) => {
      const link = event.target instanceof Element ? event.target.closest("a") : null;
      if (link && !/^\s*(javascript|vbscript|data):/i.test(link.href)) event.preventDefault();
    });
    // The search of a page that is not there leads away, and its answer would end the next visit.
    document.addEventListener("submit", (event) => event.preventDefault());
    for (const details of document.querySelectorAll("details")) details.open = true;
    for (const element of document.querySelectorAll("article *")) {
      for (const name of ["mouseover", "mouseenter", "focus", "click"]) element.dispatchEvent(new MouseEvent(name, { bubbles: true, cancelable: true }));
    }
    await new Promise((done) => setTimeout(done)); // Loads and errors of images are tasks of their own.
    const handlers = [...document.querySelectorAll("*")].flatMap((element) => [...element.attributes].filter(({ name }) => name.startsWith("on")).map(({ name }) => `${element.nodeName} ${name}`));
    const foreign = [...document.querySelectorAll("article :is(script, iframe, object, embed, base, style, form:not(.log-form, .search-form))")].map((element) => element.nodeName);
    return [...handlers, ...foreign, ...("pwned" in window ? ["pwned"] : [])];
  });
}

/** @param {string[]} addresses */
async function visitAll(addresses) {
  // Images of other hosts are an author's right; that they are refused here is no fault of the page.
  await onPage({ bypassCSP: true, allowed: [/^another host/, /^failed/, /^console: Failed to load resource/] }, async (page) => {
    /** @type {Record<string, string[]>} */
    const found = {};
    for (const address of addresses) {
      const trouble = await visit(page, address);
      if (trouble.length > 0) found[address] = trouble;
    }
    assert.deepEqual(found, {});
  });
}

/** @param {string} folder @returns {string[]} */
const pagesOf = (folder) => readdirSync(folder, { recursive: true }).map(String).filter((name) => name.endsWith(".html"));

const source = hostileBook();
const site = build(wholeFile, source);

test("nothing runs on pages opened from the disk", async (t) => {
  const pages = pagesOf(site);
  assert(pages.includes("few.html"));
  t.diagnostic(`${pages.length} pages`);
  await visitAll(pages.map((name) => fileUrl(site, name)));
});

test("nothing runs on pages of the preview", async (t) => {
  const { url } = await serve(t, source);
  await visitAll(pagesOf(site).map((name) => url + name.split("/").map(encodeURIComponent).join("/")));
});

test("a vector that runs would be seen", async (t) => {
  const source = book(t, { ...few, "book.toml": '[markdown]\nhtml = "trusted"\n' });
  const site = build(t, source);
  await onPage({ bypassCSP: true, allowed: [/./] }, async (page) => {
    const found = await visit(page, fileUrl(site, "few.html"));
    assert(found.includes("pwned") && found.includes("IMG onerror") && found.includes("SCRIPT"), String(found));
  });
});

test("the policy stops what the program would let through", async (t) => {
  const site = build(t, book(t, few));
  const file = join(site, "few.html");
  writeFileSync(file, readFileSync(file, "utf8").replace("</article>", `${few["few.md"]}</article>`));
  await onPage({ allowed: [/Content Security Policy/, /ERR_FILE_NOT_FOUND/, /^failed/] }, async (page) => {
    const found = await visit(page, fileUrl(site, "few.html"));
    assert(found.includes("SCRIPT"));
    assert(!found.includes("pwned"));
  });
});

test("a book whose authors are trusted runs what they wrote", async (t) => {
  const text = `# Home\n\n<script>window.ran = ["script"];</script>\n\n<div id="x" style="color: rgb(1, 2, 3)" onclick="window.ran.push('handler')">x</div>\n`;
  const source = book(t, { "index.md": text, "book.toml": '[markdown]\nhtml = "trusted"\n' });
  const { url } = await serve(t, source);
  for (const address of [fileUrl(build(t, source)), url]) {
    await onPage({}, async (page) => {
      await page.goto(address);
      await page.click("#x");
      const found = await page.evaluate(() => [.../** @type {any} */ (window).ran, getComputedStyle(/** @type {Element} */ (document.querySelector("#x"))).color]);
      assert.deepEqual(found, ["script", "handler", "rgb(1, 2, 3)"], address);
    });
  }
});

test("a picture that holds a script is not published, or runs none", async (t) => {
  const picture = `<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10" onload="${pwned}"><script>${pwned}</script></svg>`;
  const files = { "index.md": "# Home\n\n![Picture](picture.svg)\n", "picture.svg": picture };
  const safe = await serve(t, book(t, files));
  const trusting = await serve(t, book(t, { ...files, "book.toml": '[markdown]\nhtml = "trusted"\n' }));
  await onPage({ allowed: [/404/, /Content Security Policy|sandboxed/] }, async (page) => {
    assert.equal((await page.goto(`${safe.url}picture.svg`))?.status(), 404);
    assert.equal((await page.goto(`${trusting.url}picture.svg`))?.status(), 200);
    assert(!(await page.evaluate(() => "pwned" in window)));
  });
});

test("what an author names as the theme does stops none of its scripts", async (t) => {
  const names = ["code", "copy", "toggle", "tab", "tab-group", "tab-list", "tab-panel", "footnote", "annotation", "term", "preview", "table", "toc", "more", "scheme-switch", "nav", "nav-row", "log-form", "large", "line", "rule"];
  const elements = ["figure", "div", "p", "span", "sup", "table", "section", "ul", "li", "a"];
  const own = names.flatMap((name) => elements.map((element) => `<${element} class="${name}"><a href="#%">x</a><b class="${name}">y</b></${element}>`));
  const text = `# Names\n\n\`\`\`js\ncopied()\n\`\`\`\n\n${own.join("\n\n")}\n\n<figure class="code"></figure>\n\n<sup class="footnote"><a href="#%">1</a></sup>\n`;
  const site = build(t, book(t, { "names.md": text, "book.toml": '[book]\ntitle = "Names"\n' }));
  // A page that throws fails the test.
  await onPage({ bypassCSP: true }, async (page) => {
    await page.goto(fileUrl(site, "names.html"));
    await page.evaluate(async () => {
      for (const element of document.querySelectorAll("article *")) {
        for (const name of ["mouseover", "focusin", "click"]) element.dispatchEvent(new MouseEvent(name, { bubbles: true, cancelable: true }));
        element.dispatchEvent(new KeyboardEvent("keydown", { key: "ArrowRight", bubbles: true, cancelable: true }));
      }
      await new Promise((done) => setTimeout(done));
    });
    assert.equal(await page.locator("article figure.code > .copy").count(), 1, "the block of code has its button, and nothing else");
    const scheme = () => page.evaluate(() => document.documentElement.dataset.scheme);
    const before = await scheme();
    await page.locator(".scheme-switch").first().click();
    assert.notEqual(await scheme(), before, "the scripts go on");
  });
});

test("drawings and data that could run are not there, those that only show are", async (t) => {
  /** @param {string} inner @param {string} [attributes] */
  const svg = (inner, attributes = "") => `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:h="http://www.w3.org/1999/xhtml" width="10" height="10"${attributes}>${inner}</svg>`;
  /** @param {string} text */
  const utf16 = (text) => Buffer.from(`\ufeff${text}`, "utf16le");
  const hostile = {
    "space.svg": svg("", ` onload ="${pwned}"`),
    "utf16.svg": utf16(svg("", ` onload="${pwned}"`)),
    "frame.svg": svg(`<h:iframe srcdoc="&lt;scr&#105;pt>parent.pwned = true&lt;/script>"/>`),
    "prefix.svg": svg(`<h:script>${pwned}</h:script>`),
    "declared.svg": `<!DOCTYPE svg [<!ATTLIST svg onload CDATA "${pwned}">]>${svg("")}`,
    "japanese.svg": Buffer.from(`<?xml version="1.0" encoding="iso-2022-jp"?>${svg(`<\u001b(Bscript>${pwned}</script>`)}`),
    "animated.svg": svg(`<a><animate attributeName="href" values="javascript:${pwned.replaceAll(" ", "")}"/><text y="9">x</text></a>`),
    "data.xsd": `<r><h:script xmlns:h="http://www.w3.org/1999/xhtml">${pwned}</h:script></r>`,
    "style.xml": `<?xml-stylesheet type="text/xsl" href="style.xml"?><r/>`,
    "page.shtml": `<script>${pwned}</script>`,
    "noname": `<script>${pwned}</script>`,
  };
  const harmless = { "ok.svg": svg('<rect width="5" height="5"/>'), "ok.xml": "<r><a onload='x'/></r>", "ok.txt": "<script>" };
  const preview = await serve(t, book(t, { "index.md": "# Home\n", "book.toml": '[book]\ntitle = "Files"\n[build]\nfiles = "all"\n', ...hostile, ...harmless }));
  await onPage({ bypassCSP: true, allowed: [/404/, /sandboxed/] }, async (page) => {
    for (const name of Object.keys(hostile)) assert.equal((await page.goto(`${preview.url}${name}`))?.status(), 404, name);
    for (const name of Object.keys(harmless)) assert.equal((await page.request.get(`${preview.url}${name}`)).status(), 200, name);
  });
});
