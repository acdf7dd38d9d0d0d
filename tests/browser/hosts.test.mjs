// @ts-check
// The example on a real nginx, with the settings that `precedent build --for nginx` writes.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { join } from "node:path";
import { test } from "node:test";
import { DEADLINE, exampleBook, holds, onPage, program, temporaryFolder } from "./helpers.mjs";

/** @typedef {import("./helpers.mjs").TestContext} TestContext */

/** Builds the example for a host. @param {TestContext} t @param {string} site @param {string[]} options @param {NodeJS.ProcessEnv} [settings] */
const buildFor = (t, site, options, settings = {}) =>
  execFileSync(program, ["build", exampleBook(t), "-d", site, ...options], { stdio: "pipe", env: { ...process.env, ...settings } });

/** A port that is free now. @returns {Promise<number>} */
const freePort = () =>
  new Promise((found) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
      server.close(() => found(port));
    });
  });

/**
 * Starts nginx over a folder, with the settings in it and nothing else of note.
 * @param {TestContext} t @param {string} root of the server @param {string} settings
 */
async function nginx(t, root, settings) {
  const folder = temporaryFolder(t);
  const port = await freePort();
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map((kind) => `${kind}_temp_path ${folder}/${kind};`).join(" ");
  const user = process.getuid?.() === 0 ? "user root;" : "";
  writeFileSync(
    join(folder, "nginx.conf"),
    `${user} daemon off; pid ${folder}/pid; error_log ${folder}/errors;
    events {}
    http {
      include /etc/nginx/mime.types; access_log off; ${temporary}
      server { listen 127.0.0.1:${port}; root ${root}; include ${settings}; }
    }`,
  );
  const child = spawn("nginx", ["-c", join(folder, "nginx.conf"), "-e", join(folder, "errors")], { stdio: "pipe" });
  let output = "";
  child.stderr.on("data", (piece) => (output += piece));
  const ended = new Promise((done) => child.once("exit", done));
  t.after(async () => {
    child.kill("SIGTERM");
    await ended;
  });
  const host = `http://127.0.0.1:${port}`;
  for (const begun = Date.now(); ; await new Promise((wait) => setTimeout(wait, 50))) {
    if (await fetch(host).then(() => true, () => false)) return host;
    assert(Date.now() - begun < DEADLINE && child.exitCode === null, `nginx did not start:\n${output}`);
  }
}

/** @param {string} address @param {RequestInit} [options] */
async function ask(address, options) {
  const answer = await fetch(address, { redirect: "manual", ...options });
  await answer.arrayBuffer();
  const header = (/** @type {string} */ name) => answer.headers.get(name);
  return { status: answer.status, type: header("content-type"), cache: header("cache-control"), policy: header("content-security-policy"), location: header("location"), encoding: header("content-encoding") };
}

const IMMUTABLE = "public, max-age=31536000, immutable";

/** What must hold wherever the site stands. @param {TestContext} t @param {string} url @param {string} site */
async function check(t, url, site) {
  const page = await ask(url);
  assert.equal(page.type, "text/html; charset=utf-8");
  assert.equal(page.cache, "no-cache");
  assert.match(page.policy ?? "", /script-src 'self';.*frame-ancestors 'none'$/);
  assert.equal((await ask(url, { headers: { "accept-encoding": "gzip" } })).encoding, "gzip");
  assert.equal((await ask(url, { headers: { "accept-encoding": "identity" } })).encoding, null);

  const style = readdirSync(join(site, "assets")).find((name) => /^style-.*\.css$/.test(name));
  const piece = readdirSync(join(site, "search/t"))[0];
  for (const name of [`assets/${style}`, `search/t/${piece}`]) assert.equal((await ask(url + name)).cache, IMMUTABLE, name);
  for (const name of ["search/root.js", "navigation.js", "index.md"]) assert.equal((await ask(url + name)).cache, "no-cache", name);
  assert.match((await ask(`${url}search.mjs`)).type ?? "", /^text\/javascript/);
  assert.match((await ask(`${url}index.md`)).type ?? "", /^text\/markdown/);

  const path = new URL(url).pathname;
  const moved = await ask(`${url}guidelines/migrations.html`);
  assert.equal(moved.status, 301);
  assert.equal(new URL(moved.location ?? "", url).pathname, `${path}guidelines/database-migrations.html`);
  for (const name of ["nginx.conf", ".precedent-manifest.json", "no/such/page"]) assert.equal((await ask(url + name)).status, 404, name);

  await onPage({ allowed: [/404/] }, async (page) => {
    await page.goto(`${url}no/such/page/at/any/depth.html`);
    await holds(page, () => getComputedStyle(document.documentElement).getPropertyValue("--accent") !== "");
    await page.goto(`${url}guidelines/caching.html`);
    await page.keyboard.press("/");
    await page.keyboard.type("postgres record");
    await page.locator(".search-result").first().waitFor();
    await holds(page, () => document.querySelector(".search-result .search-title")?.textContent?.includes("PostgreSQL"));
  });
}

test("nginx serves the site with the settings that were written for it", async (t) => {
  const site = join(temporaryFolder(t), "site");
  buildFor(t, site, ["--for", "nginx"]);
  const host = await nginx(t, site, join(site, "nginx.conf"));
  await check(t, `${host}/`, site);
});

