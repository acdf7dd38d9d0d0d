// @ts-check
// What the tests share: temporary books, the program under test, and pages that notice what no page may do.
import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { after } from "node:test";
import { fileURLToPath, pathToFileURL } from "node:url";
import { chromium } from "playwright-core";

/** @typedef {import("playwright-core").Page} Page */
/** @typedef {{after: (clean: () => unknown) => void}} TestContext of a test or of all tests in a file */
/** @typedef {{url: string, port: number, stop: () => Promise<void>}} Server */
/** @typedef {import("playwright-core").BrowserContextOptions & {allowed?: RegExp[]}} PageOptions `allowed`: messages that the test provokes */

/** The checkout. */
export const root = resolve(dirname(fileURLToPath(import.meta.url)), "../..");

/** The program under test; `tests/run` has built it. */
export const program = process.env.PRECEDENT ?? join(root, "target/debug/precedent");

/** How long anything may take before a test gives up: the machine may be slow, a test that passes does not wait. */
export const DEADLINE = 60_000;

// ---- Books ----

/** All tests of a file, as a context: what is made with it lasts as long as the file. */
export const wholeFile = { after };

/** Makes a folder that goes when the test ends. @param {TestContext} t */
export function temporaryFolder(t) {
  const folder = mkdtempSync(join(tmpdir(), "precedent-browser-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Writes files below a folder. @param {string} folder @param {Record<string, string | Uint8Array>} files */
export function write(folder, files) {
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), content);
  }
}

/** Makes a book of its own from files by name. @param {TestContext} t @param {Record<string, string | Uint8Array>} files */
export function book(t, files) {
  const folder = temporaryFolder(t);
  write(folder, files);
  return folder;
}

/** Copies the knowledge base that comes with the program. @param {TestContext} t */
export function exampleBook(t) {
  const folder = temporaryFolder(t);
  for (const name of ["book.toml", "docs-example"]) cpSync(join(root, name), join(folder, name), { recursive: true });
  return folder;
}

/** Builds a book and returns the folder of the site. @param {TestContext} t @param {string} source */
export function build(t, source) {
  const site = join(temporaryFolder(t), "site");
  // Findings are for authors; when the build fails, they are part of the error.
  execFileSync(program, ["build", source, "-d", site], { stdio: "pipe" });
  return site;
}

/** Returns the address of a file of a built site. @param {string} site @param {string} [name] */
export function fileUrl(site, name = "index.html") {
  return pathToFileURL(join(site, name)).href;
}

// ---- The preview ----

/**
 * Starts the preview and waits until it says where it listens.
 * @param {TestContext} t @param {string} source @param {number} [port] any that is free without
 * @param {string[]} [options] further options of the program
 * @returns {Promise<Server>}
 */
export async function serve(t, source, port = 0, options = []) {
  const child = spawn(program, ["serve", source, "--port", String(port), ...options], { stdio: ["ignore", "pipe", "pipe"] });
  const ended = new Promise((done) => child.once("exit", done));
  const stop = async () => {
    child.kill("SIGTERM");
    await ended;
  };
  t.after(stop);
  let output = "";
  const url = await new Promise((found, failed) => {
    const timer = setTimeout(() => failed(new Error(`the preview did not start:\n${output}`)), DEADLINE);
    const read = (/** @type {Buffer} */ piece) => {
      output += piece;
      const address = /http:\/\/\S+\/(?=\s)/.exec(output)?.[0];
      if (address) {
        clearTimeout(timer);
        found(address);
      }
    };
    child.stdout.on("data", read);
    child.stderr.on("data", (piece) => (output += piece));
    child.once("error", failed);
    child.once("exit", (code) => failed(new Error(`the preview ended with ${code}:\n${output}`)));
  });
  return { url, port: Number(new URL(url).port), stop };
}

// ---- The browser ----

/** Where a Chromium is: named by CHROME, or at one of the usual places. */
export function chrome() {
  const places = [
    process.env.CHROME,
    "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome", "/usr/bin/google-chrome-stable", "/snap/bin/chromium",
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome", "/Applications/Chromium.app/Contents/MacOS/Chromium",
  ];
  const found = places.find((place) => place && existsSync(place));
  assert(found, "no Chromium was found: install one, or name it in CHROME");
  return found;
}

/** @type {Promise<import("playwright-core").Browser> | undefined} */
let running;

function browser() {
  // Chromium refuses its sandbox to root; these pages come from this repository.
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  running ??= chromium.launch({ executablePath: chrome(), args });
  return running;
}

after(async () => (await running)?.close());

/** Whether a page may ask for an address: its own host or file system, and what is inside the page. @param {string} address */
function isLocal(address) {
  const { protocol, hostname } = new URL(address);
  return ["file:", "data:", "blob:", "about:"].includes(protocol) || hostname === "127.0.0.1" || hostname === "localhost";
}

/** Notes what no page may do: errors, dialogs, lost files, requests to other hosts. @param {Page} page @param {string[]} trouble */
function observe(page, trouble) {
  page.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) trouble.push(`console: ${message.text()} (${message.location().url} on ${page.url()})`);
  });
  page.on("pageerror", (error) => trouble.push(`exception: ${error.message} (on ${page.url()})`));
  page.on("dialog", (dialog) => {
    trouble.push(`dialog: ${dialog.message()} (on ${page.url()})`);
    dialog.dismiss();
  });
  page.on("request", (request) => {
    if (!isLocal(request.url())) trouble.push(`another host: ${request.url()} (on ${page.url()})`);
  });
  page.on("requestfailed", (request) => {
    // A page that is left takes its open requests with it.
    const reason = request.failure()?.errorText;
    if (reason !== "net::ERR_ABORTED") trouble.push(`failed: ${request.url()}: ${reason} (on ${page.url()})`);
  });
}

/**
 * Opens a window with its own storage, and fails at the end when a page in it did what no page may do.
 * @param {PageOptions} options
 * @param {(page: Page, trouble: string[]) => Promise<void>} act
 */
export async function onPage({ allowed = [], ...options }, act) {
  const context = await (await browser()).newContext({ viewport: { width: 1440, height: 900 }, ...options });
  context.setDefaultTimeout(DEADLINE);
  /** @type {string[]} */
  const trouble = [];
  context.on("page", (page) => observe(page, trouble));
  // Nothing leaves this machine, whatever a page asks for; the asking is noted above.
  await context.route((url) => !isLocal(url.href), (route) => route.abort());
  try {
    await act(await context.newPage(), trouble);
  } finally {
    await context.close();
  }
  assert.deepEqual(trouble.filter((line) => !allowed.some((pattern) => pattern.test(line))), []);
}

/** Waits until a condition holds in the page. @template T @param {Page} page @param {(argument: T) => unknown} condition @param {T} [argument] */
export async function holds(page, condition, argument) {
  await page.waitForFunction(/** @type {any} */ (condition), argument, { polling: 50, timeout: DEADLINE });
}

/** Waits until a condition holds outside of a page. @param {() => Promise<boolean>} condition */
export async function eventually(condition) {
  const end = performance.now() + DEADLINE;
  while (!(await condition())) {
    assert(performance.now() < end, "the condition did not come true");
    await new Promise((done) => setImmediate(done));
  }
}
