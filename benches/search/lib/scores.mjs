// @ts-check
// What of a set was found where, and how much two engines differ.

import { mean } from "./table.mjs";

/** @typedef {import("./sets.mjs").Judged} Judged */

/** The place of the first page that is right; 0 where none was found. @param {Judged} judged @param {string[]} answer */
export function rankOf({ urls, before }, answer) {
  const rank = answer.findIndex((url) => urls.includes(url)) + 1;
  if (!before) return rank;
  // Of a pair, only the order counts.
  const other = answer.indexOf(before) + 1;
  return rank && (!other || rank < other) ? 1 : 0;
}

/** @param {Judged[]} judged @param {string[][]} answers */
export function scored(judged, answers) {
  const ranks = judged.map((one, at) => rankOf(one, answers[at]));
  const share = (/** @type {(rank: number) => boolean} */ holds) => ranks.filter(holds).length / ranks.length;
  return {
    reciprocal: ranks.map((rank) => (rank ? 1 / rank : 0)),
    first: share((rank) => rank === 1),
    found: share((rank) => rank > 0),
    nothing: answers.filter(({ length }) => !length).length / answers.length,
  };
}

/** The mean of the paired differences, with its 95 % interval. @param {number[]} ours @param {number[]} theirs */
export function difference(ours, theirs) {
  const differences = ours.map((one, at) => one - theirs[at]);
  const middle = mean(differences);
  const deviation = Math.sqrt(mean(differences.map((one) => (one - middle) ** 2)) / differences.length);
  return `${middle < 0 ? "−" : "+"}${Math.abs(middle).toFixed(3)} ± ${(1.96 * deviation).toFixed(3)}`;
}

/**
 * Lists the queries whose page does not come first, on the error output.
 * @param {import("./sets.mjs").JudgedSet} set
 * @param {[string, string[][]][]} answers of each engine by its name, those that are looked at first
 */
export function printMisses({ name, judged }, [[, ours], ...others]) {
  const place = (/** @type {Judged} */ one, /** @type {string[]} */ answer) => rankOf(one, answer) || "–";
  judged.forEach((one, at) => {
    if (rankOf(one, ours[at]) === 1) return;
    const elsewhere = others.map(([engine, answers]) => `, ${engine} ${place(one, answers[at])}`).join("");
    const first = ours[at].slice(0, 3).join(", ") || "nothing";
    console.error(`  ${name}: “${one.query}” → ${one.urls.join(" or ")}: ${place(one, ours[at])}${elsewhere}; first: ${first}`);
  });
}
