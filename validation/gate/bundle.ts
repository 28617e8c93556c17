// SPDX-License-Identifier: Apache-2.0
import { gunzipSync } from "node:zlib";

const BLOCK = 512;

/** Files of an OPA bundle (a gzipped tar, as `opa build` writes it) by path. */
export function bundleFiles(bundle: Uint8Array): ReadonlyMap<string, Buffer> {
  const tar = gunzipSync(bundle);
  const files = new Map<string, Buffer>();
  for (let at = 0; at + BLOCK <= tar.length && tar[at] !== 0; ) {
    const name = tar.toString("utf8", at, at + 100).replace(/\0.*$/s, "");
    const size = Number.parseInt(tar.toString("latin1", at + 124, at + 136), 8);
    at += BLOCK;
    files.set(name, tar.subarray(at, at + size));
    at += Math.ceil(size / BLOCK) * BLOCK;
  }
  return files;
}
