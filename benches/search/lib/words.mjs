// @ts-check
// What queries are made of: words, numbers that look random and are the same each time, slips of the finger.

/** @typedef {(below: number) => number} Random returns a whole number from 0 */

/** Words that say nothing of what is looked for. */
export const STOP_WORDS = new Set(
  "a an and are as at be been by can do does for from has have how if in into is it its may not of on or our should so such than that the their them then there these they this to using via was we what when where which who why will with you your".split(" "),
);

/** @param {number} seed @returns {Random} */
export function random(seed) {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** Takes out what the language of queries reads as signs, and numbers that a list puts in front. @param {string} text */
export function plain(text) {
  const words = text.replace(/^\s*(?:[A-Z]{2,6}-)?\d+\s*[.:)—–-]\s*/u, "").replace(/["“”:*`]/gu, " ").split(/\s+/u);
  return words.map((word) => word.replace(/^[-(\[{]+|[.,;!?)\]}]+$/gu, "")).filter(Boolean).join(" ");
}

/** The words of a text that say something, in their order. @param {string} text */
export function telling(text) {
  return plain(text).split(" ").filter((word) => /\p{L}/u.test(word) && !STOP_WORDS.has(word.toLowerCase()));
}

/** Leaves a letter out, puts one in, replaces one or swaps two, in a word of five letters or more; nothing without such a word. @param {string} text @param {Random} pick */
export function withTypo(text, pick) {
  const words = text.split(" ");
  const long = words.flatMap((word, at) => (/^[A-Za-z]{5,}$/.test(word) ? [at] : []));
  if (!long.length) return;
  const at = long[pick(long.length)];
  const letters = [...words[at]];
  const letter = String.fromCharCode(97 + pick(26));
  const place = pick(letters.length);
  const swap = Math.min(place, letters.length - 2);
  const slips = [
    () => letters.splice(place, 1),
    () => letters.splice(place, 0, letter),
    () => letters.splice(place, 1, letter),
    () => letters.splice(swap, 2, letters[swap + 1], letters[swap]),
  ];
  slips[pick(4)]();
  const typed = letters.join("");
  return typed.toLowerCase() === words[at].toLowerCase() ? undefined : words.with(at, typed).join(" ");
}

/** Stops typing after 60 % of the last word; nothing when that word is too short. @param {string} text */
export function halfTyped(text) {
  const words = text.split(" ");
  const letters = [...(words.at(-1) ?? "")];
  if (letters.length < 5 || !/^\p{L}+$/u.test(letters.join(""))) return;
  return words.with(-1, letters.slice(0, Math.ceil(letters.length * 0.6)).join("")).join(" ");
}

/** At most so many of a list, evenly spread. @template Value @param {Value[]} all @param {number} most */
export const spread = (all, most) => (all.length <= most ? all : Array.from({ length: most }, (_, at) => all[Math.floor((at * all.length) / most)]));

/** Puts a list in a random order. @template Value @param {Value[]} all @param {Random} pick */
export function shuffled(all, pick) {
  const list = [...all];
  for (let at = list.length - 1; at > 0; at -= 1) {
    const other = pick(at + 1);
    [list[at], list[other]] = [list[other], list[at]];
  }
  return list;
}
