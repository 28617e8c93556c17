// SPDX-License-Identifier: Apache-2.0
import { createHash } from "node:crypto";
import { Part11Error } from "../error";
import { interrupted } from "./interrupt";

/** Bytes that no pinned tool reaches. */
const MAX_BYTES = 512 * 1024 * 1024;
/** Milliseconds for the whole download. */
const TIMEOUT_MS = 10 * 60_000;

export interface PinnedFile {
  readonly url: string;
  /** SHA-256 of the file, lower-case hex. */
  readonly sha256: string;
  /** Header `Authorization` for the server of `url`; never shown. */
  readonly authorization?: string | undefined;
}

/**
 * Bytes of a file whose digest is known beforehand.
 *
 * @throws DOWNLOAD_FAILED without network or on an HTTP error; CHECKSUM_MISMATCH when the bytes are not the pinned ones;
 *   INTERRUPTED when `signal` aborts
 */
export async function downloadPinned(file: PinnedFile, signal?: AbortSignal): Promise<Buffer> {
  const { url, sha256 } = file;
  const bytes = await fetchBytes(file, signal);
  const got = createHash("sha256").update(bytes).digest("hex");
  if (got === sha256) return bytes;
  throw new Part11Error({
    code: "CHECKSUM_MISMATCH",
    what: "downloaded file is not the pinned one",
    where: url,
    expected: `sha256 ${sha256}`,
    got: `sha256 ${got}`,
    todo: "do not use it; check the network, or install the tool by hand",
  });
}

async function fetchBytes({ url, authorization }: PinnedFile, signal: AbortSignal | undefined): Promise<Buffer> {
  const limits = [AbortSignal.timeout(TIMEOUT_MS), ...(signal ? [signal] : [])];
  try {
    const headers = new Headers(authorization === undefined ? {} : { authorization });
    const response = await fetch(url, { headers, signal: AbortSignal.any(limits) });
    if (!response.ok) throw new Error(`HTTP status ${response.status}`);
    const parts: Uint8Array[] = [];
    let size = 0;
    for await (const part of response.body ?? []) {
      size += part.length;
      if (size > MAX_BYTES) throw new Error(`more than ${MAX_BYTES} bytes`);
      parts.push(part);
    }
    return Buffer.concat(parts);
  } catch (cause) {
    if (signal?.aborted) throw interrupted(url);
    throw new Part11Error(
      {
        code: "DOWNLOAD_FAILED",
        what: "download failed",
        where: url,
        expected: "the pinned file",
        got: reasonOf(cause),
        todo: "connect to the network, or install the tool by hand and put it on PATH",
      },
      { cause },
    );
  }
}

function reasonOf(error: unknown): string {
  const { cause, message } = error as Error & { cause?: Error };
  return cause instanceof Error ? cause.message || String((cause as NodeJS.ErrnoException).code) : message;
}
