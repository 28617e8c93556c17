// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { canonical } from "../../../modules/ledger/entry";
import { arrivals } from "../../../validation/cli/arrivals";
import { placeOf } from "../../../validation/ledger";
import { packageRoot } from "../../../validation/package-root";
import type { LedgerReader } from "../../../validation/prove/readers";
import { codeOfRejection } from "../../modules/ledger/code-of-rejection";
import { exportOf, type Sent } from "../vendors/deliveries/scenario";

const SETTINGS = path.join(packageRoot(), "stacks", "settings");
const EVIDENCE = path.join(SETTINGS, "evidence-production.yaml");
const PRODUCTION = path.join(SETTINGS, "production.yaml");
const AT = "2026-11-02T12:00:00Z";
const RAW = "acme-clin-raw-111122223333";

const LABORATORY: Sent = { vendor: "lims", name: "lab-20261102.csv", versionId: "l1", at: "2026-11-02T06:10:00Z" };
const EXPORT: Sent = {
  vendor: "edc",
  bucket: RAW,
  name: "2026-11-02/forms.xml",
  versionId: "e1",
  at: "2026-11-02T07:00:00Z",
  events: [],
};
const IN_TIME: Sent = { vendor: "acme", name: "LAB_CHEM_20261102.csv", versionId: "a1", at: "2026-11-02T05:30:00Z" };

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "part11-"));
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

/** The table that holds what was sent; `change` is what somebody did to a chain. */
function table(sent: readonly Sent[], change = (text: string) => text) {
  const asked: string[] = [];
  const reader: LedgerReader = {
    rows: async (chain) => {
      asked.push(chain);
      const own = exportOf(sent.filter(({ vendor }) => vendor === chain));
      return own
        .split("\n")
        .slice(0, -1)
        .map((line) => {
          const { event, link } = JSON.parse(line) as { event: object; link: { sequence: number } };
          return { place: placeOf(link.sequence), event: change(canonical(event)), link: canonical(link) };
        });
    },
  };
  return { asked, reader };
}

async function run(reader: LedgerReader, ...options: readonly string[]) {
  const asOf = options.includes("--as-of") ? [] : ["--as-of", AT];
  const tables: Array<readonly [string, string | undefined]> = [];
  let stdout = "";
  const write = (text: string) => {
    stdout += text;
  };
  const io = { stdout: { write }, stderr: { write: () => undefined }, env: {}, cwd: folder };
  const ledger = async (name: string, region: string | undefined) => {
    tables.push([name, region]);
    return reader;
  };
  const code = await arrivals(["--study", "st-101", ...asOf, ...options], io, { ledger });
  return { code, stdout, tables };
}

const live = (sent: readonly Sent[], ...options: readonly string[]) =>
  run(table(sent).reader, "--settings", PRODUCTION, ...options);

test("what the settings expect is in order beside what the vendors file expects", async () => {
  const { code, stdout } = await live([IN_TIME, LABORATORY, EXPORT]);
  expect(stdout).toMatchInlineSnapshot(`
"Arrivals of st-101 as of 2026-11-02 12:00 UTC: 3 expected, 1 arrived, 2 verified
ledger: 7 entries of acme, borealis, corvid, ecg-hub, edc, holter, lims, mes in acme-clin-ledger, every link holds

In order
verified    acme  LAB_CHEM_20261102.csv  received 2026-11-02 05:30, due 2026-11-02 06:00
            5000 bytes, sha256 f7c951a673832215ecc049ede19066ae089182bb7c8e1e9e5008a476793325d8
verified    lims  lab-20261102.csv  received 2026-11-02 06:10
            5000 bytes, sha256 eda1f43400606f3ec4e09f8913d62ca95df2f7f7ad26ff72c9ab03a0fafb3829
arrived     edc  2026-11-02/forms.xml  received 2026-11-02 07:00, put into raw by its sender
            5000 bytes, sha256 1655c819050baca7d3ceafad3dd06d3456cb3e0305e958ec6c382be6697a74c9
expected    acme  LAB_CHEM_{date}.csv  due 2026-11-09 06:00
expected    borealis  READS_*.zip  due 2026-11-15 18:00
expected    corvid  RAND_*.csv  due 2026-12-01 12:00
"
`);
  expect(code).toBe(0);
});

test("the table and its region are those of the settings, and the command line's word is over theirs", async () => {
  expect((await live([IN_TIME])).tables).toEqual([["acme-clin-ledger", "eu-central-1"]]);
  const named = await live([IN_TIME], "--table", "other-ledger", "--region", "eu-west-1");
  expect(named.tables).toEqual([["other-ledger", "eu-west-1"]]);
});

