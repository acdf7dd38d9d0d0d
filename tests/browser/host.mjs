// @ts-check
// Serves a built site as a host does: below a path, as a project's pages are, with or without ranges of bytes.
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";

/** Whether parts of files are answered. @typedef {"ranges" | "whole files"} Answers */

/** @type {Record<string, string>} */
const TYPES = { html: "text/html", js: "text/javascript", css: "text/css", svg: "image/svg+xml", mjs: "text/javascript" };

/** @param {{after: (clean: () => unknown) => void}} t @param {string} folder @param {Answers} [answers] @returns {Promise<string>} the address of the site */
export function host(t, folder, answers = "ranges") {
  const server = createServer((request, response) => {
    try {
      const name = decodeURIComponent(new URL(request.url ?? "", "http://x").pathname.replace(/^\/docs\//, "").replace(/^$|\/$/, "$&index.html"));
      const content = readFileSync(join(folder, name));
      response.setHeader("content-type", TYPES[name.split(".").pop() ?? ""] ?? "application/octet-stream").setHeader("etag", `"${content.length}"`);
      const [begin, end] = /^bytes=(\d+)-(\d+)$/.exec(request.headers.range ?? "")?.slice(1).map(Number) ?? [];
      if (answers === "whole files" || begin === undefined) response.end(content);
      else if (begin >= content.length) response.writeHead(416).end();
      else response.writeHead(206, { "content-range": `bytes ${begin}-${Math.min(end, content.length - 1)}/${content.length}` }).end(content.subarray(begin, end + 1));
    } catch {
      response.writeHead(404, { "content-type": "text/html" }).end(readFileSync(join(folder, "404.html")));
    }
  });
  t.after(() => server.close());
  return new Promise((listening) => {
    server.listen(0, "127.0.0.1", () => listening(`http://127.0.0.1:${/** @type {import("node:net").AddressInfo} */ (server.address()).port}/docs/`));
  });
}
