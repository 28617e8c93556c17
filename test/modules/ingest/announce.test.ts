// SPDX-License-Identifier: Apache-2.0
import { type Notice, WITHHELD } from "../../../modules/delivery-notices/notice";
import { announce } from "../../../modules/ingest/arrivals/announce";
import { Bench, sha256Of } from "./bench";

/** Notices of everything that stands in the mirror, as S3 would tell of it. */
async function announced(bench: Bench): Promise<Notice[]> {
  const told: Notice[] = [];
  const event = async (chain: string, sequence: number) => {
    const link = await bench.ledger.link(chain, sequence);
    return link && JSON.parse(bench.ledger.events.get(link.eventId)!.text);
  };
  for (const key of bench.ledger.mirrored.keys()) {
    const tell = async (notice: Notice) => void told.push(notice);
    const deliveries = async (vendor: string) => bench.deliveries.filter((one) => one.vendor === vendor);
    await announce(
      { inbox: "inbox", unblinded: "unblinded", deliveries, event, tell },
      { bucket: "audit", key, versionId: "v" },
    );
  }
  return told;
}

test("a received file makes a receipt with name, version, SHA-256 and time, and a notice of its promotion", async () => {
  const bench = new Bench();
  const { versionId } = await bench.arrive("lab.csv");
  const [receipt, promoted, ...more] = await announced(bench);
  expect(receipt).toMatchObject({
    ...{ status: "RECEIVED", vendor: "acme", study: "abc-1" },
    facts: { file: "lab.csv", version: versionId, sha256: sha256Of("lab.csv"), received: "2026-11-22T00:00:00.000Z" },
  });
  expect([promoted, more]).toMatchObject([
    { status: "PROMOTED", facts: { record: expect.stringContaining("raw/clinical/") } },
    [],
  ]);
});

test("a file that is not taken says why", async () => {
  const bench = new Bench();
  await bench.arrive("other.csv");
  expect((await announced(bench)).at(-1)).toMatchObject({
    status: "QUARANTINED",
    facts: { reason: "is expected by no delivery" },
  });
});

test("a record in raw is stored: its vendor is sent no second receipt", async () => {
  const bench = new Bench();
  await bench.arrive("lab.csv", "x", "raw");
  expect((await announced(bench)).map(({ status }) => status)).toEqual(["STORED"]);
});

test.each([
  [undefined, "FAILED"],
  ["PARTIAL_UPLOAD", "PARTIAL_UPLOAD"],
])("a failed upload (%s) tells who, from where, in which session and why", async (failure, reason) => {
  const bench = new Bench();
  await bench.upload("upload-failed", "lab.csv", { status: "FAILED" }, failure);
  expect(await announced(bench)).toMatchObject([
    { status: "TRANSFER_FAILED", facts: { by: `acme 192.0.2.1 session-${bench.now}`, reason } },
  ]);
});

/** Whether the name stands anywhere in what is told. */
const tells = (notices: readonly Notice[], name: string) => JSON.stringify(notices).includes(name);

test("of an unblinded file everything is told but its name, also after its record was written", async () => {
  const bench = new Bench({ blinding: "unblinded" });
  const { versionId, sha256 } = { ...(await bench.arrive("lab-arm-a.csv")), sha256: sha256Of("lab-arm-a.csv") };
  for (const version of bench.objects.all("unblinded")) await bench.arrivals.take({ kind: "object", version });
  const told = await announced(bench);
  expect(told.map(({ status }) => status)).toEqual(["RECEIVED", "PROMOTED", "STORED"]);
  expect(told[0]).toMatchObject({ study: "abc-1", facts: { file: WITHHELD, version: versionId, sha256 } });
  expect(tells(told, "arm-a")).toBe(false);
});

test("the same file is named where its study is blinded", async () => {
  const bench = new Bench();
  await bench.arrive("lab-arm-a.csv");
  expect(tells(await announced(bench), "arm-a")).toBe(true);
});

test.each<[string, Bench, string]>([
  ["a misnamed file of an unblinded study", new Bench({ blinding: "unblinded" }), "arm-a.txt"],
  ["a file of a study without deliveries", new Bench({ study: "abc-2" }), "lab-arm-a.csv"],
  [
    "a trial of a vendor with an unblinded study",
    new Bench({ blinding: "unblinded" }),
    "/clinical/inbound/test/acme/arm-a",
  ],
  [
    "a trial of a vendor of whom nothing is expected",
    new Bench({ vendor: "other" }),
    "/clinical/inbound/test/acme/arm-a",
  ],
  ["a file in nobody's folder", new Bench(), "/arm-a.csv"],
])("%s is told of without its name", async (_title, bench, name) => {
  await bench.arrive(name, "more than ten bytes");
  const told = await announced(bench);
  expect([told.length > 0, tells(told, "arm-a")]).toEqual([true, false]);
});

test("what a scanner says of an unblinded file is not told: it may quote it", async () => {
  const bench = new Bench({ blinding: "unblinded" });
  bench.scanned = { verdict: "REFUSED", reason: "line 3: subject 7 gets arm A" };
  await bench.arrive("lab.csv");
  expect(tells(await announced(bench), "arm A")).toBe(false);
});

test.each<[string, string, string]>([
  ["an object that is no copy of an entry", "ledger/acme/1.json", "no copy of an entry"],
  ["a copy of what the table does not have", "ledger/acme/000000000009.json", "no entry 9 of acme"],
])("%s fails, so that the message comes again", async (_title, key, message) => {
  const ports = {
    inbox: "inbox",
    deliveries: async () => [],
    event: async () => undefined,
    tell: async () => undefined,
  };
  await expect(announce(ports, { bucket: "audit", key, versionId: "v" })).rejects.toThrow(message);
});
