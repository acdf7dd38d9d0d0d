// @ts-check
// How a drawing is looked at: whoever is under the pointer or has the focus is lit with its neighbours; buttons, keys (`+`, `-`,
// `0`), a wheel with Control and two fingers make it larger and smaller, and it is dragged. The frame scrolls by itself.
(() => {
  "use strict";

  const [SMALLEST, LARGEST, STEP] = [0.3, 3, 1.25];

  const frame = () => /** @type {HTMLElement | null} */ (document.querySelector(".graph-box .graph-frame"));
  const drawing = () => /** @type {SVGSVGElement | null} */ (frame()?.querySelector("svg.graph") ?? null);

  // ---- Neighbours ----

  /** Lights a record, its lines and who is at their other ends; without one everything is as before. @param {Element | null} node */
  function light(node) {
    const svg = drawing();
    if (!svg) return;
    for (const lit of svg.querySelectorAll(".lit")) lit.classList.remove("lit");
    svg.classList.toggle("dimmed", node !== null);
    const place = node?.getAttribute("data-node");
    node?.classList.add("lit");
    for (const edge of svg.querySelectorAll("[data-ends]")) {
      const ends = edge.getAttribute("data-ends")?.split(" ") ?? [];
      if (!place || !ends.includes(place)) continue;
      edge.classList.add("lit");
      for (const end of ends) svg.querySelector(`[data-node="${end}"]`)?.classList.add("lit");
    }
  }

  const nodeOf = (/** @type {Event} */ event) => {
    const target = /** @type {Partial<Element>} */ (event.target);
    return target.closest?.(".graph-box") ? (target.closest?.("[data-node]") ?? null) : null;
  };
  document.addEventListener("pointerover", (event) => {
    if (event.pointerType === "mouse") light(nodeOf(event) ?? focused());
  });
  const focused = () => (document.activeElement?.matches(".graph-box [data-node]") ? document.activeElement : null);
  document.addEventListener("focusin", (event) => light(nodeOf(event)));

  // ---- Size ----

  /** How large the drawing is: 1 as it was made. */
  let scale = 1;

  /** @param {SVGSVGElement} svg */
  const ownWidth = (svg) => svg.viewBox.baseVal.width;

  /** Makes the drawing so large, with what is at a point of the frame staying there. @param {number} wanted @param {number} [x] @param {number} [y] */
  function zoom(wanted, x, y) {
    const [box, svg] = [frame(), drawing()];
    if (!box || !svg) return;
    const next = Math.min(LARGEST, Math.max(SMALLEST, wanted));
    const [left, top] = [x ?? box.clientWidth / 2, y ?? box.clientHeight / 2];
    const [atX, atY] = [(box.scrollLeft + left) / scale, (box.scrollTop + top) / scale];
    scale = next;
    svg.setAttribute("width", String(Math.round(ownWidth(svg) * scale)));
    box.scrollTo({ left: atX * scale - left, top: atY * scale - top, behavior: "instant" });
  }

  function fit() {
    const [box, svg] = [frame(), drawing()];
    if (!box || !svg) return;
    const style = getComputedStyle(box);
    zoom((box.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight)) / ownWidth(svg));
  }

  document.addEventListener("click", (event) => {
    const does = /** @type {HTMLElement | null} */ (/** @type {Element} */ (event.target).closest("[data-zoom]"))?.dataset.zoom;
    if (does === "fit") fit();
    else if (does) zoom(does === "in" ? scale * STEP : scale / STEP);
  });

  document.addEventListener("keydown", (event) => {
    const within = /** @type {Element} */ (event.target).closest(".graph-box");
    if (!within || event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "+" || event.key === "=") zoom(scale * STEP);
    else if (event.key === "-") zoom(scale / STEP);
    else if (event.key === "0") zoom(1);
    else return;
    event.preventDefault();
  });

  document.addEventListener("wheel", (event) => {
    const box = frame();
    if (!event.ctrlKey || !box?.contains(/** @type {Node} */ (event.target))) return;
    event.preventDefault();
    const { left, top } = box.getBoundingClientRect();
    zoom(scale * Math.exp(-event.deltaY / 200), event.clientX - left, event.clientY - top);
  }, { passive: false });

  // ---- Fingers and pointer ----

  /** @param {TouchList} touches */
  const apart = (touches) => Math.hypot(touches[0].clientX - touches[1].clientX, touches[0].clientY - touches[1].clientY);
  let [pinched, before] = [0, 1];
  document.addEventListener("touchstart", (event) => {
    if (event.touches.length === 2 && frame()?.contains(/** @type {Node} */ (event.target))) [pinched, before] = [apart(event.touches), scale];
  }, { passive: true });
  document.addEventListener("touchmove", (event) => {
    const box = frame();
    if (!pinched || event.touches.length !== 2 || !box) return;
    event.preventDefault();
    const { left, top } = box.getBoundingClientRect();
    const [one, other] = event.touches;
    zoom((before * apart(event.touches)) / pinched, (one.clientX + other.clientX) / 2 - left, (one.clientY + other.clientY) / 2 - top);
  }, { passive: false });
  document.addEventListener("touchend", () => (pinched = 0));

  /** Where a mouse took hold of the drawing. @type {{x: number, y: number} | null} */
  let held = null;
  document.addEventListener("pointerdown", (event) => {
    const isDrawing = frame()?.contains(/** @type {Node} */ (event.target)) && !nodeOf(event);
    if (event.pointerType === "mouse" && event.button === 0 && isDrawing) held = { x: event.clientX, y: event.clientY };
  });
  document.addEventListener("pointermove", (event) => {
    if (!held) return;
    frame()?.scrollBy({ left: held.x - event.clientX, top: held.y - event.clientY, behavior: "instant" });
    held = { x: event.clientX, y: event.clientY };
  });
  for (const name of ["pointerup", "pointercancel"]) document.addEventListener(name, () => (held = null));

  // Another drawing is as large as it was made.
  new MutationObserver(() => {
    const svg = drawing();
    if (svg && Number(svg.getAttribute("width")) === ownWidth(svg)) scale = 1;
  }).observe(document, { childList: true, subtree: true });
})();
