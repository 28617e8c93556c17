// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { parse } from "parse5";
import { main } from "../../../validation/cli";
import { exportOf, SCENARIO } from "../vendors/deliveries/scenario";
import { EXAMPLE } from "../vendors/example";

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "part11-"));
  fs.writeFileSync(path.join(folder, "vendors.yaml"), EXAMPLE);
  fs.writeFileSync(path.join(folder, "ledger.jsonl"), exportOf(SCENARIO));
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

async function run(...options: readonly string[]) {
  const written = { stdout: "", stderr: "" };
  const stream = (name: "stdout" | "stderr") => ({
    write: (text: string) => {
      written[name] += text;
    },
  });
  const io = { stdout: stream("stdout"), stderr: stream("stderr"), env: {}, cwd: folder };
  return { code: await main(["arrivals", ...options], io), ...written };
}

const AT = ["--study", "st-101", "--ledger", "ledger.jsonl", "--as-of", "2026-12-05T00:00:00Z"];

/** The export with one text replaced. */
function changed(from: string, to: string): string {
  fs.writeFileSync(path.join(folder, "changed.jsonl"), exportOf(SCENARIO).replace(from, to));
  return "changed.jsonl";
}

test("the text shows what needs a look first", async () => {
  const { code, stdout } = await run(...AT);
  expect(stdout).toMatchInlineSnapshot(`
"Arrivals of st-101 as of 2026-12-05 00:00 UTC: 2 overdue, 1 refused, 1 unexpected, 2 expected, 1 arrived, 4 verified, 1 superseded
ledger: 22 entries, every link holds

Needs a look
verified    acme  LAB_CHEM_20261109.csv  received 2026-11-09 22:15, due 2026-11-09 06:00
            5000 bytes, sha256 afa3681d2cffcedd00df1c0d6c9b89abaef08723206d3c9f52d91f660f55fcf3
            ! late: 4 h after its window
arrived     borealis  READS_nov.zip  received 2026-11-15 12:00, due 2026-11-15 18:00
            10 bytes, sha256 878b0e94bc08fa30fd82a09ef304ee39ee9ebeec02b0b90a67c58b2a6536bd10
            ! out of range: 10 bytes, expected 1000 to 5000000000
            ! not verified: the sender's SHA-256 is required and was not compared
refused     acme  LAB_CHEM_20261123.csv  received 2026-11-23 05:30, due 2026-11-23 06:00
            5000 bytes, sha256 e576c8486e5664fb51f897a63bce0abe5804fb821f2349f2460712f658eb6a99
            ! refused: its SHA-256 is not the one that the sender stated
overdue     acme  LAB_CHEM_{date}.csv  due 2026-11-23 06:00
            ! overdue: for 11 days
unexpected  acme  notes.docx  received 2026-11-24 08:00
            5000 bytes, sha256 d33e961baea241eef337ebeda58dbe441f69a4870d3dd330d97023b44ccba106
            ! unexpected: no delivery expects a file of this name
verified    acme  LAB_CHEM_20261130.csv  received 2026-11-30 05:30, due 2026-11-30 06:00
            5000 bytes, sha256 f7c951a673832215ecc049ede19066ae089182bb7c8e1e9e5008a476793325d8
            ! duplicate content: the same bytes as acme LAB_CHEM_20261102.csv
overdue     corvid  RAND_*.csv  due 2026-12-01 12:00
            ! overdue: for 36 h

In order
verified    acme  LAB_CHEM_20261102.csv  received 2026-11-02 05:30, due 2026-11-02 06:00
            5000 bytes, sha256 f7c951a673832215ecc049ede19066ae089182bb7c8e1e9e5008a476793325d8
superseded  acme  LAB_CHEM_20261116.csv  received 2026-11-16 05:30, due 2026-11-16 06:00
            5000 bytes, sha256 33eef22236c8084ca1a293b5c2ec5953d4bef11004605f5538f2c011f84c56a8
verified    acme  LAB_CHEM_20261116.csv  received 2026-11-17 09:00, due 2026-11-16 06:00
            5000 bytes, sha256 fb0a408fc7377a75361e7adeabc4b1691dc1b0061a4a69a38cc5aff02b0816ba
expected    acme  LAB_CHEM_{date}.csv  due 2026-12-07 06:00
expected    borealis  READS_*.zip  due 2026-12-15 18:00
"
`);
  expect(code).toBe(1);
});

