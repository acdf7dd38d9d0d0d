// What the scripts of the theme find in the window.

/** A text, or its forms by number. */
type Word = string | Record<string, string>;

/** A record of the book, as `decisions.js` hands it out. */
interface PrecedentRecord {
  isGuideline: boolean;
  order: number;
  label: string;
  number: number | null;
  title: string;
  /** From the root of the site. */
  path: string;
  url: string;
  status: string;
  /** The author's own word for the status, where it is another than the state's. */
  word: string;
  date: string;
  people: string[];
  /** Everyone that it names. */
  named: string[];
  tags: string[];
  scope: string;
  /** What it says of others, by their places in the list. */
  relations: { verb: string; other: number }[];
}

interface Window {
  /** The words of the interface, which the build puts before `words.js`. */
  precedentWords: { language: string; words: Record<string, Record<string, Word>> };
  /** Returns the text of a key, with values where it names them; `n` chooses the form. */
  precedentSay: (key: string, values?: Record<string, string | number>) => string;
  /** The tabs that were chosen, from `scheme.js`: their labels, the last one first, and which tab of a group is wanted. */
  precedentTabs: { labels: string[]; wanted: (group: Element) => number };
  /** Returns all records, the newest first, from the script at an address; from `decisions.js`. */
  precedentRecordsOf: (source: string) => Promise<PrecedentRecord[]>;
  /** Marks of the pages that changed last, by address; from `changes.js`. */
  precedentChanges?: Record<string, string>;
  /** All reading paths: address from the root, title, and pages with the number of a decision; from `reading-paths.js`. */
  precedentReadingPaths?: { u: string; a?: string; t: string; p: { u: string; a?: string; t: string; n?: string }[] }[];
}
