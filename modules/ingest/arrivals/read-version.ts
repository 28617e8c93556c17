// SPDX-License-Identifier: Apache-2.0
import type { Hash } from "node:crypto";
import type { Readable } from "node:stream";
import { finished } from "node:stream/promises";
import { GetObjectCommand, type S3Client } from "@aws-sdk/client-s3";
import type { ObjectVersion } from "../../ledger/entry";

/** What is waited for of a connection. */
export interface Patience {
  /** Milliseconds without a byte after which a connection counts as broken. */
  readonly idleMilliseconds: number;
  /** Connections in a row without a byte after which reading gives up. */
  readonly fruitless: number;
}

export const PATIENCE: Patience = { idleMilliseconds: 60_000, fruitless: 5 };

/**
 * Hashes all bytes of a version as they stream by. A connection that breaks is taken up again where it broke: what was
 * read is not lost to one reset.
 *
 * @returns number of bytes
 * @throws what broke the last connection; Error when S3 gives other bytes than were asked for
 */
export async function hashVersion(
  s3: S3Client,
  version: ObjectVersion,
  hash: Hash,
  { idleMilliseconds, fruitless }: Patience = PATIENCE,
): Promise<number> {
  let { body, total } = await open(s3, version, 0);
  const bytes = total;
  for (let at = 0, broken = 0; ; ) {
    const before = at;
    const failure = await drain(body, idleMilliseconds, (chunk) => {
      at += chunk.length;
      hash.update(chunk);
    });
    if (at === bytes && !failure) return bytes;
    if (at > bytes) throw new Error(`version ${version.versionId} has ${bytes} bytes, and more than that came`);
    broken = at > before ? 0 : broken + 1;
    if (broken >= fruitless)
      throw failure ?? new Error(`version ${version.versionId} ended after ${at} of ${bytes} bytes`);
    ({ body, total } = await open(s3, version, at));
    if (total !== bytes) throw new Error(`version ${version.versionId} had ${bytes} bytes, and now has ${total}`);
  }
}

/** @returns the error that broke the stream off */
async function drain(
  body: Readable,
  idleMilliseconds: number,
  take: (chunk: Uint8Array) => void,
): Promise<Error | undefined> {
  const idle = setTimeout(() => body.destroy(new Error(`no byte for ${idleMilliseconds} ms`)), idleMilliseconds);
  // Not `for await`: at chunks of 16 KiB, which TLS gives, its promises cost a quarter of the throughput.
  body.on("data", (chunk: Uint8Array) => {
    idle.refresh();
    take(chunk);
  });
  try {
    await finished(body);
    return undefined;
  } catch (error) {
    return error as Error;
  } finally {
    clearTimeout(idle);
  }
}

async function open(
  s3: S3Client,
  { bucket, key, versionId }: ObjectVersion,
  from: number,
): Promise<{ body: Readable; total: number }> {
  const range = from === 0 ? {} : { Range: `bytes=${from}-` };
  const { Body, ContentLength, ContentRange } = await s3.send(
    new GetObjectCommand({ Bucket: bucket, Key: key, VersionId: versionId, ...range }),
  );
  const [, start, total] =
    from === 0 ? [0, 0, ContentLength] : (/^bytes (\d+)-\d+\/(\d+)$/.exec(ContentRange ?? "") ?? []);
  // A range that was ignored gives the version from its start: its hash would be of bytes that nobody sent.
  if (total === undefined || Number(start) !== from) {
    throw new Error(
      `version ${versionId} was asked for from byte ${from}, and S3 answered ${ContentRange ?? "without a range"}`,
    );
  }
  return { body: Body as Readable, total: Number(total) };
}
