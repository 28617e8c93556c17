// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import { Part11Error } from "../error";

/** File name that means standard input. */
export const STDIN = "-";

const CHUNK_BYTES = 1_048_576;
const RETRY_MS = 5;

/**
 * Bytes of standard input up to its end.
 *
 * @throws FILE_TOO_LARGE as soon as more than `maxBytes` have come
 */
export function readStdin(maxBytes: number, fd = 0): Buffer {
  const chunks: Buffer[] = [];
  let size = 0;
  for (;;) {
    const chunk = Buffer.allocUnsafe(CHUNK_BYTES);
    const count = readSome(fd, chunk);
    if (count === 0) return Buffer.concat(chunks, size);
    size += count;
    if (size > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk.subarray(0, count));
  }
}

/** A pipe in non-blocking mode says EAGAIN while its writer is busy. */
function readSome(fd: number, chunk: Buffer): number {
  for (;;) {
    try {
      return fs.readSync(fd, chunk);
    } catch (error) {
      const { code } = error as NodeJS.ErrnoException;
      if (code === "EOF") return 0;
      if (code !== "EAGAIN") throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, RETRY_MS);
    }
  }
}

function tooLarge(maxBytes: number): Part11Error {
  return new Part11Error({
    code: "FILE_TOO_LARGE",
    what: "input refused",
    where: "stdin",
    expected: `at most ${maxBytes} bytes`,
    got: "more",
    todo: "check that it is the right file, or raise the limit",
  });
}
