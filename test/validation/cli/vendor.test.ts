// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { isSecondComponent } from "../../../modules/sftp-gateway/identity-provider/second-component";
import { main } from "../../../validation/cli";
import { assertSchema } from "../../../validation/json";
import { EXAMPLE } from "../vendors/example";

const KEY = "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIOwuKWd/qZtMwOlgQsl72fT54Ial0aVOwPQ1Ni6/uxdE dana@lab\n";
const REASON = [
  ...["--by", "ann.lee", "--approver", "bo.chen", "--on", "2026-11-22"],
  ...["--reason", "Agreed in the meeting of Friday"],
];

let folder: string;
beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "part11-"));
  fs.writeFileSync(path.join(folder, "vendors.yaml"), EXAMPLE);
  fs.writeFileSync(path.join(folder, "new.pub"), KEY);
});
afterEach(() => fs.rmSync(folder, { recursive: true }));

async function run(...argv: readonly string[]) {
  const written = { stdout: "", stderr: "" };
  const stream = (name: "stdout" | "stderr") => ({
    write: (text: string) => {
      written[name] += text;
    },
  });
  const io = { stdout: stream("stdout"), stderr: stream("stderr"), env: {}, cwd: folder };
  return { code: await main(["vendor", ...argv], io), ...written };
}

const vendorsFile = () => fs.readFileSync(path.join(folder, "vendors.yaml"), "utf8");

const ROTATE = ["rotate-key", "acme", "--key-file", "new.pub", "--key-until", "2027-11-22", ...REASON];

const ADD = [
  ...["add", "delta", "--name", "Delta eClinical", "--contact", "Dana Do <dana@delta.example.org>"],
  ...["--study", "st-101", "--cidr", "192.0.2.64/28", "--key-file", "new.pub"],
  ...["--key-until", "2027-06-30", "--until", "2027-12-31", ...REASON],
];

test("vendor add writes the vendor and says what follows", async () => {
  const { code, stdout } = await run(...ADD);
  expect(stdout).toMatchInlineSnapshot(`
"vendors table, by the next plan: 2 added, 0 changed, 0 removed
  + delta  profile
      enabled true
      from 2026-11-22
      until 2027-12-31
      cidrs 192.0.2.64/28
      studies st-101
  + delta  key#SHA256:XVBPLSRLiSDm9i5qRj+L+1yxogCZ23jlJLedgYNYGuo
      notBefore 2026-11-22
      notAfter 2027-06-30
beside the table, by the next plan: 3 added, 0 changed, 0 removed
  + delta  role PREFIX-vendor-delta
      uploads to st-101 test
  + delta  rule of PREFIX-sftp, port 22 from 192.0.2.64/28
      lets in delta
  + delta  subscription of dana@delta.example.org
      receipts and refusals of delta
session policy: at most 1063 of 2048 characters
next: write what delta is to deliver into vendors.yaml, then print its guide with part11 vendor guide delta
vendors.yaml: written; review it, commit it, plan it
"
`);
  expect([code, vendorsFile().includes("  - id: delta\n")]).toEqual([0, true]);
});

test.each([
  ["a dry run", [...ADD, "--dry-run"], 0],
  ["a contact that is none", ADD.map((arg) => (arg.includes("<") ? "dana" : arg)), 2],
  ["no study", ADD.filter((arg) => arg !== "--study" && arg !== "st-101"), 2],
  ["a network that is too wide", ADD.map((arg) => (arg.includes("/28") ? "192.0.0.0/8" : arg)), 2],
  ["a key file that is not there", ADD.map((arg) => (arg === "new.pub" ? "absent.pub" : arg)), 2],
  ["an author who approves", ADD.map((arg) => (arg === "bo.chen" ? "Ann Lee" : arg)), 2],
])("vendor add with %s writes nothing", async (_, argv, exit) => {
  const { code } = await run(...argv);
  expect([code, vendorsFile()]).toEqual([exit, EXAMPLE]);
});

test("vendor rotate-key shows both keys by fingerprint", async () => {
  expect((await run(...ROTATE, "--overlap-days", "3")).stdout).toMatchInlineSnapshot(`
"vendors table, by the next plan: 1 added, 1 changed, 0 removed
  ~ acme  key#SHA256:pbERTcIltf3lIjPhZzf4WGH3Wjwz7hrHQq4UWCMKC1w
      notAfter 2027-10-31 -> 2026-11-25
  + acme  key#SHA256:XVBPLSRLiSDm9i5qRj+L+1yxogCZ23jlJLedgYNYGuo
      notBefore 2026-11-22
      notAfter 2027-11-22
beside the table: nothing changes
vendors.yaml: written; review it, commit it, plan it
"
`);
});