test("nginx serves the site below a path", async (t) => {
  const root = temporaryFolder(t);
  const site = join(root, "handbook");
  buildFor(t, site, ["--for", "nginx", "--site-url", "https://www.example.org/handbook/"]);
  const settings = readFileSync(join(site, "nginx.conf"), "utf8");
  assert(existsSync(join(site, "index.html.gz")) && settings.includes("location /handbook/ {"));
  // The rules name the address of the site, which no test can reach.
  writeFileSync(join(root, "settings"), settings.replaceAll("https://www.example.org", ""));
  const host = await nginx(t, root, join(root, "settings"));
  await check(t, `${host}/handbook/`, site);
  assert.equal((await ask(`${host}/`)).status, 403, "what else the server has is its own affair");
});

test("a site without `.html` in its addresses needs no redirect anywhere", async (t) => {
  const site = join(temporaryFolder(t), "site");
  buildFor(t, site, ["--for", "nginx"], { PRECEDENT_SITE__ADDRESSES: "extensionless" });
  const host = await nginx(t, site, join(site, "nginx.conf"));
  assert.equal((await ask(`${host}/guidelines/migrations`)).location, "/guidelines/database-migrations");
  assert.equal((await ask(`${host}/guidelines/caching.html`)).status, 200, "an old link leads to the page");
  assert.equal((await ask(`${host}/guidelines/nothing`)).status, 404);
  const packed = await ask(`${host}/guidelines/caching`, { headers: { "accept-encoding": "gzip" } });
  assert.deepEqual([packed.type, packed.encoding, packed.cache], ["text/html; charset=utf-8", "gzip", "no-cache"]);

  await onPage({ allowed: [/404/] }, async (page) => {
    /** @type {string[]} */
    const moved = [];
    page.on("response", (answer) => void (answer.status() >= 300 && answer.status() !== 304 && moved.push(`${answer.status()} ${answer.url()}`)));
    const arrives = (/** @type {string} */ path) => page.waitForURL(`${host}${path}`);
    const marked = () => page.locator('.sidebar [aria-current="page"]').evaluateAll((links) => links.map((link) => /** @type {HTMLAnchorElement} */ (link).href === location.href.split(/[?#]/)[0]));

    // The first page, a page of the navigation, and what the navigation loads beyond what the page has.
    await page.goto(`${host}/`);
    await page.locator('.sidebar a.nav-link[href="guidelines/"]').click();
    await arrives("/guidelines/");
    assert.deepEqual(await marked(), [true]);
    await page.locator('.sidebar a.nav-link[href="caching"]').click();
    await arrives("/guidelines/caching");
    assert.deepEqual(await marked(), [true]);
    await page.locator('.sidebar .toggle[aria-expanded="false"]').first().click();
    const added = page.locator('.sidebar .toggle[aria-expanded="true"]').first().locator("xpath=ancestor::li[1]//ul//a").first();
    await added.waitFor();
    assert.doesNotMatch((await added.getAttribute("href")) ?? "", /\.html/);
    await page.goBack();
    await arrives("/guidelines/");
    await page.goForward();
    await arrives("/guidelines/caching");

    // The search, with the marks on the page that it leads to.
    await page.keyboard.press("/");
    await page.keyboard.type("postgres record");
    const first = page.locator(".search-result").first();
    await first.waitFor();
    assert.match((await page.locator(".search-all").getAttribute("href")) ?? "", /\/search\?q=postgres%20record$/);
    await first.click();
    await page.waitForURL(/\/decisions\/0010-[a-z-]+(#|$)/);
    await holds(page, () => CSS.highlights.has("precedent-search"));
    await page.goto(`${host}/search?q=postgres`);
    await page.locator(".search-page .search-result").first().waitFor();
    await arrives("/search?q=postgres");

    // The log, the graph of one record, and back.
    await page.goto(`${host}/decisions/0010-postgresql-as-the-system-of-record`);
    await page.locator('a[href^="../decision-graph#"]').first().click();
    await page.waitForURL(/\/decision-graph#decisions\/0010-/);
    await holds(page, () => /** @type {HTMLInputElement | null} */ (document.querySelector(".graph-find input"))?.value.includes("0010"));
    await page.goto(`${host}/decision-log`);
    const record = page.locator(".log-title a").first();
    assert.doesNotMatch((await record.getAttribute("href")) ?? "", /\.html/);
    await record.click();
    await page.waitForURL(/\/decisions\/\d{4}-[a-z-]+$/);
    await page.goBack();
    await arrives("/decision-log");
    assert.deepEqual(moved, [], "every answer is the page itself");

    // Below a folder that is not there, links lead into the site.
    await page.goto(`${host}/no/such/page/at/any/depth`);
    await page.locator(".missing .ways a").first().click();
    await arrives("/");
  });
});

test("what is new is known by its page, whatever the address", async (t) => {
  const site = join(temporaryFolder(t), "site");
  buildFor(t, site, ["--for", "nginx"]);
  const host = await nginx(t, site, join(site, "nginx.conf"));
  await onPage({}, async (page) => {
    const known = () => page.waitForFunction(() => localStorage.getItem("precedent-visit /"));
    await page.goto(`${host}/guidelines/caching.html`);
    await known();
    // The site has shorter addresses from now on, and the same pages.
    buildFor(t, site, ["--for", "nginx"], { PRECEDENT_SITE__ADDRESSES: "extensionless" });
    await page.goto(`${host}/guidelines/`);
    await page.waitForFunction(() => JSON.parse(localStorage.getItem("precedent-visit /") ?? "{}").known?.["guidelines/"]);
    assert.deepEqual(await page.evaluate(() => JSON.parse(localStorage.getItem("precedent-visit /") ?? "{}").fresh), []);
  });
});
