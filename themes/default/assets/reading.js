// @ts-check
// Two helps while reading: a note or the meaning of a term is shown beside the link to it, and an image that was made smaller is shown whole.
// Listeners sit on the document, as in theme.js; without script the note is a jump away and the image as large as it fits.
(() => {
  "use strict";

  const say = window.precedentSay;

  // ---- Notes ----

  /** @type {HTMLElement | null} */
  let preview = null;

  function hidePreview() {
    preview?.remove();
    preview = null;
  }

  /** The id that a link names; as it stands, where there is a mistake in it. @param {HTMLAnchorElement} link */
  function idOf(link) {
    const id = link.hash.slice(1);
    try {
      return decodeURIComponent(id);
    } catch {
      return id;
    }
  }

  /** What a note says, or a term means: the latter is no part of this page, and the link tells it. @param {HTMLAnchorElement} link @returns {Node[]} */
  function contentOf(link) {
    if (!link.matches(".term")) return [...(document.getElementById(idOf(link))?.childNodes ?? [])];
    if (link.title) {
      // The browser's own box would lie over this one.
      link.setAttribute("aria-description", link.title);
      link.removeAttribute("title");
    }
    return [document.createTextNode(link.getAttribute("aria-description") ?? "")];
  }

  /** @param {HTMLAnchorElement} link */
  function showPreview(link) {
    hidePreview();
    const content = contentOf(link);
    if (content.length === 0) return;
    preview = document.createElement("aside");
    preview.className = "preview";
    preview.dataset.added = "";
    // The note is on the page already, for those who do not see this one.
    preview.setAttribute("aria-hidden", "true");
    preview.append(...content.map((node) => node.cloneNode(true)));
    for (const element of preview.querySelectorAll("[id]")) element.removeAttribute("id");
    for (const element of preview.querySelectorAll("a")) element.tabIndex = -1;
    document.body.append(preview);
    const place = link.getBoundingClientRect();
    const { width, height } = preview.getBoundingClientRect();
    const above = place.bottom + height + 16 > innerHeight && place.top > height + 16;
    preview.style.left = `${Math.max(16, Math.min(place.left + place.width / 2 - width / 2, document.documentElement.clientWidth - width - 16)) + scrollX}px`;
    preview.style.top = `${(above ? place.top - height - 8 : place.bottom + 8) + scrollY}px`;
  }

  /** @param {Event} event @returns {HTMLAnchorElement | null} */
  const noteOf = (event) => (event.target instanceof Element ? event.target.closest(".footnote a, a.annotation, a.term") : null);

  document.addEventListener("mouseover", (event) => {
    const link = noteOf(event);
    if (link) showPreview(link);
    else if (!(event.target instanceof Element && event.target.closest(".preview"))) hidePreview();
  });
  document.addEventListener("focusin", (event) => {
    const link = noteOf(event);
    if (link?.matches(":focus-visible")) showPreview(link);
    else hidePreview();
  });

  // ---- Images ----

  /** @type {HTMLElement | null} what had the focus before an image was shown whole */
  let opener = null;

  /** Images that were made smaller by more than a little, and lead nowhere, can be shown whole. */
  function findLarge() {
    for (const image of /** @type {NodeListOf<HTMLImageElement>} */ (document.querySelectorAll(".prose img"))) {
      const large = image.clientWidth > 0 && image.naturalWidth > image.clientWidth * 1.15 && !image.closest("a, button");
      if (large === image.classList.contains("large")) continue;
      image.classList.toggle("large", large);
      if (large) {
        image.tabIndex = 0;
        image.setAttribute("role", "button");
        image.setAttribute("aria-label", [image.alt, say("script.enlarge")].filter(Boolean).join(". "));
      } else for (const name of ["tabindex", "role", "aria-label"]) image.removeAttribute(name);
    }
  }

  /** @param {HTMLImageElement} image */
  function enlarge(image) {
    const dialog = document.createElement("dialog");
    dialog.className = "zoom";
    dialog.dataset.added = "";
    dialog.setAttribute("aria-label", image.alt || say("script.enlarge"));
    const whole = document.createElement("img");
    whole.src = image.currentSrc || image.src;
    whole.alt = image.alt;
    const close = document.createElement("button");
    close.type = "button";
    close.className = "tool";
    close.setAttribute("aria-label", say("script.close"));
    const icon = document.createElement("span");
    icon.className = "icon icon-close";
    close.append(icon);
    dialog.append(close, whole);
    dialog.addEventListener("click", () => dialog.close());
    dialog.addEventListener("close", () => {
      dialog.remove();
      opener?.focus();
    });
    opener = image;
    document.body.append(dialog);
    dialog.showModal();
  }

  /** @param {Event} event @returns {HTMLImageElement | null} */
  const largeOf = (event) => (event.target instanceof Element ? event.target.closest("img.large") : null);

  document.addEventListener("click", (event) => {
    const image = largeOf(event);
    if (image) enlarge(image);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") hidePreview();
    const image = largeOf(event);
    if (!image || (event.key !== "Enter" && event.key !== " ")) return;
    event.preventDefault();
    enlarge(image);
  });
  // Images load when they are near, so it is known late how large they are.
  document.addEventListener("load", (event) => {
    if (event.target instanceof HTMLImageElement) findLarge();
  }, true);
  addEventListener("resize", findLarge);
  document.addEventListener("precedent:update", findLarge);
  findLarge();
})();
