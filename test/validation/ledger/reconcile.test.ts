// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { canonical, nextLink, recorded } from "../../../modules/ledger/entry";
import { reconcileLedger } from "../../../validation/cli/ledger-reconcile";
import { type SampleEntry, sampleLedger } from "./sample";

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "ledger-"));
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

const received = sampleLedger(3);
const [first] = received as [SampleEntry];
const record = { bucket: "acme-raw", key: "clinical/inbound/raw/acme/abc-1/2026-11-22/v1.csv", versionId: "r1" };
const { id: _, at: __, schemaVersion: ___, receivedAt: ____, ...base } = first.event;
const promotion = recorded({ ...base, type: "PROMOTED", destination: record }, new Date("2026-11-22T00:00:02Z"));
const promoted = { event: promotion, link: nextLink(received.at(-1)!.link, promotion.id, canonical(promotion)) };
const entries = [...received, promoted];

/** The command on buckets that hold what the ledger says, without and with some versions. */
async function run(
  without: readonly string[] = [],
  added: readonly { key: string; versionId: string }[] = [],
  text?: string,
) {
  fs.writeFileSync(path.join(folder, "entries.jsonl"), text ?? entries.map(canonical).join("\n"));
  const held: Record<string, Array<{ key: string; versionId: string }>> = {
    "acme-inbox": [...received.map(({ event }) => event), ...added],
    "acme-raw": [record],
  };
  let stdout = "";
  const io = {
    stdout: { write: (said: string) => (stdout += said) },
    stderr: { write: () => true },
    env: {},
    cwd: folder,
  };
  async function* list(bucket: string) {
    yield* held[bucket]!.filter(({ versionId }) => !without.includes(versionId));
  }
  const argv = ["--entries", "entries.jsonl", "--bucket", "acme-inbox", "--bucket", "acme-raw"];
  // A record in raw is received as well; here its event is still to come.
  const code = await reconcileLedger(argv, io, list);
  return { code, stdout };
}

test("a record without a receipt of its own is unledgered, all else is in order", async () => {
  expect(await run()).toEqual({
    code: 1,
    stdout: `unledgered  acme-raw/${record.key}  r1
versions: 4, entries: 4, problems of the ledger: 0, missing: 0, unledgered: 1
`,
  });
});

test("versions that are gone are missing, received and promoted ones", async () => {
  const { code, stdout } = await run(["v2", "r1"]);
  expect([code, stdout]).toEqual([
    1,
    `MISSING     acme-inbox/clinical/inbound/raw/acme/abc-1/v2.csv  v2
MISSING     acme-raw/${record.key}  r1
versions: 2, entries: 4, problems of the ledger: 0, missing: 2, unledgered: 0
`,
  ]);
});

test("trials are in no ledger, and no difference", async () => {
  const { stdout } = await run([], [{ key: "clinical/inbound/test/acme/x", versionId: "t" }]);
  expect(stdout).toContain("unledgered: 1\n");
});

test("buckets that equal the ledger exit 0", async () => {
  const text = received.map(canonical).join("\n");
  const argv = ["--entries", "entries.jsonl", "--bucket", "acme-inbox", "--json"];
  fs.writeFileSync(path.join(folder, "entries.jsonl"), text);
  let stdout = "";
  const io = {
    stdout: { write: (said: string) => (stdout += said) },
    stderr: { write: () => true },
    env: {},
    cwd: folder,
  };
  const code = await reconcileLedger(argv, io, async function* () {
    yield* received.map(({ event }) => event);
  });
  expect([code, JSON.parse(stdout)]).toEqual([
    0,
    { schemaVersion: 1, exit: 0, problems: [], unledgered: [], missing: [] },
  ]);
});

test("a ledger that does not hold proves nothing", async () => {
  const { code, stdout } = await run([], [], entries.slice(1).map(canonical).join("\n"));
  expect([code, stdout]).toEqual([1, expect.stringContaining("ledger      acme 1: is missing\n")]);
});

test("without a bucket nothing is compared", async () => {
  fs.writeFileSync(path.join(folder, "entries.jsonl"), canonical(first));
  const io = { stdout: { write: () => true }, stderr: { write: () => true }, env: {}, cwd: folder };
  await expect(reconcileLedger(["--entries", "entries.jsonl"], io)).rejects.toMatchObject({ code: "USAGE" });
});
