// @ts-check

/**
 * @typedef {object} More
 * @property {(parsed: Parsed, minus: boolean, field: string, value: string) => boolean} filter
 * @property {(index: SearchIndex, filters: Filters) => Selected} selection
 * @property {(index: SearchIndex, field: string, prefix: string) => [string, number][]} complete
 * @property {(index: SearchIndex, parsed: Parsed) => Uint32Array | undefined} named
 * @property {(index: SearchIndex, words: Asked[], used: Used) => void} addSynonyms
 * @property {(groups: Group[]) => Pick<Group, "terms" | "at">} together
 * @property {(index: SearchIndex, words: Asked[], corrected: Used) => Asked[]} meant
 * @property {(index: SearchIndex, tokens: Token[]) => Phrase | undefined} phraseOf
 * @property {(index: SearchIndex, parsed: Parsed, plan: Plan) => void} addUnwanted
 * @property {(index: SearchIndex, phrases: (Phrase | undefined)[], unwanted: Phrase[]) => (page: number) => number[] | undefined} phrased
 */

/** @type {More} */
const more = { filter, selection, complete, named, addSynonyms, together, meant, phraseOf, addUnwanted, phrased };

/** @type {any} */ (globalThis).precedentSearch.more = more;
