// @ts-check
// The page of what changed: filters that stand in the address, what is new since the last visit, and no need for a script.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { book, build, fileUrl, holds, onPage, wholeFile, write } from "./helpers.mjs";

/** @typedef {import("./helpers.mjs").Page} Page */

const source = book(wholeFile, { "book.toml": '[book]\ntitle = "Quay"\n', "index.md": "# Quay\n\nWelcome.\n" });

/** @param {string} day @param {...string} args */
function git(day, ...args) {
  const who = { GIT_AUTHOR_NAME: "Ann", GIT_COMMITTER_NAME: "Ann", GIT_AUTHOR_EMAIL: "a@example.org", GIT_COMMITTER_EMAIL: "a@example.org" };
  const when = { GIT_AUTHOR_DATE: `${day}T12:00:00Z`, GIT_COMMITTER_DATE: `${day}T12:00:00Z` };
  execFileSync("git", ["-C", source, ...args], { env: { ...process.env, ...who, ...when, GIT_CONFIG_GLOBAL: "/dev/null" } });
}

/** @param {string} day @param {Record<string, string>} files */
function commit(day, files) {
  write(source, files);
  git(day, "add", "--all");
  git(day, "commit", "--quiet", "--message", `on ${day}`);
}

git("2025-01-02", "init", "--quiet", "--initial-branch=main");
commit("2025-01-02", {});
commit("2025-01-08", {
  "teams/pay/adr/0001-a.md": '---\nstatus: proposed\ndecision-makers: ["@bo"]\n---\n\n# Use A\n\n## Context\n\nWhy.\n',
  "guidelines/g.md": "# Rules\n\n- {#one} Write tests.\n",
});
const site = build(wholeFile, source);
const page = fileUrl(site, "changes.html");
// What a page still loads when it is loaded again is not loaded.
const desk = { viewport: { width: 1280, height: 900 }, allowed: [/^failed/] };

/** The titles that are shown. @param {Page} page */
const shown = (page) => page.locator(".change:visible .change-page a").allInnerTexts();

/** The headings that are shown. @param {Page} page */
const headings = (page) => page.locator(":is(.week > h2, .weight > h3):visible").allInnerTexts();

test("filters keep what is asked for, and the address tells them to others", async () => {
  await onPage(desk, async (tab) => {
    await tab.goto(page);
    await tab.locator(".changes-form").waitFor();
    assert.deepEqual(await shown(tab), ["ADR-0001 Use A", "Rules", "Quay"]);
    await tab.selectOption("select[name=kind]", "decision");
    assert.deepEqual(await shown(tab), ["ADR-0001 Use A"]);
    assert.deepEqual(await headings(tab), ["Week of 2025-01-06", "Needs an answer"], "no heading stands over nothing");
    assert.match(tab.url(), /\?kind=decision$/);
    await tab.reload();
    await holds(tab, () => document.querySelectorAll(".change:not([hidden])").length === 1);
    await tab.locator(".log-reset").click();
    await holds(tab, () => document.querySelectorAll(".change:not([hidden])").length === 3);
    await tab.fill("input[name=person]", "@bo");
    assert.deepEqual(await shown(tab), ["ADR-0001 Use A"]);
    assert.equal(await tab.locator(".log-count").innerText(), "1 of 3 changes");
    await tab.fill("input[name=person]", "nobody");
    assert.deepEqual([await shown(tab), await tab.locator(".log-none").isVisible()], [[], true]);
    await tab.locator(".log-clear").click();
    await tab.selectOption("select[name=scope]", "teams/pay");
    assert.deepEqual(await shown(tab), ["ADR-0001 Use A"]);
  });
});

test("what came since the last visit is marked, and the first visit marks nothing", async () => {
  await onPage(desk, async (tab) => {
    await tab.goto(page);
    await tab.locator(".changes-form").waitFor();
    assert.deepEqual([await tab.locator(".change .new-mark").count(), await tab.locator(".changes-since").isVisible()], [0, false]);
    // An hour passes, and the branch goes on.
    await tab.evaluate(() => {
      const key = Object.keys(localStorage).find((key) => key.startsWith("precedent-changes")) ?? "";
      const memory = JSON.parse(localStorage.getItem(key) ?? "{}");
      localStorage.setItem(key, JSON.stringify({ ...memory, at: memory.at - 3_600_000 }));
    });
    commit("2025-01-15", { "guidelines/g.md": "# Rules\n\n- {#one} Write tests first.\n" });
    execFileSync(process.env.PRECEDENT ?? "target/debug/precedent", ["build", source, "--dest-dir", site, "--quiet"], { cwd: new URL("../..", import.meta.url) });
    await tab.reload();
    await tab.locator(".changes-since").waitFor();
    assert.equal(await tab.locator(".changes-since").innerText(), "1 new since your last visit");
    assert.equal(await tab.locator(".change[data-new] .change-page a").first().innerText(), "Rules");
    await tab.locator(".changes-since input").check();
    assert.deepEqual(await headings(tab), ["Week of 2025-01-13", "What holds now"]);
    // In the same visit it stays new.
    await tab.reload();
    await holds(tab, () => document.querySelectorAll(".change .new-mark").length === 1);
    // What lies in the storage may be anything.
    await tab.evaluate(() => {
      for (const key of Object.keys(localStorage)) localStorage.setItem(key, "[{");
    });
    await tab.reload();
    await tab.locator(".changes-form").waitFor();
    assert.equal(await tab.locator(".change .new-mark").count(), 0);
  });
});

test("without a script the weeks are a page to read, on a phone too", async () => {
  await onPage({ javaScriptEnabled: false, viewport: { width: 360, height: 800 } }, async (tab) => {
    await tab.goto(page);
    assert.equal(await tab.locator(".changes-form").isVisible(), false);
    assert.ok((await shown(tab)).includes("ADR-0001 Use A"));
    assert.ok(await tab.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "nothing is wider than the screen");
    await tab.getByRole("link", { name: "Rule one" }).first().click();
    assert.match(tab.url(), /guidelines\/g\.html#one$/);
  });
});