test("the chains of vendors and of systems of one's own are read, each once", async () => {
  const { asked, reader } = table([IN_TIME]);
  await run(reader, "--settings", PRODUCTION);
  expect(asked).toEqual(["acme", "borealis", "corvid", "ecg-hub", "edc", "holter", "lims", "mes"]);
});

test.each<[string, Sent, string]>([
  ["of lims under a name that no delivery has", { ...LABORATORY, name: "notes.docx" }, "no delivery expects a file"],
  ["of lims above the size of its delivery", { ...LABORATORY, bytes: 5_000_000_001 }, "out of range: 5000000001 bytes"],
  ["of a sender without a delivery", { ...LABORATORY, vendor: "mes" }, "no delivery expects a file"],
  ["of edc without its day of receipt", { ...EXPORT, name: "forms.xml" }, "the day of receipt stands before the name"],
  ["of edc in the inbox", { ...EXPORT, bucket: "acme-clin-inbox-111122223333" }, "no delivery expects a file"],
  ["of lims put into raw past promotion", { ...LABORATORY, name: EXPORT.name, bucket: RAW }, "no delivery expects a"],
])("a file %s needs a look", async (_, sent, says) => {
  const { code, stdout } = await live([IN_TIME, sent]);
  expect([code, stdout]).toEqual([1, expect.stringContaining(says)]);
});

test("a file of lims that is not in the record bucket after a day needs a look", async () => {
  const { stdout } = await live([{ ...LABORATORY, events: [] }], "--as-of", "2026-11-03T12:00:00Z");
  expect(stdout).toContain("! not promoted");
});

test("without settings the same files are unexpected, and the vendors file alone is asked", async () => {
  fs.copyFileSync(path.join(SETTINGS, "vendors.yaml"), path.join(folder, "vendors.yaml"));
  fs.writeFileSync(path.join(folder, "ledger.jsonl"), exportOf([IN_TIME, LABORATORY]));
  const { code, stdout } = await run(table([]).reader, "--ledger", "ledger.jsonl");
  expect([code, stdout]).toEqual([1, expect.stringContaining("the vendor is not in the vendors file")]);
});

test("an export holds files of senders that neither file names", async () => {
  fs.writeFileSync(path.join(folder, "ledger.jsonl"), exportOf([{ ...LABORATORY, vendor: "stranger" }]));
  const { stdout } = await live([], "--ledger", "ledger.jsonl");
  expect(stdout).toContain("the vendor is neither in the vendors file nor in the settings");
});

test("a zone without an SFTP server needs no vendors file", async () => {
  const { code, stdout } = await run(table([LABORATORY]).reader, "--settings", path.join(SETTINGS, "development.yaml"));
  expect([code, stdout]).toEqual([0, expect.stringContaining("entries of edc, lims in acme-dev-ledger")]);
});

test("the CSV says of each file whether it was promoted or put into raw by its sender", async () => {
  const { stdout } = await live([LABORATORY, EXPORT], "--format", "csv");
  const came = stdout.split("\n").filter((line) => /"(?:verified|arrived)"/.test(line));
  expect(came.map((line) => line.split(",").slice(5, 10).join())).toEqual([
    expect.stringMatching(/^"lab-20261102.csv","l1","5000","[0-9a-f]{64}","yes"$/),
    expect.stringMatching(/^"2026-11-02\/forms.xml","e1","5000","[0-9a-f]{64}","direct"$/),
  ]);
});

test("an entry that was edited in the table exits 1 and is said first", async () => {
  const { reader } = table([IN_TIME], (text) => text.replace('"bytes":5000', '"bytes":5001'));
  const { code, stdout } = await run(reader, "--settings", PRODUCTION);
  expect([code, stdout]).toEqual([1, expect.stringMatching(/^Arrivals .*\nledger: \d+ problems in 3 entries of acme/)]);
});

test.each<[string, () => Promise<unknown>, string]>([
  ["a table without an entry of any sender", () => live([]), "SUBJECT_NOT_FOUND"],
  ["no ledger at all", () => run(table([]).reader, "--file", path.join(SETTINGS, "vendors.yaml")), "USAGE"],
  ["settings that are not there", () => run(table([]).reader, "--settings", "absent.yaml"), "FILE_NOT_FOUND"],
  ["settings of another stack", () => run(table([]).reader, "--settings", EVIDENCE), "SCHEMA_MISMATCH"],
  ["an output that is the settings", () => live([IN_TIME], "--out", PRODUCTION), "USAGE"],
])("%s is an error", async (_, made, code) => {
  expect(await codeOfRejection(made())).toBe(code);
});
