// @ts-check
// The built site, opened from the disk as a reader would: no server, no network.
import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { book, build, fileUrl, holds, onPage, root, wholeFile } from "./helpers.mjs";
import { host } from "./host.mjs";

/** The site of the knowledge base that comes with the program. */
const site = build(wholeFile, root);

/** @param {import("./helpers.mjs").Page} page @param {string} name */
const isAt = (page, name) => page.waitForURL((url) => url.pathname.endsWith(name));

/** @param {import("./helpers.mjs").Page} page */
const heading = async (page) => (await page.locator("h1").innerText()).trim();

test("a reader walks through the site", async (t) => {
  await onPage({}, async (page) => {
    await page.goto(fileUrl(site));
    assert.match(await page.title(), /Quayside/);
    assert.equal(await page.locator("h1").count(), 1);

    await t.test("by the sidebar", async () => {
      await page.locator(".sidebar a", { hasText: "Decisions" }).first().click();
      await isAt(page, "/decisions/index.html");
      assert.equal(await page.locator('.sidebar [aria-current="page"]').textContent(), "Decisions");
    });

    await t.test("to a decision, its neighbours and back up", async () => {
      await page.goto(fileUrl(site, "decisions/0023-cache-aside-with-redis.html"));
      assert.equal(await page.locator(".record .status").textContent(), "Accepted");
      const title = await page.locator(".pager [rel=next] strong").textContent();
      await page.locator(".pager [rel=next]").click();
      await isAt(page, "/0024-web-security-baseline.html");
      assert.equal(await heading(page), title);
      await page.locator(".pager [rel=prev]").click();
      await isAt(page, "/0023-cache-aside-with-redis.html");
      await page.locator(".breadcrumbs a").last().click();
      await isAt(page, "/decisions/index.html");
    });

    await t.test("by the table of contents", async () => {
      await page.goto(fileUrl(site, "decisions/0024-web-security-baseline.html"));
      const link = page.locator(".toc a").last();
      const id = (await link.getAttribute("href"))?.slice(1) ?? "";
      await link.click();
      assert.equal(new URL(page.url()).hash, `#${id}`);
      await holds(page, (id) => {
        const { top, bottom } = /** @type {HTMLElement} */ (document.getElementById(id)).getBoundingClientRect();
        return top >= 0 && bottom <= innerHeight;
      }, id);
      await holds(page, (id) => document.querySelector('.toc [aria-current="true"]')?.getAttribute("href") === `#${id}`, id);
    });

    await t.test("by a wikilink, which carries the title of its page", async () => {
      assert.match(readFileSync(`${root}/docs-example/guidelines/testing.md`, "utf8"), /\[\[0014-pytest-and-a-test-pyramid\]\]/);
      await page.goto(fileUrl(site, "guidelines/testing.html"));
      const link = page.locator("article p a[href$='0014-pytest-and-a-test-pyramid.html']").first();
      const label = await link.innerText();
      await link.click();
      await isAt(page, "/0014-pytest-and-a-test-pyramid.html");
      assert.equal(await heading(page), `ADR-0014 ${label}`);
    });
  });
});

test("diagrams are drawn for the scheme that is shown", async () => {
  for (const colorScheme of /** @type {const} */ (["light", "dark"])) {
    await onPage({ colorScheme }, async (page) => {
      await page.goto(fileUrl(site, "handbook/architecture.html"));
      const shown = page.locator(`.diagram .${colorScheme}-only`).first();
      await shown.scrollIntoViewIfNeeded();
      await holds(page, (name) => /** @type {HTMLImageElement} */ (document.querySelector(`.diagram .${name}`)).naturalWidth > 0, `${colorScheme}-only`);
      assert(await shown.isVisible());
      const other = colorScheme === "light" ? "dark" : "light";
      assert(!(await page.locator(`.diagram .${other}-only`).first().isVisible()));
    });
  }
});

test("the chosen colour scheme stays on the next page", async () => {
  await onPage({ colorScheme: "light" }, async (page) => {
    await page.goto(fileUrl(site));
    const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const light = await background();
    const button = page.locator(".scheme-switch");
    while ((await page.locator("html").getAttribute("data-scheme")) !== "dark") await button.click();
    const dark = await background();
    assert.notEqual(dark, light);
    await page.goto(fileUrl(site, "guidelines/caching.html"));
    assert.equal(await background(), dark);
    assert.match((await button.getAttribute("aria-label")) ?? "", /dark/);
    while ((await page.locator("html").getAttribute("data-scheme")) !== null) await button.click();
    assert.equal(await background(), light);
  });
});

test("a collapsed group of the navigation is filled from the shared file", async () => {
  await onPage({}, async (page) => {
    await page.goto(fileUrl(site));
    const group = page.locator(".sidebar li", { has: page.locator(":scope > .nav-row > a", { hasText: "Decisions" }) });
    const toggle = group.locator(":scope > .nav-row > .toggle");
    assert.equal(await toggle.getAttribute("aria-expanded"), "false");
    await toggle.focus();
    await page.keyboard.press("Enter");
    await holds(page, () => document.querySelectorAll(".sidebar ul ul a").length >= 34);
    assert.equal(await toggle.getAttribute("aria-expanded"), "true");
    const link = group.locator("a", { hasText: "Cache-aside" });
    assert(await link.isVisible());
    await toggle.click();
    assert(!(await link.isVisible()));
    await toggle.click();
    await link.click();
    await isAt(page, "/0023-cache-aside-with-redis.html");
  });
});

