// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { GetObjectCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { canonicalJson } from "../json";
import { readEntries, readMirror, verifyChains } from "../ledger";
import type { Checked } from "./challenge";
import { ledgerItems } from "./ledger-events";
import type { Range } from "./range";

const POLL_MS = 1000;
/** An event whose copy is on its way is unfinished work, of this challenge or of those before it: waited for a minute. */
const MIRROR_PATIENCE_MS = 60_000;

/** Whether the whole ledger stands, and each entry of `chain` has its copy: waited for. */
export async function ledgerHolds(range: Range, chain: string): Promise<Checked> {
  const deadline = Date.now() + MIRROR_PATIENCE_MS;
  for (;;) {
    const seen = await verified(range, chain);
    if (seen.ok || Date.now() > deadline) return seen;
    await sleep(POLL_MS);
  }
}

/** The whole ledger by this package's verifier, which shares no code with its writer, against the copies in the audit bucket. */
async function verified(range: Range, sender: string): Promise<Checked> {
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
    const own = chains.find(({ chain }) => chain === sender);
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
