// @ts-check
// Makes the pictures of the README from the knowledge base that comes with the program: `node tests/browser/screenshots.mjs`.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");
const program = process.env.PRECEDENT ?? join(root, "target/debug/precedent");
const pictures = join(root, "docs/images");
const site = mkdtempSync(join(tmpdir(), "precedent-pictures-"));

/** @typedef {import("playwright-core").Page} Page */

/** What a reader of a decision sees. @param {Page} page */
async function decision(page) {
  await open(page, "decisions/0012-fastapi-for-services-django-for-the-back-office.html");
}

/** What is found while somebody types. @param {Page} page */
async function search(page) {
  await open(page, "index.html");
  await page.keyboard.press("/");
  await page.keyboard.type("review across time zones");
  await page.getByRole("option").first().waitFor();
}

/** @param {Page} page @param {string} path */
async function open(page, path) {
  await page.goto(pathToFileURL(join(site, path)).href);
}

execFileSync(program, ["build", root, "--dest-dir", site, "--quiet"]);
mkdirSync(pictures, { recursive: true });
const browser = await chromium.launch({ executablePath: process.env.CHROME ?? "/usr/bin/chromium", args: ["--no-sandbox"] });
const page = await browser.newPage({ viewport: { width: 1280, height: 800 }, colorScheme: "light" });
for (const view of [decision, search]) {
  await view(page);
  await page.screenshot({ path: join(pictures, `${view.name}.png`) });
}
await browser.close();
rmSync(site, { recursive: true });
