// @ts-check
// Queries that a rule finds in the pages themselves.

import { telling } from "./words.mjs";

/** @typedef {import("./book.mjs").Page} Page */
/** @typedef {import("./sets.mjs").Judged} Judged */

/** @type {(pages: Page[]) => Judged[]} */
export const baseForms = () => [];
export const numbers = baseForms, hyphenatedWords = baseForms, closedWords = baseForms, identifiers = baseForms, longIdentifiers = baseForms;
/** @type {(x: any[]) => Judged[]} */
export const sharedTitles = () => [];
