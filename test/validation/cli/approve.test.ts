// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { parseAllowedSigners, readApproval } from "../../../validation/approvals";
import { readApprovalsFolder } from "../../../validation/approvals/approvals-folder";
import { main } from "../../../validation/cli";
import { writeProtocols } from "../../../validation/documents";
import { type Protocol, protocolHash } from "../../../validation/evidence";
import { parseStrict, sha256Hex } from "../../../validation/json";
import { keyFile, LIST, PEOPLE } from "../approvals/people";
import { COMMITMENTS, IQ } from "../evidence/sample-run";
import { temporaryFolder } from "../evidence/temporary-folder";

const temporary = temporaryFolder();
afterAll(() => temporary.remove());

const issue = { version: "2", issuedAt: "2026-11-20T08:00:00Z", reason: "The bucket of results is in scope." };
const issued: Protocol = { ...IQ, issue };
let folder: string;
let count = 0;

beforeEach(async () => {
  folder = path.join(temporary.path, `issue-${count++}`);
  const source = { commit: "0".repeat(40), dirty: false };
  const about = { system: "zone", environment: "qualification", source };
  await writeProtocols({ protocols: [issued], commitments: COMMITMENTS, ...about }, folder);
  fs.writeFileSync(path.join(folder, "list"), LIST);
  fs.writeFileSync(path.join(folder, "key"), keyFile(PEOPLE.quality), { mode: 0o600 });
});

async function approve(...more: string[]) {
  let [stdout, stderr] = ["", ""];
  const io = {
    stdout: { write: (text: string) => (stdout += text) },
    stderr: { write: (text: string) => (stderr += text) },
    env: process.env,
    cwd: folder,
  };
  const code = await main(["approve", `protocols/${IQ.id}.json`, "--signers", "list", ...more], io);
  return { code, stdout, stderr };
}

const AS_QUALITY = ["--role", "quality", "--meaning", "approval"];

test("the file to approve has the hash that its readable form quotes", () => {
  const bytes = fs.readFileSync(path.join(folder, "protocols", `${IQ.id}.json`));
  expect(sha256Hex(bytes)).toBe(protocolHash(issued));
  const [readable] = fs.readdirSync(path.join(folder, "documents")).filter((name) => name.endsWith(".json"));
  const model = parseStrict(fs.readFileSync(path.join(folder, "documents", readable!)), readable!);
  expect(JSON.stringify(model)).toContain(protocolHash(issued));
  expect(model).toMatchObject({ head: { version: "2", status: "PROVISIONAL" }, asOf: "2026-11-20T08:00:00.000Z" });
  expect(JSON.stringify(model)).toContain(issue.reason);
});

test("a readable protocol before any run tells nothing of one", () => {
  const documents = path.join(folder, "documents");
  const [html] = fs.readdirSync(documents).filter((name) => name.endsWith(".html"));
  const text = fs.readFileSync(path.join(documents, html!), "utf8");
  expect(text).toContain("printed with the file, before any run");
  expect(text).not.toContain("printed from the bundle after the run");
});

test("an approval is a record that the list of allowed signers bears out", async () => {
  const { code, stdout } = await approve(...AS_QUALITY, "--key", "key");
  expect([code, stdout]).toEqual([0, expect.stringContaining("not a 21 CFR Part 11 signature")]);
  const [files] = readApprovalsFolder(path.join(folder, "approvals"));
  const { statement } = readApproval(files!, { signers: parseAllowedSigners(Buffer.from(LIST), "list") });
  expect(statement).toMatchObject({
    printedName: "Quentin Quality",
    document: { id: IQ.id, version: "2", sha256: protocolHash(issued) },
  });
});

test("without a key the statement waits for ssh-keygen, and how is said", async () => {
  const { code, stdout } = await approve(...AS_QUALITY, "--person", "quentin.quality");
  expect([code, stdout]).toEqual([0, expect.stringContaining("ssh-keygen -Y sign -n part11-quality")]);
  expect(readApprovalsFolder(path.join(folder, "approvals"))[0]!.signature).toBeUndefined();
});

test("a page signed by hand approves a protocol, as the record of whoever compared it", async () => {
  const page = Buffer.from("%PDF-1.4 a scanned page");
  fs.writeFileSync(path.join(folder, "page.pdf"), page);
  const { code } = await approve(
    ...["--role", "system-owner", "--meaning", "approval", "--scan", "page.pdf", "--signed-by", "olga.owner"],
    ...["--printed-name", "Olga Owner", "--signed-at", "2026-11-20T10:15:00+01:00", "--key", "key"],
  );
  expect(code).toBe(0);
  const [files] = readApprovalsFolder(path.join(folder, "approvals"));
  const { statement, made } = readApproval(files!, { signers: parseAllowedSigners(Buffer.from(LIST), "list") });
  expect(files!.attached).toEqual(page);
  expect(made).toMatch(/^signed by hand on paper; scanned page compared by Quentin Quality at /);
  expect(statement).toMatchObject({ printedName: "Olga Owner", document: { sha256: protocolHash(issued) } });
});

test.each([
  [
    "a role that the list does not give",
    ["--role", "author", "--meaning", "authorship", "--key", "key"],
    "other purposes",
  ],
  ["a meaning that the role cannot give", ["--role", "quality", "--meaning", "review", "--key", "key"], "cannot state"],
  ["a rejection without a reason", ["--role", "quality", "--meaning", "rejection", "--key", "key"], "reason"],
  ["nobody", AS_QUALITY, "neither"],
  ["somebody who is not listed", [...AS_QUALITY, "--person", "nobody"], "nobody"],
])("%s approves nothing", async (_, more, said) => {
  const { code, stderr } = await approve(...more);
  expect([code, stderr]).toEqual([2, expect.stringMatching(/^part11: APPROVAL_REFUSED: /)]);
  expect(stderr).toContain(said);
  expect(fs.existsSync(path.join(folder, "approvals"))).toBe(false);
});

test("a key that the list does not name approves nothing", async () => {
  fs.writeFileSync(path.join(folder, "key"), keyFile({ login: "stranger", printedName: "A Stranger", may: [] }));
  expect(await approve(...AS_QUALITY, "--key", "key")).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(/^part11: KEY_UNUSABLE: .*which the list does not name/),
  });
});

test.each([
  ["that was never issued", JSON.stringify(IQ)],
  ["in another spelling", JSON.stringify(issued, null, 1)],
])("a protocol %s cannot be approved", async (_, text) => {
  fs.writeFileSync(path.join(folder, "protocols", `${IQ.id}.json`), text);
  expect(await approve(...AS_QUALITY, "--key", "key")).toMatchObject({
    code: 2,
    stderr: expect.stringContaining("APPROVAL_REFUSED"),
  });
});
