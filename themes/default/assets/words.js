// @ts-check
// The words of the interface. The build puts them before this script: `precedentWords`, from the language files.
(() => {
  "use strict";

  const given = window.precedentWords;
  const forms = new Intl.PluralRules(given.language);

  /**
   * Returns the text of a key such as `script.copy`, with values where it names them in braces; `n` chooses the form.
   * @param {string} key
   * @param {Record<string, string | number>} [values]
   */
  window.precedentSay = (key, values = {}) => {
    const [section, name] = key.split(".");
    const word = given.words[section]?.[name] ?? key;
    const text = typeof word === "string" ? word : (word[forms.select(Number(values.n ?? 0))] ?? word.other);
    return text.replace(/\{(\w+)\}/g, (whole, value) => String(values[value] ?? whole));
  };
})();
