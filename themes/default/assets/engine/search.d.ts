// The search of a Precedent site, for other pages and programs: what the site's `search.mjs` exports.

/** A run of an excerpt. */
export interface Part {
  text: string;
  /** Whether the query asked for it. */
  marked: boolean;
}

/** The best section of a page, as `precedent search --format json` has it. */
export interface Result {
  /** The id of a record. */
  id: string | null;
  /** The title of the page. */
  title: string;
  /** The heading of the section, empty for the beginning of the page. */
  heading: string;
  /** The source, relative to the book's root. */
  path: string;
  /** The line of the source, from 1. */
  line: number;
  /** The whole address of the section. */
  url: string;
  /** The names of the places above the page, and the number of a decision as its team says it. */
  breadcrumb: string[];
  /** `decision`, `guideline` or `page`. */
  kind: string;
  /** The state of a decision. */
  status: string | null;
  /** The page's day, `2024-01-16`. */
  date: string | null;
  tags: string[];
  /** The scope of a record. */
  scope: string;
  /** How well it answers, in whole numbers; comparable within one query only. */
  score: number;
  /** The part of the text that shows why. All of it is text, never markup. */
  excerpt: Part[];
}

export interface Answer {
  query: string;
  /** The best first. */
  results: Result[];
  /** How many pages have any of what was asked. */
  total: number;
  /** Words that nothing has. */
  unknown: string[];
  /** Words, each with another name for the same that was searched for too. */
  synonyms: [typed: string, name: string][];
  /** Words that are on no page, each with the one that was searched for instead. */
  corrected: [typed: string, used: string][];
  /** Why some sites could not be asked, where others could. */
  errors?: SearchError[];
}

/** What results must be, beside what the query says. Values of one kind are alternatives. */
export interface Filters {
  kinds?: string[];
  statuses?: string[];
  tags?: string[];
  people?: string[];
  scopes?: string[];
}

export interface SearchOptions {
  /** How many results are wanted; 10 without. */
  limit?: number;
  /** Whether the last word may be the beginning of one; then texts are fetched after a short pause, unless several letters came at once. */
  typing?: boolean;
  filters?: Filters;
  /** Ends a search whose answer is no longer wanted: its promise is then rejected with an `AbortError`. */
  signal?: AbortSignal;
}

/** A field of a query whose values can be completed. */
export type Field = "kind" | "status" | "tag" | "by" | "scope";

export interface Search {
  /** Loads what every search needs. Calling it early makes the first search quicker. */
  ready(): Promise<void>;
  /** Answers a query. Rejects with a {@link SearchError}; the next query may well be answered. */
  search(query: string, options?: SearchOptions): Promise<Answer>;
  /** Returns the values of a field that begin so, as authors write them, each with the number of its pages. */
  complete(field: Field, prefix: string): Promise<[label: string, count: number][]>;
}

/** Why a query could not be answered. */
export interface SearchError extends Error {
  name: "SearchError";
  /** A file is not there or cannot be fetched; it is damaged; it was written for another version of this script (reload the page). */
  code: "unreachable" | "damaged" | "outdated";
}

export interface CreateOptions {
  /**
   * Reads a file of the index where neither `fetch` nor a page is there. It may return the bytes from `begin` to before `end` alone,
   * where that is less work.
   */
  load?: (url: string, begin?: number, end?: number) => Promise<Uint8Array>;
}

/**
 * Makes the search of a site, or of several that are searched as one and ranked by their scores.
 *
 * A site is named by the address of its root; without any it is the one that this module is from. Another site has to
 * allow it: `Access-Control-Allow-Origin` for what lies below its `search/`.
 */
export function createSearch(sites?: string | URL | (string | URL)[], options?: CreateOptions): Search;