test("on a phone the drawer and the contents open, also without script", async () => {
  for (const javaScriptEnabled of [true, false]) {
    await onPage({ viewport: { width: 390, height: 844 }, hasTouch: true, javaScriptEnabled }, async (page) => {
      await page.goto(fileUrl(site, "decisions/0024-web-security-baseline.html"));
      const sidebar = page.locator(".sidebar");
      assert(!(await sidebar.isVisible()));
      await page.locator(".menu-open").tap();
      assert(await sidebar.isVisible());
      await sidebar.locator("a", { hasText: "Guidelines" }).first().tap();
      await isAt(page, "/guidelines/index.html");
      await page.goto(fileUrl(site, "decisions/0024-web-security-baseline.html"));
      await page.locator(".toc-open").tap();
      assert(await page.locator(".toc").isVisible());
    });
  }
});

test("every page is reached from the first by links, and every link leads somewhere", async () => {
  const listed = JSON.parse(readFileSync(`${site}/site.json`, "utf8")).pages.map((/** @type {{url: string}} */ page) => fileUrl(site, decodeURIComponent(page.url)));
  assert(listed.length > 60);
  /** @type {Map<string, Set<string>>} the ids of each page */
  const pages = new Map();
  /** @type {{from: string, to: string}[]} */
  const links = [];
  /** @type {string[]} */
  const lost = [];
  await onPage({}, async (page) => {
    const waiting = [fileUrl(site)];
    for (let address = waiting.pop(); address !== undefined; address = waiting.pop()) {
      if (pages.has(address)) continue;
      await page.goto(address);
      const found = await look(page);
      pages.set(address, new Set(found.ids));
      lost.push(...found.lostImages.map((image) => `${address}: image ${image}`));
      for (const to of found.links.filter((link) => link.startsWith("file:"))) {
        links.push({ from: address, to });
        const [target] = to.split("#");
        if (target.endsWith(".html") && existsSync(fileURLToPath(target))) waiting.push(target);
      }
    }
  });
  for (const { from, to } of links) {
    const [target, hash = ""] = to.split("#");
    const ids = pages.get(target);
    if (!target.startsWith(fileUrl(site, ""))) lost.push(`${from}: ${to} leaves the site`);
    else if (!existsSync(fileURLToPath(target))) lost.push(`${from}: ${to} is not there`);
    // What follows the graph's address is the page that it draws in the middle.
    else if (target === fileUrl(site, "decision-graph.html") && listed.includes(fileUrl(site, decodeURIComponent(hash)))) continue;
    else if (hash && ids && !ids.has(decodeURIComponent(hash))) lost.push(`${from}: ${to} has no such heading`);
  }
  assert.deepEqual([...new Set(lost)], []);
  assert.deepEqual(listed.filter((/** @type {string} */ address) => !pages.has(address)), [], "pages that no link leads to");
});

test("an address that leads nowhere is searched for, and the page has the sidebar", async (t) => {
  const site = build(t, book(t, {
    "book.toml": '[book]\ntitle = "Moved"\nsrc = "."\n[site]\nurl = "https://example.org/docs/"\n',
    "index.md": "# Moved\n", "new/use-postgres.md": "# Use Postgres\n\nIt holds.\n", "new/other.md": "# Other\n\nText.\n",
  }));
  const url = await host(t, site);
  await onPage({ allowed: [/404/] }, async (page) => {
    assert.equal((await page.goto(`${url}adr/old/0012-use-postgres.html`))?.status(), 404);
    assert.equal(await page.locator(".missing-search input").inputValue(), "use postgres");
    assert.equal(await page.locator(".missing-near .search-title").first().textContent(), "Use Postgres");
    await page.locator(".sidebar .toggle").first().click();
    await page.locator(".sidebar a", { hasText: "Other" }).click();
    assert.equal(await page.locator("h1").textContent().then((text) => text?.trim()), "Other");
    // What is in the address is text.
    await page.goto(`${url}%3Cimg%20src=x%20onerror=alert(1)%3E.html`);
    assert.equal(await page.locator(".missing-search input").inputValue(), "<img src=x onerror=alert(1)>");
  });
});

/** What a page links to, shows and offers as a target. @param {import("./helpers.mjs").Page} page */
function look(page) {
  return page.evaluate(async () => {
    const images = [...document.images];
    // Those of the other colour scheme and those far below are not loaded until they are wanted.
    for (const image of images) image.loading = "eager";
    await Promise.all(images.map((image) => image.decode().catch(() => undefined)));
    return {
      links: [...document.querySelectorAll("a[href], link[href]")].map((link) => new URL(link.getAttribute("href") ?? "", document.baseURI).href),
      ids: [...document.querySelectorAll("[id]")].map((element) => element.id),
      lostImages: images.filter((image) => image.naturalWidth === 0).map((image) => image.src),
    };
  });
}
