// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from "node:timers/promises";
import { gather, judge, type Proof, type Readers, type VerdictKind } from "../prove";
import { DeliveredTrail } from "../prove/aws/delivered-trail";
import { S3Reader } from "../prove/aws/s3-reader";
import { TableReader } from "../prove/aws/table-reader";
import { TransferLog } from "../prove/aws/transfer-log";
import type { Principal } from "./principal";
import type { PutVersion, Range } from "./range";

const POLL_MS = 2000;
/** How long a proof is asked again while a link is still on its way. CloudTrail delivers within about 15 minutes; the embedded AWS at once. */
const PATIENCE_MS = { emulator: 60_000, aws: 20 * 60_000 } as const;

/** The proof as soon as it says what it must, or when patience ends: what follows a write by itself may come late. */
export async function untilProved(
  range: Range,
  by: Principal,
  { bucket, key, versionId }: PutVersion,
  kind: VerdictKind,
): Promise<Proof> {
  const readers = readersOf(range, by, bucket);
  const deadline = Date.now() + PATIENCE_MS[range.target.kind];
  for (;;) {
    const proof = judge(await gather({ bucket, key, versionId }, readers, { recompute: true, now: () => new Date() }));
    if (proof.verdict.kind === kind || Date.now() > deadline) return proof;
    await sleep(POLL_MS);
  }
}

/** As `part11 prove` reads AWS; every client has the session of `by`, and its calls stand in the transcript. */
function readersOf(range: Range, by: Principal, bucket: string): Readers {
  const { accountId, region } = range.target;
  const [auditBucket, replica] = [range.zone.bucket("audit"), range.zone.replicaOf(bucket)];
  const elsewhere = by.s3({ region: range.zone.regionOf(replica) });
  return {
    objects: new S3Reader(by.s3()),
    replica: { bucket: replica, objects: new S3Reader(elsewhere) },
    ledger: new TableReader(by.dynamodb(), range.zone.tableNamed("-ledger")),
    auditBucket,
    trail: new DeliveredTrail(by.s3(), { bucket: auditBucket, accountId, region }),
    transferLog: new TransferLog(by.logs(), range.zone.sftpLogGroup()),
  };
}

/** A proof in words: the verdict and what each link says. */
export function told({ verdict, links }: Proof): string {
  return `${verdict.sentence} ${links.map(({ title, state, says }) => `${title}: ${state} (${says})`).join("; ")}`;
}