test("vendor rotate-key --lost says what to do before the plan is applied", async () => {
  expect((await run(...ROTATE, "--lost")).stdout).toContain("run part11 vendor disable acme --now first\n");
});

test("vendor rotate-key takes either an overlap or a lost key", async () => {
  const { code, stderr } = await run(...ROTATE, "--lost", "--overlap-days", "3");
  expect([code, stderr]).toEqual([2, expect.stringContaining("got both")]);
});

test("vendor offboard disables the vendor and keeps the entry", async () => {
  await run("offboard", "corvid", ...REASON);
  expect((await run("list", "--as-of", "2026-11-22")).stdout).toMatchInlineSnapshot(`
"VENDOR    STATE       UNTIL       STUDIES        KEY
acme      active      2027-10-31  st-101 st-102  SHA256:pbERTcIltf3lIjPhZzf4WGH3Wjwz7hrHQq4UWCMKC1w
borealis  active      2027-04-30  st-101         SHA256:jJt68YklOJvR+Ze6SH9WPUThzQpp9oBtdKAsKSur55A
corvid    offboarded  2026-11-22  st-101         SHA256:UG4E+sllD+RCH9egsE3Ssxlz22BRjPjwcQyhV9oF0DQ
"
`);
});

test("vendor review is a page of text", async () => {
  expect((await run("review", "--as-of", "2027-04-10")).stdout).toMatchInlineSnapshot(`
"Access review of vendors.yaml as of 2027-04-10: 3 vendors, 3 rows

acme         Acme Central Laboratory, 2026-11-01 to 2028-10-31, approved by john.roe@example.org
  studies    st-101 st-102
  networks   192.0.2.16/28
  contacts   transfer@acme.example.org
  active     SHA256:pbERTcIltf3lIjPhZzf4WGH3Wjwz7hrHQq4UWCMKC1w
             ssh-ed25519 256, 2026-11-01 to 2027-10-31, the key alone, last use unknown

borealis     Borealis Imaging, 2026-11-01 to 2027-12-31, approved by john.roe@example.org
  studies    st-101
  networks   198.51.100.0/28 2001:db8:20::/64
  contacts   operations@borealis.example.org
  ends soon  SHA256:jJt68YklOJvR+Ze6SH9WPUThzQpp9oBtdKAsKSur55A
             ssh-ed25519 256, 2026-11-01 to 2027-04-30, the key alone, last use unknown

corvid       Corvid Randomisation Services, 2026-11-01 to 2027-06-30, approved by john.roe@example.org
  studies    st-101
  networks   203.0.113.8/32
  contacts   stats@corvid.example.org
  active     SHA256:UG4E+sllD+RCH9egsE3Ssxlz22BRjPjwcQyhV9oF0DQ
             ssh-ed25519 256, 2026-11-01 to 2027-06-30, the key alone, last use unknown

ends soon    borealis key SHA256:jJt68YklOJvR+Ze6SH9WPUThzQpp9oBtdKAsKSur55A on 2027-04-30
Transfer     service-managed users were not looked for: give --plan
"
`);
});

test("vendor review takes last uses and a plan", async () => {
  fs.writeFileSync(
    path.join(folder, "uses.json"),
    '{"SHA256:pbERTcIltf3lIjPhZzf4WGH3Wjwz7hrHQq4UWCMKC1w":"2026-11-20T06:00:00Z"}',
  );
  fs.writeFileSync(path.join(folder, "plan.json"), '{"resource_changes":[]}');
  const argv = ["review", "--last-use", "uses.json", "--plan", "plan.json", "--format", "json"];
  expect(JSON.parse((await run(...argv)).stdout)).toMatchObject({
    rows: [{ lastUse: "2026-11-20T06:00:00Z" }, { lastUse: "never" }, { lastUse: "never" }],
    serviceUsers: [],
  });
});

test("vendor review as JSON holds to its schema, by which a periodic review takes it", async () => {
  const { stdout } = await run("review", "--as-of", "2027-04-10", "--format", "json");
  expect(() => assertSchema("access-review", JSON.parse(stdout), "stdout")).not.toThrow();
});

test.each([
  ["last uses of another shape", ["--last-use", "other.json"]],
  ["a plan of another shape", ["--plan", "other.json"]],
])("vendor review refuses %s", async (_, argv) => {
  fs.writeFileSync(path.join(folder, "other.json"), '{"a":1}');
  expect((await run("review", ...argv)).stderr).toContain("SCHEMA_MISMATCH");
});

