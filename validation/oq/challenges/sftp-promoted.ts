// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { GetObjectCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { canonicalJson } from "../../json";
import { readEntries, readMirror, verifyChains } from "../../ledger";
import { type Challenge, type Checked, expectAnswer } from "../challenge";
import { ledgerItems } from "../ledger-events";
import type { Promotion } from "../promotion";
import type { Range } from "../range";
import { STUDY } from "../senders";

const POLL_MS = 1000;

/** From the vendor's client to a record that the ledger proves. */
export const sftpPromotedChallenges: readonly Challenge[] = [promoted()];

function promoted(): Challenge {
  const title = "An upload becomes a locked record that the ledger proves";
  return {
    step: {
      id: "OQ-sftp-promoted",
      title,
      controls: ["P11-10a-09", "P11-10a-11", "P11-10e-15"],
      requirements: ["URS-007", "URS-009", "URS-017", "URS-019", "URS-022", "URS-025"],
      clauses: ["11.10(a)", "11.10(c)", "11.10(e)"],
      kind: "positive",
      principal: "vendor's role, by SFTP with the vendor's key from the vendor's network",
      action: `put of a file and of its .sha256 into /${STUDY}; the installed rules, queue and function do the rest`,
      expected:
        "RECEIVED, ATTRIBUTED, MANIFEST_OK with the sender's SHA-256, PROMOTED; the record in the raw bucket under the UTC day of receipt, the same bytes, COMPLIANCE; the ledger's chains without a break, each entry the same in the audit bucket",
      acceptance: "every one of them, within five minutes",
    },
    async run(range) {
      const principal = { arn: range.senders.roleArn("oq-sender") };
      return expectAnswer(principal, title, async () => {
        const promotion = await range.promotion();
        const checks = [eventsFit(promotion), await recordFits(range, promotion), await ledgerHolds(range)];
        return { ok: checks.every(({ ok }) => ok), seen: checks.map(({ seen }) => seen).join("; ") };
      });
    },
  };
}

function eventsFit({ sent, events }: Promotion): Checked {
  const types = events.map(({ type }) => type).sort();
  const stated = events.find(({ type }) => type === "MANIFEST_OK")?.senderSha256;
  const computed = events.find(({ type }) => type === "RECEIVED")?.sha256;
  const whole = ["ATTRIBUTED", "MANIFEST_OK", "PROMOTED", "RECEIVED"].join() === types.join();
  return {
    ok: whole && stated === sent.sha256 && computed === sent.sha256,
    seen: `${types.join(", ") || "no event"}; SHA-256 of the sender ${stated}, computed ${computed}`,
  };
}

async function recordFits(range: Range, { sent, name, record }: Promotion): Promise<Checked> {
  if (!record) return { ok: false, seen: "no record" };
  const inspector = await range.inspector();
  const { LastModified } = await range.head(inspector, sent);
  const day = LastModified!.toISOString().slice(0, 10);
  const { ObjectLockMode: mode, ObjectLockRetainUntilDate: until } = await range.head(inspector, record);
  const read = await range.readable(inspector, record);
  const placed = record.bucket === range.raw && record.key === `${range.senders.prefix("oq-sender")}${day}/${name}`;
  return {
    ok: placed && read.ok && mode === "COMPLIANCE" && Number(until) > Date.now(),
    seen: `record ${record.key}, ${read.seen}, ${mode} until ${until?.toISOString()}`,
  };
}

/** An event whose copy is on its way is unfinished work, of this challenge or of those before it: waited for a minute. */
const MIRROR_PATIENCE_MS = 60_000;

async function ledgerHolds(range: Range): Promise<Checked> {
  const deadline = Date.now() + MIRROR_PATIENCE_MS;
  for (;;) {
    const seen = await verified(range);
    if (seen.ok || Date.now() > deadline) return seen;
    await sleep(POLL_MS);
  }
}

/** The whole ledger by this package's verifier, which shares no code with its writer, against the copies in the audit bucket. */
async function verified(range: Range): Promise<Checked> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "part11-oq-"));
  try {
    const table = path.join(folder, "export.jsonl");
    const lines = (await ledgerItems(range)).map((Item) => `${JSON.stringify({ Item })}\n`);
    fs.writeFileSync(table, lines.join(""));
    const mirror = path.join(folder, "mirror");
    await copyMirror(range, mirror);
    const [ledger, copies] = [readEntries(table), readMirror(mirror)];
    const { problems, chains } = verifyChains(ledger.entries, copies.entries, []);
    const all = [...ledger.problems, ...copies.problems, ...problems];
    const own = chains.find(({ chain }) => chain === "oq-sender");
    return {
      ok: all.length === 0 && own !== undefined && own.entries > 0 && own.confirmed === own.entries,
      seen: `ledger of ${ledger.entries.length} entries in ${chains.length} chains, ${copies.entries.length} copies in the audit bucket: ${all.length === 0 ? "no problem" : canonicalJson(all.slice(0, 3))}`,
    };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

async function copyMirror(range: Range, folder: string): Promise<void> {
  const s3 = (await range.inspector()).s3();
  const Bucket = range.zone.bucket("audit");
  for (let ContinuationToken: string | undefined, more = true; more; ) {
    const page = await s3.send(new ListObjectsV2Command({ Bucket, Prefix: "ledger/", ContinuationToken }));
    for (const { Key } of page.Contents ?? []) {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
      const file = path.join(folder, Key!.slice("ledger/".length));
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, await Body!.transformToByteArray());
    }
    ContinuationToken = page.NextContinuationToken;
    more = page.IsTruncated === true;
  }
}
