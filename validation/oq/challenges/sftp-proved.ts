// SPDX-License-Identifier: Apache-2.0
import { setTimeout as sleep } from "node:timers/promises";
import { gather, judge, type Proof, type Readers, type VerdictKind } from "../../prove";
import { DeliveredTrail } from "../../prove/aws/delivered-trail";
import { S3Reader } from "../../prove/aws/s3-reader";
import { TableReader } from "../../prove/aws/table-reader";
import { TransferLog } from "../../prove/aws/transfer-log";
import { type Challenge, expectAnswer, observe } from "../challenge";
import type { PutVersion, Range } from "../range";

const POLL_MS = 2000;
/** How long a proof is asked again while a link is still on its way. CloudTrail delivers within about 15 minutes; the embedded AWS at once. */
const PATIENCE_MS = { emulator: 60_000, aws: 20 * 60_000 } as const;

/** A record is proved to an inspector. */
export const sftpProvedChallenges: readonly Challenge[] = [proved()];

function proved(): Challenge {
  const title = "The inspector proves a record, from the sender's manifest to the bytes that lie there now";
  return {
    step: {
      id: "OQ-sftp-proved",
      title,
      controls: ["P11-10b-01"],
      requirements: ["URS-018", "URS-019", "URS-020"],
      clauses: ["11.10(b)", "11.10(c)", "11.10(e)"],
      kind: "positive",
      principal: "inspector role",
      action:
        "`part11 prove` of the record of OQ-sftp-promoted, with a session of the inspector role alone: lock, checksum recomputed now, ledger events, chain, mirror, CloudTrail as delivered, transfer log, replica",
      expected: "verdict: Unmodified since the sender's manifest; every link holds",
      acceptance:
        "that verdict, within one minute on the embedded AWS and twenty on AWS, whose CloudTrail delivers within about fifteen; verdict and links stand in the evidence, and the twin has another verdict",
      twin: "the same proof of an object that the writer role has put and no vendor has sent: unmodified since receipt, for no sender has stated a SHA-256",
    },
    async run(range) {
      const inspector = await range.inspector();
      const unsent = await range.put(await range.writer(), range.raw, range.freshKey("unsent"));
      const proofs: Proof[] = [];
      const seen = await expectAnswer(inspector, title, async () => {
        const { record } = await range.promotion();
        if (!record) return { ok: false, seen: "no record to prove" };
        const proof = await untilProved(range, record, "unmodified-since-manifest");
        proofs.push(proof);
        const whole = proof.links.every(({ state }) => state === "holds");
        return { ok: proof.verdict.kind === "unmodified-since-manifest" && whole, seen: told(proof) };
      });
      const twin = await observe(`${title}: twin`, async () => {
        const proof = await untilProved(range, unsent, "unmodified-since-receipt");
        proofs.push(proof);
        return { ok: proof.verdict.kind === "unmodified-since-receipt", seen: told(proof) };
      });
      const observed = { proofs };
      return twin.result === "PASS"
        ? { ...seen, twin, observed }
        : { ...seen, twin, observed, result: "FAIL", reason: "an object that nobody sent is not told apart" };
    },
  };
}

/** The proof as soon as it says what it must, or when patience ends: what follows a write by itself may come late. */
async function untilProved(range: Range, version: PutVersion, kind: VerdictKind): Promise<Proof> {
  const { bucket, key, versionId } = version;
  const readers = await inspectorsReaders(range);
  const deadline = Date.now() + PATIENCE_MS[range.target.kind];
  for (;;) {
    const proof = judge(await gather({ bucket, key, versionId }, readers, { recompute: true, now: () => new Date() }));
    if (proof.verdict.kind === kind || Date.now() > deadline) return proof;
    await sleep(POLL_MS);
  }
}

/** As `part11 prove` reads AWS; every client has the inspector's session, and its calls stand in the transcript. */
async function inspectorsReaders(range: Range): Promise<Readers> {
  const { accountId, region } = range.target;
  const inspector = await range.inspector();
  const [auditBucket, replica] = [range.zone.bucket("audit"), range.zone.replicaOf(range.raw)];
  const elsewhere = inspector.s3({ region: range.zone.regionOf(replica) });
  return {
    objects: new S3Reader(inspector.s3()),
    replica: { bucket: replica, objects: new S3Reader(elsewhere) },
    ledger: new TableReader(inspector.dynamodb(), range.zone.tableNamed("-ledger")),
    auditBucket,
    trail: new DeliveredTrail(inspector.s3(), { bucket: auditBucket, accountId, region }),
    transferLog: new TransferLog(inspector.logs(), range.zone.sftpLogGroup()),
  };
}

function told({ verdict, links }: Proof): string {
  return `${verdict.sentence} ${links.map(({ title, state, says }) => `${title}: ${state} (${says})`).join("; ")}`;
}
