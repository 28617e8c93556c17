// SPDX-License-Identifier: Apache-2.0
import { gunzipSync } from "node:zlib";

const BLOCK = 512;

/** More than any bundle unpacks to. */
const MAX_TAR_BYTES = 256 * 1024 * 1024;

/**
 * Files of an OPA bundle (a gzipped tar, as `opa build` writes it) by path.
 *
 * @param maxBytes largest tar that is unpacked. `@default` 256 MiB
 * @throws what zlib throws
 */
export function bundleFiles(bundle: Uint8Array, maxBytes: number = MAX_TAR_BYTES): ReadonlyMap<string, Buffer> {
  const tar = gunzipSync(bundle, { maxOutputLength: maxBytes });
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