test("the CSV has a row for each file and each time due", async () => {
  expect((await run(...AT, "--format", "csv")).stdout).toMatchInlineSnapshot(`
""vendor","delivery","status","due UTC","received UTC","file","version","bytes","sha256","promoted","blinding","problems"
"acme","weekly-chemistry","verified","2026-11-02 06:00","2026-11-02 05:30","LAB_CHEM_20261102.csv","a1","5000","f7c951a673832215ecc049ede19066ae089182bb7c8e1e9e5008a476793325d8","yes","blinded",""
"acme","weekly-chemistry","verified","2026-11-09 06:00","2026-11-09 22:15","LAB_CHEM_20261109.csv","a2","5000","afa3681d2cffcedd00df1c0d6c9b89abaef08723206d3c9f52d91f660f55fcf3","yes","blinded","late: 4 h after its window"
"borealis","monthly-reads","arrived","2026-11-15 18:00","2026-11-15 12:00","READS_nov.zip","b1","10","878b0e94bc08fa30fd82a09ef304ee39ee9ebeec02b0b90a67c58b2a6536bd10","yes","blinded","out of range: 10 bytes, expected 1000 to 5000000000; not verified: the sender's SHA-256 is required and was not compared"
"acme","weekly-chemistry","superseded","2026-11-16 06:00","2026-11-16 05:30","LAB_CHEM_20261116.csv","a3","5000","33eef22236c8084ca1a293b5c2ec5953d4bef11004605f5538f2c011f84c56a8","yes","blinded",""
"acme","weekly-chemistry","verified","2026-11-16 06:00","2026-11-17 09:00","LAB_CHEM_20261116.csv","a4","5000","fb0a408fc7377a75361e7adeabc4b1691dc1b0061a4a69a38cc5aff02b0816ba","yes","blinded",""
"acme","weekly-chemistry","refused","2026-11-23 06:00","2026-11-23 05:30","LAB_CHEM_20261123.csv","a5","5000","e576c8486e5664fb51f897a63bce0abe5804fb821f2349f2460712f658eb6a99","no","blinded","refused: its SHA-256 is not the one that the sender stated"
"acme","weekly-chemistry","overdue","2026-11-23 06:00","","","","","","","blinded","overdue: for 11 days"
"acme","","unexpected","","2026-11-24 08:00","notes.docx","a6","5000","d33e961baea241eef337ebeda58dbe441f69a4870d3dd330d97023b44ccba106","no","","unexpected: no delivery expects a file of this name"
"acme","weekly-chemistry","verified","2026-11-30 06:00","2026-11-30 05:30","LAB_CHEM_20261130.csv","a7","5000","f7c951a673832215ecc049ede19066ae089182bb7c8e1e9e5008a476793325d8","yes","blinded","duplicate content: the same bytes as acme LAB_CHEM_20261102.csv"
"corvid","randomisation-list","overdue","2026-12-01 12:00","","","","","","","unblinded","overdue: for 36 h"
"acme","weekly-chemistry","expected","2026-12-07 06:00","","","","","","","blinded",""
"borealis","monthly-reads","expected","2026-12-15 18:00","","","","","","","blinded",""
"
`);
});

describe("the page", () => {
  let page: string;
  beforeAll(async () => {
    page = (await run(...AT, "--format", "html")).stdout;
  });

  test("is well-formed HTML", () => {
    const errors: string[] = [];
    parse(page, { onParseError: ({ code }) => errors.push(code) });
    expect(errors).toEqual([]);
  });

  test("loads nothing and runs nothing", () => {
    expect(page).toContain("default-src 'none'");
    expect(page).not.toMatch(/<script|<img|<link|src=|url\(|https?:/);
  });

  test("has a language, a title, one first heading and headings of columns", () => {
    expect(page).toMatch(/<html lang="en">/);
    expect(page).toMatch(/<title>Arrivals st-101, 2026-12-05 00:00 UTC<\/title>/);
    expect(page.match(/<h1>/g)).toHaveLength(1);
    expect(page.match(/<th scope="col">/g)).toHaveLength(14);
  });

  test("is the same bytes for the same ledger", async () => {
    expect((await run(...AT, "--format", "html")).stdout).toBe(page);
  });

  test("shows the name of a file as text", async () => {
    const sent = [
      { vendor: "acme", name: "<script>alert(1)</script>.csv", versionId: "x", at: "2026-11-02T05:30:00Z" },
    ];
    fs.writeFileSync(path.join(folder, "hostile.jsonl"), exportOf(sent));
    const { stdout } = await run("--study", "st-101", "--ledger", "hostile.jsonl", "--format", "html");
    expect(stdout).toContain("&lt;script&gt;alert(1)&lt;/script&gt;.csv");
  });
});

test("everything in order exits 0", async () => {
  const argv = ["--study", "st-101", "--ledger", "ledger.jsonl", "--as-of", "2026-11-02T12:00:00Z"];
  const { code, stdout } = await run(...argv);
  expect([code, stdout]).toEqual([0, expect.not.stringContaining("Needs a look")]);
});

test.each([
  ["an edited entry", () => changed('"bytes":5000', '"bytes":5001')],
  ["a line that is no entry", () => changed("{", "[{")],
])("%s exits 1 and is said first", async (_, make) => {
  const { code, stdout } = await run("--study", "st-101", "--ledger", make(), "--as-of", "2026-11-02T12:00:00Z");
  expect([code, stdout]).toEqual([
    1,
    expect.stringMatching(/^Arrivals .*\nledger: \d+ problems in \d+ entries, so this page may be wrong/),
  ]);
});

test.each([
  ["a study that no vendor has", ["--study", "st-110", "--ledger", "ledger.jsonl"], "SUBJECT_NOT_FOUND"],
  ["a ledger that is not there", ["--study", "st-101", "--ledger", "absent.jsonl"], "FILE_NOT_FOUND"],
  ["an instant that is none", [...AT.slice(0, 4), "--as-of", "yesterday"], "USAGE"],
  ["an output that is an input", [...AT, "--out", "ledger.jsonl"], "USAGE"],
])("%s exits 2", async (_, argv, code) => {
  const { code: exit, stderr } = await run(...argv);
  expect([exit, stderr]).toEqual([2, expect.stringContaining(`part11: ${code}: `)]);
});
