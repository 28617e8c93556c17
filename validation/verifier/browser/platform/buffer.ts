// SPDX-License-Identifier: Apache-2.0
// What verifying needs of `node:buffer`, without Node.
export { Buffer } from "buffer/";

/** True for bytes that are UTF-8. */
export function isUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** True for bytes below 128 only. */
export function isAscii(bytes: Uint8Array): boolean {
  return bytes.every((byte) => byte < 128);
}
