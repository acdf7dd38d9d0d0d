// What the scripts of the theme find in the window.

/** A text, or its forms by number. */
type Word = string | Record<string, string>;

interface Window {
  /** The words of the interface, which the build puts before `words.js`. */
  precedentWords: { language: string; words: Record<string, Record<string, Word>> };
  /** Returns the text of a key, with values where it names them; `n` chooses the form. */
  precedentSay: (key: string, values?: Record<string, string | number>) => string;
  /** The tabs that were chosen, from `scheme.js`: their labels, the last one first, and which tab of a group is wanted. */
  precedentTabs: { labels: string[]; wanted: (group: Element) => number };
  /** Marks of the pages that changed last, by address; from `changes.js`. */
  precedentChanges?: Record<string, string>;
}
