// @ts-check
// Prints how much markup the sidebar of a page has, on generated books of 10,000 pages in several shapes.
//
// `node benches/navigation.mjs`, with a release build; PRECEDENT names another program.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const program = process.env.PRECEDENT ?? join(dirname(fileURLToPath(import.meta.url)), "../target/release/precedent");
const pages = 10_000;
const number = (/** @type {number} */ value, digits = 2) => String(value).padStart(digits, "0");
const name = (/** @type {number} */ page) => `${number(page, 5)}-title-of-a-decision-of-some-length.md`;

/** @type {Record<string, (page: number) => string>} the path of each page */
const shapes = {
  "one folder": (page) => name(page),
  "100 folders of 100": (page) => `area-${number(Math.floor(page / 100))}/decisions/${name(page)}`,
  "25 departments, 20 teams each": (page) => `department-${number(page % 25)}/team-${number(Math.floor(page / 25) % 20)}/decisions/${name(page)}`,
  "three levels of 20 to 25": (page) => `level-one-${number(page % 25)}/level-two-${number(Math.floor(page / 25) % 20)}/level-three-${number(Math.floor(page / 500))}/${name(page)}`,
  "ten levels": (page) => `${[...number(page, 10)].map((digit, level) => `level-${level}-${digit}`).join("/")}/${name(page)}`,
};

console.log("| 10,000 pages, proposed decisions, in | Median | Largest |\n|---|--:|--:|");
for (const [shape, path] of Object.entries(shapes)) {
  const folder = mkdtempSync(join(tmpdir(), "precedent-navigation-"));
  for (let page = 0; page < pages; page += 1) {
    const file = join(folder, "docs", path(page));
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `---\nkind: decision\nstatus: proposed\n---\n# A decision about the cache and the queue of bookings ${page}\n\nText.\n`);
  }
  writeFileSync(join(folder, "book.toml"), '[book]\nsrc = "docs"\n[search]\nenable = false\n');
  execFileSync(program, ["build", folder, "-q", "-d", join(folder, "site")]);
  const files = /** @type {string[]} */ (readdirSync(join(folder, "site"), { recursive: true })).filter((file) => file.endsWith(".html"));
  const sizes = files.map((file) => {
    const html = readFileSync(join(folder, "site", file), "utf8");
    const start = html.indexOf('<nav class="sidebar"');
    return start < 0 ? 0 : Buffer.byteLength(html.slice(start, html.indexOf("</nav>", start)));
  }).sort((a, b) => a - b);
  const kilobytes = (/** @type {number} */ bytes) => `${(bytes / 1000).toFixed(1)} kB`;
  console.log(`| ${shape} | ${kilobytes(sizes[sizes.length >> 1])} | ${kilobytes(sizes.at(-1) ?? 0)} |`);
  rmSync(folder, { recursive: true, force: true });
}
