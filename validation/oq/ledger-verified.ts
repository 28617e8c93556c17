// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { GetObjectCommand, ListObjectsV2Command } from "@aws-sdk/client-s3";
import { canonicalJson } from "../json";
import { type Entry, type LedgerProblem, type Root, readEntries, readMirror, readRoots, verifyChains } from "../ledger";
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
  const { entries, copies, problems: unread } = await readLedger(range, ["ledger/"]);
  const { problems, chains } = verifyChains(entries, copies, []);
  const all = [...unread, ...problems];
  const own = chains.find(({ chain }) => chain === sender);
  return {
    ok: all.length === 0 && own !== undefined && own.entries > 0 && own.confirmed === own.entries,
    seen: `ledger of ${entries.length} entries in ${chains.length} chains, ${copies.length} copies in the audit bucket: ${all.length === 0 ? "no problem" : canonicalJson(all.slice(0, 3))}`,
  };
}

/** The ledger as it was read: the table, and what the audit bucket holds of it. */
export interface LedgerCopies {
  readonly entries: readonly Entry[];
  readonly copies: readonly Entry[];
  readonly roots: readonly Root[];
  /** What could not be read. */
  readonly problems: readonly LedgerProblem[];
}

/** Folders of the audit bucket, and that of each in the copy. */
const FOLDERS = { "ledger/": "mirror", "ledger-roots/": "roots" } as const;

/** Reads table and audit bucket. @param folders of the audit bucket. @default - copies and daily roots */
export async function readLedger(
  range: Range,
  folders: ReadonlyArray<keyof typeof FOLDERS> = ["ledger/", "ledger-roots/"],
): Promise<LedgerCopies> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "part11-oq-"));
  try {
    const table = path.join(folder, "export.jsonl");
    const lines = (await ledgerItems(range)).map((Item) => `${JSON.stringify({ Item })}\n`);
    fs.writeFileSync(table, lines.join(""));
    for (const prefix of folders) await copied(range, prefix, path.join(folder, FOLDERS[prefix]));
    const [ledger, copies] = [readEntries(table), readMirror(path.join(folder, "mirror"))];
    const rooted = path.join(folder, FOLDERS["ledger-roots/"]);
    const roots = fs.existsSync(rooted) && fs.readdirSync(rooted).length > 0 ? readRoots(rooted) : [];
    const problems = [...ledger.problems, ...copies.problems];
    return { entries: ledger.entries, copies: copies.entries, roots, problems };
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

async function copied(range: Range, Prefix: string, folder: string): Promise<void> {
  const s3 = (await range.inspector()).s3();
  const Bucket = range.zone.bucket("audit");
  fs.mkdirSync(folder);
  for (let ContinuationToken: string | undefined, more = true; more; ) {
    const page = await s3.send(new ListObjectsV2Command({ Bucket, Prefix, ContinuationToken }));
    for (const { Key } of page.Contents ?? []) {
      const { Body } = await s3.send(new GetObjectCommand({ Bucket, Key }));
      const file = path.join(folder, Key!.slice(Prefix.length));
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, await Body!.transformToByteArray());
    }
    ContinuationToken = page.NextContinuationToken;
    more = page.IsTruncated === true;
  }
}
