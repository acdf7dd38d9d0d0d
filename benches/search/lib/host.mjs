// @ts-check
// Serves a folder as GitHub Pages does: HTTP/2, gzip for text alone, ranges of what is not compressed; notes what is sent, and can be as slow as a network.

import { execFileSync } from "node:child_process";
import { X509Certificate, createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { createSecureServer } from "node:http2";
import { extname, join } from "node:path";
import { gzipSync } from "node:zlib";

/** @typedef {{milliseconds: number, bitsPerSecond: number}} Network how long a round trip takes, and what all answers share */
/** @typedef {{path: string, bytes: number}} Sent the bytes of a body */
/** @typedef {{key: string, cert: string, fingerprint: string}} Identity */
/** @typedef {{url: string, sent: Sent[], network: Network, close: () => Promise<void>}} Host */

/** @type {Network} */
export const LOOPBACK = { milliseconds: 0, bitsPerSecond: Infinity };
/** @type {Network} */
export const ORDINARY = { milliseconds: 60, bitsPerSecond: 20e6 };

/** @type {Record<string, string>} */
const TEXT = { ".html": "text/html", ".js": "text/javascript", ".mjs": "text/javascript", ".css": "text/css", ".json": "application/json", ".svg": "image/svg+xml" };

/** When the files were last modified, as a host says it; a browser trusts it once it is some time ago. */
const MODIFIED = new Date(Date.now() - 3_600_000).toUTCString();

/** A page with nothing on it. */
export const EMPTY = "empty-page.html";
const EMPTY_PAGE = '<!doctype html><html lang="en"><head><link rel="icon" href="data:,"><title>empty</title></head><body></body></html>';

/** Makes a key and a certificate, for browsers that are told its fingerprint. @param {string} folder @returns {Identity} */
export function identity(folder) {
  const [keyFile, certFile] = [join(folder, "key.pem"), join(folder, "cert.pem")];
  const names = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"];
  const shape = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2"];
  execFileSync("openssl", ["req", "-x509", ...shape, ...names, "-keyout", keyFile, "-out", certFile], { stdio: "ignore" });
  const cert = readFileSync(certFile, "utf8");
  const spki = new X509Certificate(cert).publicKey.export({ type: "spki", format: "der" });
  return { key: readFileSync(keyFile, "utf8"), cert, fingerprint: createHash("sha256").update(spki).digest("base64") };
}

/** @param {string} folder @param {Identity} identity @returns {Promise<Host>} */
export function host(folder, { key, cert }) {
  /** @type {Map<string, Buffer>} */
  const bodies = new Map();
  const bodyOf = (/** @type {string} */ path, /** @type {boolean} */ gzip) => {
    const key = `${path} ${gzip}`;
    const known = bodies.get(key);
    if (known) return known;
    const plain = path === EMPTY ? Buffer.from(EMPTY_PAGE) : readFileSync(join(folder, path));
    const body = gzip ? gzipSync(plain) : plain;
    bodies.set(key, body);
    return body;
  };
  /** When the line is free again. */
  let free = 0;
  const server = createSecureServer({ key, cert });
  server.on("stream", (stream, headers) => {
    stream.on("error", () => {}); // The page went away.
    const path = decodeURIComponent(new URL(`${headers[":path"]}`, "https://localhost").pathname.slice(1));
    /** @type {Record<string, string | number>} */
    const head = {
      ":status": 200,
      "content-type": extname(path) in TEXT ? `${TEXT[extname(path)]}; charset=utf-8` : "application/octet-stream",
      "cache-control": "max-age=600",
      "accept-ranges": "bytes",
      // A browser keeps no part of a file without it.
      "last-modified": MODIFIED,
      // Without these a page may not measure its memory.
      "cross-origin-opener-policy": "same-origin",
      "cross-origin-embedder-policy": "require-corp",
    };
    const gzip = extname(path) in TEXT && /\bgzip\b/.test(`${headers["accept-encoding"]}`);
    if (gzip) head["content-encoding"] = "gzip";
    let body = /** @type {Buffer} */ (Buffer.alloc(0));
    try {
      body = bodyOf(path, gzip);
      const range = /^bytes=(\d+)-(\d+)$/.exec(`${headers.range}`)?.slice(1).map(Number);
      if (range) {
        Object.assign(head, { ":status": 206, "content-range": `bytes ${range[0]}-${range[1]}/${body.length}` });
        body = body.subarray(range[0], range[1] + 1);
      }
    } catch {
      head[":status"] = 404;
    }
    if (path !== EMPTY) made.sent.push({ path, bytes: body.length });
    const respond = () => stream.destroyed || (stream.respond(head), stream.end(body));
    const { milliseconds, bitsPerSecond } = made.network;
    if (!milliseconds) return respond();
    setTimeout(() => {
      free = Math.max(free, performance.now()) + (body.length * 8000) / bitsPerSecond;
      setTimeout(respond, free - performance.now());
    }, milliseconds);
  });
  /** @type {Host} */
  const made = { url: "", sent: [], network: LOOPBACK, close: () => new Promise((closed) => server.close(() => closed())) };
  return new Promise((listening) => {
    server.listen(0, "127.0.0.1", () => {
      made.url = `https://localhost:${/** @type {import("node:net").AddressInfo} */ (server.address()).port}/`;
      listening(made);
    });
  });
}
