// @ts-check
// The graph as a reader asks for it: one record with what is around it, or those of a scope, a status, a tag; by the form or by
// the address (`#ADR-12`, or the address of its page from the root). Without script each page draws its own records.
(() => {
  "use strict";

  const say = window.precedentSay;

  /** How many records are drawn at most, and over how many relations. */
  const MOST = 40;
  /** How many are drawn of those that a filter leaves. */
  const MOST_LEFT = 120;
  /** What is drawn when it is asked for alone. */
  const WEAK = "relates to";
  const STEPS = 2;
  /** How many lines have their words beside them: with more, those would lie on each other. */
  const MOST_WORDS = 14;
  /** Measures as in `src/graph/layout.rs`, in pixels. */
  const [WIDTH, HEIGHT, ACROSS, DOWN, HEAD] = [204, 46, 104, 18, 8];

  /** @typedef {{record: PrecedentRecord, column: number, x: number, y: number}} Box */
  /** @typedef {{from: Box, to: Box, verb: string}} Line */

  const form = () => /** @type {HTMLFormElement | null} */ (document.querySelector(".graph-find"));
  const frame = () => document.querySelector(".graph-frame");
  const list = () => document.querySelector(".edges > ul");

  /** What the page has of itself, while something else is drawn: the drawing and the list. @type {[Node[], Node[]] | null} */
  let own = null;

  /** The records, and who says something of whom. @type {{records: PrecedentRecord[], near: number[][], names: Map<string, number>} | null} */
  let graph = null;

  /** The signs of the states, as in `src/graph/glyph.rs`. @type {Record<string, string>} */
  const SIGNS = {
    proposed: "M12 4a8 8 0 1 1-.01 0M12 12h.01",
    accepted: "m5 12.5 5 5L19 7",
    rejected: "m6 6 12 12M18 6 6 18",
    deprecated: "M12 3.5a8.5 8.5 0 1 1-.01 0M8 12h8",
    superseded: "M4 12h15M13 6l6 6-6 6",
    unknown: "M8 8.5a4 4 0 1 1 5.5 3.7c-1 .4-1.5 1-1.5 2.3M12 19v.1",
  };

  const wordOf = (/** @type {string} */ verb) => say(`relation.${verb.replaceAll(" ", "_")}`);

  const nameOf = (/** @type {PrecedentRecord} */ record) => [record.label || record.number, record.title].filter(Boolean).join(" ") + (record.scope ? ` (${record.scope})` : "");

  async function load() {
    const records = await window.precedentRecordsOf(form()?.dataset.source ?? "");
    /** @type {number[][]} */
    const near = records.map(() => []);
    records.forEach((record, at) => record.relations.forEach(({ other }) => {
      near[at].push(other);
      near[other].push(at);
    }));
    const names = new Map();
    // The names that say most come first: a label may be that of several.
    for (const name of [nameOf, (/** @type {PrecedentRecord} */ record) => decodeURI(record.path), (/** @type {PrecedentRecord} */ record) => record.label, (/** @type {PrecedentRecord} */ record) => record.title]) {
      records.forEach((record, at) => {
        const key = name(record).toLowerCase();
        if (key && !names.has(key)) names.set(key, at);
      });
    }
    graph = { records, near, names };
    return graph;
  }

  // ---- Where everything stands ----

  /** Returns a record and the nearest around it, as many as can be read. @param {number} start @param {(at: number) => number[]} near */
  function around(start, near) {
    const found = new Set([start]);
    let edge = [start];
    for (let step = 0; step < STEPS; step += 1) {
      edge = [...new Set(edge.flatMap(near))].filter((at) => !found.has(at)).slice(0, MOST - found.size);
      for (const at of edge) found.add(at);
    }
    return found;
  }

  /** Columns from the older to the newer, as in the drawings of the build. @param {Set<number>} shown @param {PrecedentRecord[]} records @param {boolean} weak @returns {{boxes: Box[], lines: Line[]}} */
  function layout(shown, records, weak) {
    const age = (/** @type {number} */ one, /** @type {number} */ other) =>
      Number(records[one].isGuideline) - Number(records[other].isGuideline) || (records[one].date < records[other].date ? -1 : records[one].date > records[other].date ? 1 : other - one);
    const ordered = [...shown].sort(age);
    /** @type {Map<number, Box>} */
    const boxes = new Map(ordered.map((at) => [at, { record: records[at], column: 0, x: 0, y: 0 }]));
    /** @type {Line[]} */
    const lines = [];
    for (const [at, from] of boxes) {
      for (const { verb, other } of records[at].relations) {
        const to = boxes.get(other);
        if (to && to !== from && (weak || verb !== WEAK)) lines.push({ from, to, verb });
      }
    }
    const places = new Map([...boxes.values()].map((box, place) => [box, place]));
    const isOlder = (/** @type {Box} */ one, /** @type {Box} */ other) => (places.get(one) ?? 0) < (places.get(other) ?? 0);
    /** @type {Box[][]} */
    const columns = [];
    for (const box of boxes.values()) {
      const older = lines.filter(({ from, to }) => from === box || to === box).map(({ from, to }) => (from === box ? to : from)).filter((other) => isOlder(other, box));
      box.column = Math.max(0, ...older.map((other) => other.column + 1));
      // Where it has what it follows from at the same height, lines cross least.
      box.y = older.length ? older.reduce((sum, other) => sum + other.y, 0) / older.length : Infinity;
      (columns[box.column] ??= []).push(box);
      const before = columns[box.column].length - 1;
      if (box.y === Infinity) box.y = before;
    }
    const most = Math.max(...columns.map((column) => column.length));
    for (const column of columns) {
      column.sort((one, other) => one.y - other.y);
      const top = ((most - column.length) * (HEIGHT + DOWN)) / 2;
      column.forEach((box, at) => {
        [box.x, box.y] = [box.column * (WIDTH + ACROSS), top + at * (HEIGHT + DOWN)];
      });
    }
    return { boxes: [...boxes.values()], lines };
  }

  // ---- The drawing ----

  /** @param {string} name @param {Record<string, string | number>} attributes @param {...(Node | string)} content */
  function shape(name, attributes, ...content) {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
    made.append(...content);
    return made;
  }

  /** @param {Line} line @param {boolean} hasWord @param {Box[]} boxes */
  function drawLine({ from, to, verb }, hasWord, boxes) {
    // It leaves and enters at the sides that face each other; an arrow head lies at the end.
    const along = from.x < to.x ? 1 : -1;
    const start = { x: from.x + (along > 0 ? WIDTH : 0), y: from.y + HEIGHT / 2 };
    const end = { x: to.x + (along > 0 ? 0 : WIDTH), y: to.y + HEIGHT / 2 };
    const back = end.x - along * HEAD;
    const middle = (start.x + back) / 2;
    return shape("g", { class: `edge edge-${verb.replaceAll(" ", "-")}`, "data-ends": `${boxes.indexOf(from)} ${boxes.indexOf(to)}` },
      shape("title", {}, `${nameOf(from.record)} ${wordOf(verb)} ${nameOf(to.record)}`),
      shape("path", { class: "edge-line", d: `M${start.x} ${start.y}C${middle} ${start.y} ${middle} ${end.y} ${back} ${end.y}` }),
      shape("path", { class: "edge-head", d: `M${end.x} ${end.y}L${back} ${end.y - 4}L${back} ${end.y + 4}Z` }),
      ...(hasWord ? [shape("text", { class: "edge-label", x: (start.x + end.x) / 2, y: (start.y + end.y) / 2 - 4 }, wordOf(verb))] : []));
  }

  /** Breaks a title into two lines of the width that a box has. @param {string} text */
  function lines(text) {
    const most = 24;
    if (text.length <= most) return [text];
    const cut = text.lastIndexOf(" ", most);
    const first = text.slice(0, cut > 8 ? cut : most).trim();
    const rest = text.slice(first.length).trim();
    return [first, rest.length > most ? `${rest.slice(0, most - 1).trim()}…` : rest];
  }

  /** @param {Box} box @param {number} place @param {PrecedentRecord} [chosen] */
  function drawBox({ record, x, y }, place, chosen) {
    const text = lines(`${record.label} ${record.title}`.trim());
    const classes = ["node", record.status && `node-${record.status}`, record.isGuideline && "node-guideline", record === chosen && "node-chosen"];
    const frames = [shape("rect", { class: "node-box", x, y, width: WIDTH, height: HEIGHT, rx: record.isGuideline ? HEIGHT / 2 : 8 })];
    if (record.status === "superseded") frames.push(shape("rect", { class: "node-inner", x: x + 3, y: y + 3, width: WIDTH - 6, height: HEIGHT - 6, rx: 5 }));
    if (SIGNS[record.status]) frames.push(shape("path", { class: "node-glyph", transform: `translate(${x + 12} ${y + HEIGHT / 2 - 7}) scale(0.583)`, d: SIGNS[record.status] }));
    const first = y + HEIGHT / 2 + (text.length > 1 ? -3.5 : 4.5);
    const state = record.status ? `, ${say(`status.${record.status}`)}` : "";
    return shape("a", { class: classes.filter(Boolean).join(" "), "data-node": place, href: record.url },
      shape("title", {}, nameOf(record) + state), ...frames,
      ...text.map((line, at) => shape("text", { x: x + (record.status ? 33 : 12), y: first + at * 16 }, line)));
  }

  /** @param {ReturnType<typeof layout>} placed @param {string} name @param {PrecedentRecord} [chosen] */
  function drawing({ boxes, lines }, name, chosen) {
    const margin = 4;
    const width = Math.max(...boxes.map((box) => box.x)) + WIDTH + 2 * margin;
    const height = Math.max(...boxes.map((box) => box.y)) + HEIGHT + 2 * margin;
    return shape("svg", { class: "graph", role: "group", "aria-label": name, width, height, viewBox: `${-margin} ${-margin} ${width} ${height}` },
      ...lines.map((line) => drawLine(line, lines.length <= MOST_WORDS, boxes)), ...boxes.map((box, place) => drawBox(box, place, chosen)));
  }

  /** The same as a list: each record with what it says of others. @param {ReturnType<typeof layout>} placed */
  function listed({ boxes, lines }) {
    const link = (/** @type {PrecedentRecord} */ record) => {
      const made = document.createElement("a");
      made.href = record.url;
      made.append(nameOf(record));
      const span = document.createElement("span");
      span.className = "ref";
      span.append(made);
      return span;
    };
    return boxes.map((box) => {
      const item = document.createElement("li");
      const inner = document.createElement("ul");
      for (const { to, verb } of lines.filter(({ from }) => from === box)) {
        const other = document.createElement("li");
        const word = document.createElement("span");
        word.className = "verb";
        word.append(wordOf(verb));
        other.append(word, " ", link(to.record));
        inner.append(other);
      }
      item.append(link(box.record), ...(inner.childElementCount ? [inner] : []));
      return item;
    });
  }

  // ---- Asking ----

  /** Finds the record that somebody means. @param {string} asked */
  function meant(asked) {
    const wanted = asked.trim().toLowerCase();
    // A link of the time before a site shortened its addresses has the whole name of a file.
    const exact = graph?.names.get(wanted) ?? graph?.names.get(wanted.replace(/\.html$/, ""));
    if (exact !== undefined) return exact;
    const words = wanted.split(/\s+/);
    const found = graph?.records.findIndex((record) => words.every((word) => nameOf(record).toLowerCase().includes(word))) ?? -1;
    return found < 0 ? undefined : found;
  }

  /** @param {string} words */
  function tell(words) {
    const region = document.querySelector(".graph-found");
    if (region && region.textContent !== words) region.textContent = words;
  }

  /** What is asked for beside a record. */
  function filters() {
    const data = new FormData(form() ?? undefined);
    const value = (/** @type {string} */ name) => String(data.get(name) ?? "");
    const [status, scope, tag, weak] = [value("status"), value("scope"), value("tag"), data.has("weak")];
    /** @param {PrecedentRecord} record */
    const fits = (record) => (!status || record.status === status) && (!scope || record.scope === scope) && (!tag || record.tags.includes(tag));
    return { fits, weak, isSet: Boolean(status || scope || tag || weak), isLeft: Boolean(status || scope || tag) };
  }

  /** The records that are drawn, and what is said of it. @param {number | undefined} at @param {ReturnType<typeof filters>} filter @returns {[Set<number>, string]} */
  function chosenBy(at, { fits, weak }) {
    const { records, near } = /** @type {NonNullable<typeof graph>} */ (graph);
    const isTold = (/** @type {number} */ one, /** @type {number} */ other) => weak || [[one, other], [other, one]].some(([from, to]) => records[from].relations.some((told) => told.other === to && told.verb !== WEAK));
    const nearOf = (/** @type {number} */ one) => near[one].filter((other) => isTold(one, other));
    if (at !== undefined) {
      // Whoever has weaker relations alone is shown with those.
      const found = around(at, nearOf(at).length ? nearOf : (one) => near[one]);
      return [new Set([...found].filter((one) => one === at || fits(records[one]))), say("decisions.graph_around", { title: nameOf(records[at]) })];
    }
    const left = [...records.keys()].filter((one) => fits(records[one]) && nearOf(one).length);
    const shown = left.slice(0, MOST_LEFT);
    return [new Set(shown), say(shown.length < left.length ? "decisions.graph_some" : "decisions.graph_shown", { shown: shown.length, n: left.length })];
  }

  /** Draws what is asked for; without anything the page is again as it was. @param {string} asked a record */
  async function show(asked) {
    const [drawn, items] = [frame(), list()];
    const filter = filters();
    if (!drawn || !items) return;
    if ((asked || filter.isSet) && !graph) {
      tell(say("decisions.loading"));
      try {
        await load();
      } catch {
        tell(say("decisions.unreachable"));
        return;
      }
    }
    const at = asked ? meant(asked) : undefined;
    const main = document.querySelector(".decisions");
    own ??= [[...drawn.childNodes], [...items.childNodes]];
    const reset = /** @type {HTMLElement | null} */ (document.querySelector(".graph-find .log-reset"));
    if (reset) reset.hidden = !asked && !filter.isSet;
    if (!graph || (asked ? at === undefined : !filter.isSet)) {
      drawn.replaceChildren(...own[0]);
      items.replaceChildren(...own[1]);
      main?.toggleAttribute("data-filtered", false);
      tell(asked ? say("decisions.graph_none", { text: asked }) : "");
      return;
    }
    const chosen = at === undefined ? undefined : graph.records[at];
    const [shown, words] = chosenBy(at, filter);
    const isWeak = filter.weak || (at !== undefined && !graph.records[at].relations.some(({ verb }) => verb !== WEAK));
    const placed = layout(shown, graph.records, isWeak);
    drawn.replaceChildren(...(shown.size ? [drawing(placed, words, chosen)] : []));
    // Where the drawing is wider than its frame, it opens at the record.
    const [middle, outer] = [drawn.querySelector(".node-chosen"), drawn].map((part) => part?.getBoundingClientRect());
    if (middle && outer) drawn.scrollBy(middle.x + middle.width / 2 - outer.x - outer.width / 2, middle.y + middle.height / 2 - outer.y - outer.height / 2);
    items.replaceChildren(...listed(placed));
    main?.toggleAttribute("data-filtered", true);
    tell(words);
  }

  const field = () => /** @type {HTMLInputElement | null} */ (document.querySelector(".graph-find input"));

  /** Offers the records whose names have what was typed. */
  async function offer() {
    const typed = field()?.value.trim().toLowerCase() ?? "";
    const { records } = graph ?? (await load());
    const words = typed.split(/\s+/);
    const fitting = records.filter((record) => words.every((word) => nameOf(record).toLowerCase().includes(word))).slice(0, 20);
    document.getElementById("graph-records")?.replaceChildren(...fitting.map((record) => {
      const option = document.createElement("option");
      option.value = nameOf(record);
      return option;
    }));
  }

  /** Writes what is chosen into the address. @param {string} asked */
  function remember(asked) {
    const at = asked ? meant(asked) : undefined;
    const address = new URL(location.href);
    address.hash = at === undefined || !graph ? "" : graph.records[at].path;
    if (address.href !== location.href) history.replaceState(history.state, "", address);
  }

  const typed = async () => {
    const asked = field()?.value ?? "";
    await show(asked.trim());
    remember(asked.trim());
  };

  document.addEventListener("input", (event) => {
    if (event.target !== field()) return;
    offer().catch(() => {});
    // Choosing one of those that are offered is an input as well; so is emptying the field.
    if (!field()?.value || graph?.names.has(field()?.value.toLowerCase() ?? "")) typed();
  });
  document.addEventListener("change", (event) => {
    const input = /** @type {HTMLElement} */ (event.target);
    if (input.closest(".graph-find") && input !== field()) typed();
  });
  document.addEventListener("reset", (event) => {
    // The fields are empty a moment later.
    if (event.target === form()) setTimeout(typed);
  });
  document.addEventListener("submit", (event) => {
    if (event.target !== form()) return;
    event.preventDefault();
    typed();
  });

  /** Draws what the address asks for. */
  async function arrive() {
    const input = field();
    if (!input) return;
    let asked = location.hash.slice(1);
    try {
      asked = decodeURIComponent(asked);
    } catch {
      // An address that is no text names no record.
    }
    if (!asked || document.getElementById(asked)) return;
    await show(asked);
    const at = meant(asked);
    if (graph && at !== undefined) input.value = nameOf(graph.records[at]);
  }

  addEventListener("hashchange", arrive);
  document.addEventListener("precedent:update", () => {
    [graph, own] = [null, null];
    arrive();
  });
  arrive();
})();