const copied = (timestamp: number, message: string) =>
  `${JSON.stringify({ timestamp, ingestionTime: timestamp, stream: "s", eventId: "e", message })}\n`;
const connected = (key: string) =>
  JSON.stringify({ "activity-type": "CONNECTED", user: "acme", "ssh-public-key-fingerprint": key });
const ACME = "SHA256:pbERTcIltf3lIjPhZzf4WGH3Wjwz7hrHQq4UWCMKC1w";

test("vendor review takes last uses from the copies of the server's log, and says from when they are", async () => {
  const day = path.join(folder, "logs", "2026", "11", "20");
  fs.mkdirSync(day, { recursive: true });
  const [early, late] = [Date.parse("2026-11-20T06:00:00Z"), Date.parse("2026-11-20T07:00:00Z")];
  const refused = connected(ACME).replace("CONNECTED", "AUTH_FAILURE");
  fs.writeFileSync(path.join(day, "0600Z-0-a.jsonl"), copied(early - 1000, "START") + copied(late, connected(ACME)));
  fs.writeFileSync(path.join(day, "0700Z-0-b.jsonl"), copied(early, connected(ACME)) + copied(late + 1000, refused));
  const { stdout } = await run("review", "--server-log", "logs", "--format", "json");
  expect(JSON.parse(stdout).rows).toMatchObject([
    { lastUse: "2026-11-20T07:00:00.000Z" },
    { lastUse: "none since 2026-11-20T05:59:59.000Z" },
    { lastUse: "none since 2026-11-20T05:59:59.000Z" },
  ]);
});

test.each([
  ["a line that is no copy of a log", connected(ACME), [], "SCHEMA_MISMATCH"],
  ["a log without a line", "", [], "FILE_NOT_FOUND"],
  ["two sources of last uses", copied(1, "x"), ["--last-use", "uses.json"], "USAGE"],
])("vendor review refuses %s", async (_, text, more, code) => {
  fs.writeFileSync(path.join(folder, "log.jsonl"), text);
  expect((await run("review", "--server-log", "log.jsonl", ...more)).stderr).toContain(code);
});

test("vendor second-component keeps the password in a file for its maker alone, and prints what lets it in", async () => {
  const { code, stdout } = await run("second-component", "--out", "password");
  const file = path.join(folder, "password");
  const password = fs.readFileSync(file, "utf8").trimEnd();
  expect([code, fs.statSync(file).mode & 0o777, password.length]).toEqual([0, 0o600, 32]);
  expect(stdout).not.toContain(password);
  expect([await isSecondComponent(password, stdout), await isSecondComponent(`${password}x`, stdout)]).toEqual([
    true,
    false,
  ]);
});

test("vendor second-component makes another password each time, and replaces none", async () => {
  const first = await run("second-component", "--out", "password");
  const again = await run("second-component", "--out", "password");
  const other = await run("second-component", "--out", "other");
  expect([first.code, again.stderr.includes("OUT_NOT_WRITABLE"), again.stdout]).toEqual([0, true, ""]);
  expect(other.stdout).not.toBe(first.stdout);
});

test.each([[[]], [["ad"]], [["constructor"]]])("vendor %j names what there is", async (argv) => {
  const { code, stderr } = await run(...argv);
  expect([code, stderr]).toEqual([2, expect.stringContaining("expected one of add, rotate-key, offboard, ")]);
});

const GATEWAY = ["--host", "sftp.example.org", "--host-key", "SHA256:pbERTcIltf3lIjPhZzf4WGH3Wjwz7hrHQq4UWCMKC1w"];

test("vendor guide prints the guide of one vendor", async () => {
  const { code, stdout } = await run("guide", "acme", ...GATEWAY);
  expect([code, stdout]).toEqual([0, expect.stringContaining("# Sending files: Acme Central Laboratory\n")]);
});

test.each([
  ["a host that is none", ["acme", "--host", "a b", ...GATEWAY.slice(2)], "USAGE"],
  ["a host key of another form", ["acme", ...GATEWAY.slice(0, 2), "--host-key", "MD5:aa"], "USAGE"],
  ["a vendor that is not there", ["acne", ...GATEWAY], "SUBJECT_NOT_FOUND"],
])("vendor guide refuses %s", async (_, argv, code) => {
  expect((await run("guide", ...argv)).stderr).toContain(`part11: ${code}: `);
});

test("vendor guide refuses a vendor that was offboarded", async () => {
  await run("offboard", "acme", ...REASON);
  expect((await run("guide", "acme", ...GATEWAY)).stderr).toContain("VENDOR_REFUSED");
});
