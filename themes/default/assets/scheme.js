// @ts-check
// Sets the reader's colour scheme before the first paint. Absent means automatic: the system decides.
(() => {
  "use strict";
  const root = document.documentElement;
  root.dataset.script = "";
  try {
    const scheme = localStorage.getItem("precedent-scheme");
    if (scheme === "light" || scheme === "dark") root.dataset.scheme = scheme;
  } catch {
    // Storage may be refused; the scheme is then automatic.
  }
})();
