// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { parse } from "parse5";
import { prove } from "../../../validation/cli/prove";
import { assertSchema } from "../../../validation/json";
import { type Names, namesOf } from "../../../validation/prove";
import { codeOf } from "../facts/plan-fixture";
import { change, OTHER } from "./tamper";
import { readersOf, type World, world } from "./world";

const PRODUCTION = path.join(__dirname, "../../../stacks/settings/production.yaml");

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "part11-"));
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

async function run(of: World, ...options: readonly string[]) {
  let stdout = "";
  const asked: Names[] = [];
  const write = (text: string) => {
    stdout += text;
  };
  const io = { stdout: { write }, stderr: { write: () => undefined }, env: {}, cwd: folder };
  const readers = async (_: string, names: Names) => {
    asked.push(names);
    return readersOf(of);
  };
  const { bucket, key } = of.subject;
  const code = await prove([`${bucket}/${key}`, ...options], io, { readers, now: () => new Date(of.asOf) });
  return { code, stdout, names: asked[0] };
}

test("the text begins with the verdict and every link", async () => {
  const { code, stdout } = await run(await world());
  expect(stdout.split("\n\n").slice(0, 3).join("\n\n")).toMatchInlineSnapshot(`
"raw/clinical/inbound/raw/acme/abc-1/2026-11-22/lab.csv?versionId=v4
as of 2026-11-25T00:00:00.000Z

Unmodified since the sender's manifest.

holds           Version            the only version of its key
holds           Lock               COMPLIANCE until 2033-11-21T00:00:00.000Z, legal hold off
holds           Checksum           SHA-256 recomputed from its 7 bytes: 36e4d1e3f715ca46fd421ea2e0185454aae33aacb6d2d7d10665425133d19149
holds           Sender's manifest  clinical/inbound/raw/acme/abc-1/lab.csv.sha256 states the SHA-256 that was received
holds           Ledger events      received at 2026-11-22T00:00:00.000Z, promoted from inbox at 2026-11-22T00:00:00.000Z; places 1, 2, 6, 7, 8 of 8
holds           Ledger chain       all 8 links of chain acme hold, the last 89215fe2b7c6a48b60d3da6a74ceb9def6f853f0e25504954720058096ba55ea; 1 daily root agrees
holds           Ledger mirror      8 of 8 entries as the same bytes; the 5 of this file are locked
holds           CloudTrail         PutObject in inbox by arn:aws:sts::111122223333:assumed-role/vendor-acme/session at 2026-11-22T00:00:00Z, then CopyObject in raw by arn:aws:sts::111122223333:assumed-role/ingest/session at 2026-11-22T00:00:00Z
holds           Transfer log       session session-1795305600000 of acme from 192.0.2.1, 7 bytes
holds           Replica            the same bytes in raw-replica, COMPLIANCE until 2033-11-21T00:00:00.000Z"
`);
  expect(code).toBe(0);
});

test("without a terminal no line is broken", async () => {
  const { stdout } = await run(await world());
  expect(stdout.split("\n").filter((line) => /^ {30,}\S/.test(line))).toEqual([]);
});

test.each<[string, number, (of: World) => unknown]>([
  ["a link that fails", 1, (of) => change(of, { sha256: { seen: OTHER } })],
  ["a link that was not looked at", 3, (of) => change(of, { sha256: { unseen: "AccessDenied: no" } })],
])("%s gives exit code %d", async (_what, expected, tamper) => {
  const of = await world();
  tamper(of);
  expect((await run(of)).code).toBe(expected);
});

test("without recomputing the exit code is 3", async () => {
  expect((await run(await world(), "--no-recompute")).code).toBe(3);
});

test("the JSON holds to its schema and has the exit code", async () => {
  const { stdout } = await run(await world(), "--format", "json");
  const document = JSON.parse(stdout);
  expect(() => assertSchema("proof", document, "proof.json")).not.toThrow();
  expect(document.exit).toBe(0);
});

test("the page is well-formed, loads nothing and runs nothing", async () => {
  const { stdout } = await run(await world(), "--format", "html");
  const errors: string[] = [];
  parse(stdout, { onParseError: ({ code }) => errors.push(code) });
  expect(errors).toEqual([]);
  expect(stdout).not.toMatch(/<script|\bsrc=|<link|url\(|\shref="(?!#)/);
  expect(stdout).toContain("default-src 'none'");
});

test("names of files are text on the page", async () => {
  const of = await world();
  of.transfer = of.transfer.map((line) => ({ ...line, path: "<img src=x onerror=alert(1)>" }));
  const { stdout } = await run(of, "--format", "html");
  expect(stdout).toContain("&lt;img src=x onerror=alert(1)&gt;");
});

test("the page is written whole to the file that is named", async () => {
  const { stdout } = await run(await world(), "--format", "html", "--out", "proof.html");
  expect([stdout, fs.readFileSync(path.join(folder, "proof.html"), "utf8").slice(0, 15)]).toEqual([
    "",
    "<!doctype html>",
  ]);
});

test("the settings of the stack give every name", async () => {
  const { names } = await run(await world(), "--settings", PRODUCTION);
  expect(names).toEqual({
    accountId: "111122223333",
    region: "eu-central-1",
    replicaRegion: "eu-west-1",
    table: "acme-clin-ledger",
    auditBucket: "acme-clin-audit-111122223333",
    inbox: "acme-clin-inbox-111122223333",
    replicas: {
      "acme-clin-raw-111122223333": "acme-clin-raw-replica-111122223333",
      "acme-clin-curated-111122223333": "acme-clin-curated-replica-111122223333",
      "acme-clin-unblinded-111122223333": "acme-clin-unblinded-replica-111122223333",
      "acme-clin-audit-111122223333": "acme-clin-audit-replica-111122223333",
    },
    transferLog: "/part11/acme-clin/sftp",
  });
});

test("the command line goes before the settings", async () => {
  const { names } = await run(await world(), "--settings", PRODUCTION, "--table", "other", "--replica", "second");
  expect([names!.table, names!.replicas.raw]).toEqual(["other", "second"]);
});

test.each(["region: nowhere", "- 1", "accountId: 1"])("settings %p are refused", (text) => {
  const file = path.join(folder, "settings.yaml");
  fs.writeFileSync(file, text);
  expect(codeOf(() => namesOf(file))).toBe("SETTINGS_INVALID");
});
