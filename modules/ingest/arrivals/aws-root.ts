// SPDX-License-Identifier: Apache-2.0
import { PutObjectCommand, type S3Client, S3ServiceException } from "@aws-sdk/client-s3";
import { canonical } from "../../ledger/entry";
import type { LedgerStore } from "../../ledger/store";
import { NO_VENDOR } from "./key";

/** Canonical JSON of the last link of every chain that has one; undefined when none has. */
export async function dailyRoot(
  ledger: Pick<LedgerStore, "tail">,
  chains: readonly string[],
  date: string,
): Promise<string | undefined> {
  const tails = await Promise.all(chains.map(async (chain) => [chain, await ledger.tail(chain)] as const));
  const named = tails.flatMap(([chain, tail]) =>
    tail ? [[chain, { sequence: tail.sequence, hash: tail.hash }] as const] : [],
  );
  if (named.length === 0) return undefined;
  return canonical({ schemaVersion: 1, date, chains: Object.fromEntries(named) });
}

/** Writes the root of the day, of these chains and of that of no vendor, to the audit bucket, where it is locked; the first of a day stands. */
export async function putDailyRoot(
  s3: S3Client,
  auditBucket: string,
  ledger: LedgerStore,
  chains: readonly string[],
  now: Date,
): Promise<void> {
  const date = now.toISOString().slice(0, 10);
  const Body = await dailyRoot(ledger, [...new Set([...chains, NO_VENDOR])], date);
  if (Body === undefined) return;
  const Key = `ledger-roots/${date}.json`;
  const content = { Body, ContentType: "application/json", ChecksumAlgorithm: "SHA256" as const };
  try {
    await s3.send(new PutObjectCommand({ Bucket: auditBucket, Key, ...content, IfNoneMatch: "*" }));
  } catch (error) {
    if (!(error instanceof S3ServiceException) || error.$metadata.httpStatusCode !== 412) throw error;
  }
}
