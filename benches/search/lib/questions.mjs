// @ts-check
// Questions as people type them, each judged by somebody who has read the pages.
//
// A folder's file is `questions/NAME.json`, NAME being the base name of the folder: a list of
// `{"question": "…", "pages": ["decisions/0010-postgresql", …]}`. Any of the pages answers. A page is the end of its source
// path, without `.md`, long enough that one page alone ends so: it holds whether the book is the folder or one above.

import { existsSync, readFileSync } from "node:fs";

/** @param {string} name @param {import("./book.mjs").Page[]} pages @returns {import("./sets.mjs").Judged[]} */
export function questionsOf(name, pages) {
  const file = new URL(`../questions/${name}.json`, import.meta.url);
  if (!existsSync(file)) return [];
  const urlOf = (/** @type {string} */ end) => {
    const ended = pages.filter(({ path }) => `/${path}`.endsWith(`/${end}.md`));
    if (ended.length !== 1) throw new Error(`questions/${name}.json: ${ended.length} pages end in ${end}.md`);
    return ended[0].url;
  };
  /** @type {{question: string, pages: string[]}[]} */
  const questions = JSON.parse(readFileSync(file, "utf8"));
  return questions.map(({ question, pages }) => ({ query: question, urls: pages.map(urlOf) }));
}
