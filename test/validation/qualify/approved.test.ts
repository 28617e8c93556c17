// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { ROLES } from "../../../validation/approvals";
import { namedFiles } from "../../../validation/approvals/approvals-folder";
import { main } from "../../../validation/cli";
import { boundProtocol, type Executor, type Protocol } from "../../../validation/evidence";
import { canonicalJson } from "../../../validation/json";
import { assertApproved, executedProtocols, readApproved } from "../../../validation/qualify/approved";
import { LIST, PEOPLE, recordOf, statementOf } from "../approvals/people";
import { IQ, ISSUE, OQ } from "../evidence/sample-run";
import { temporaryFolder } from "../evidence/temporary-folder";

const temporary = temporaryFolder();
afterAll(() => temporary.remove());
let count = 0;

const generated = [IQ, OQ];
const issued = generated.map((protocol) => ({ ...protocol, issue: ISSUE }));
const NOW = new Date("2026-11-21T00:00:00Z");
const runBy = (name: string): Executor => ({
  identity: { arn: "arn:aws:iam::111122223333:user/part11", account: "111122223333", target: "emulator" },
  login: { name, source: "operating-system" },
});

/** A folder of part11 protocol, each protocol approved by these roles. */
function folderOf(protocols: readonly Protocol[], roles: readonly (keyof typeof PEOPLE)[] = ROLES) {
  const folder = path.join(temporary.path, `issue-${count++}`);
  for (const name of ["protocols", "approvals"]) fs.mkdirSync(path.join(folder, name), { recursive: true });
  fs.writeFileSync(path.join(folder, "list"), LIST);
  for (const protocol of protocols) {
    fs.writeFileSync(path.join(folder, "protocols", `${protocol.id}.json`), canonicalJson(protocol));
    const document = boundProtocol(protocol);
    for (const role of document ? roles : []) {
      const record = recordOf(statementOf(role, { document: document! }));
      for (const [name, bytes] of namedFiles(record)) fs.writeFileSync(path.join(folder, "approvals", name), bytes);
    }
  }
  return folder;
}

const read = (folder: string) => readApproved(folder, path.join(folder, "list"));
const code = (name: string) => expect.objectContaining({ code: name });

test("approved protocols are executed as they were approved, byte for byte", () => {
  const approved = read(folderOf(issued));
  const protocols = executedProtocols(generated, approved);
  expect(protocols.map(canonicalJson)).toEqual(issued.map(canonicalJson));
  expect(() => assertApproved(protocols, approved, runBy("ci"), NOW)).not.toThrow();
});

test.each([
  ["one step expects something else", (p: Protocol) => ({ ...p.steps[0]!, expected: "nothing" }), /first at step IQ-/],
  ["one step has another id", (p: Protocol) => ({ ...p.steps[0]!, id: "IQ-OTHER" }), /first at step IQ-OTHER/],
])("where %s than was approved nothing is executed", (_, change, said) => {
  const [first, ...rest] = generated;
  const other = [{ ...first!, steps: [change(first!), ...first!.steps.slice(1)] }, ...rest];
  const attempt = () => executedProtocols(other, read(folderOf(issued)));
  expect(attempt).toThrow(code("PROTOCOL_DIFFERS"));
  expect(attempt).toThrow(said);
});

test.each([
  ["a step more than approved", [{ ...IQ, steps: [...IQ.steps, { ...IQ.steps[0]!, id: "IQ-MORE" }] }, OQ]],
  ["a protocol for another target", [{ ...IQ, target: "another" }, OQ]],
  ["a protocol fewer", [IQ]],
])("%s is not executed", (_, other) => {
  expect(() => executedProtocols(other, read(folderOf(issued)))).toThrow(code("PROTOCOL_DIFFERS"));
});

test.each(ROLES)("without %s nothing is executed, and all that is missing is said", (role) => {
  const approved = read(
    folderOf(
      issued,
      ROLES.filter((one) => one !== role),
    ),
  );
  const attempt = () => assertApproved(issued, approved, runBy("ci"), NOW);
  expect(attempt).toThrow(code("APPROVALS_MISSING"));
  expect(attempt).toThrow(new RegExp(`MISSING ${IQ.id}, ${role}.*MISSING ${OQ.id}, ${role}`));
});

test("the reviewer does not execute", () => {
  const attempt = () => assertApproved(issued, read(folderOf(issued)), runBy(PEOPLE.reviewer.login), NOW);
  expect(attempt).toThrow(/EXECUTOR_REVIEWS/);
});

test("an approval dated after the run began does not count", () => {
  const early = new Date("2026-11-20T09:14:59Z");
  expect(() => assertApproved(issued, read(folderOf(issued)), runBy("ci"), early)).toThrow(/TOO_LATE/);
});

test("protocols that were never issued are not approved by anybody", () => {
  expect(() => read(folderOf(generated))).toThrow(code("PROTOCOL_DIFFERS"));
  expect(() => assertApproved(generated, undefined, runBy("ci"), NOW)).toThrow(code("APPROVALS_MISSING"));
});

test("a record that does not hold is refused before anything begins", () => {
  const folder = folderOf(issued);
  const file = path.join(folder, "approvals", `${IQ.id}-quality.json`);
  fs.writeFileSync(file, fs.readFileSync(file, "utf8").replace("T10:15", "T10:14"));
  expect(() => read(folder)).toThrow(expect.objectContaining({ fault: "SIGNATURE_BROKEN" }));
});

test("without a list of signers no record holds", () => {
  expect(() => readApproved(folderOf(issued), undefined)).toThrow(expect.objectContaining({ fault: "KEY_UNLISTED" }));
});

test.each([
  ["neither protocols nor --provisional", [], "APPROVALS_MISSING"],
  ["--signers alone", ["--provisional", "--signers", "list"], "USAGE"],
  ["--attempt-of without a reason", ["--provisional", "--attempt-of", "evidence"], "USAGE"],
  ["--reason without an attempt", ["--provisional", "--reason", "The clock was wrong."], "USAGE"],
  [
    "an attempt of what is no bundle",
    ["--provisional", "--attempt-of", ".", "--reason", "A retry."],
    "ATTEMPT_REFUSED",
  ],
])("part11 qualify with %s exits 2 and leaves nothing", async (_, argv, said) => {
  const cwd = path.join(temporary.path, `cwd-${count++}`);
  fs.mkdirSync(cwd);
  let stderr = "";
  const io = { stdout: { write: () => undefined }, stderr: { write: (text: string) => (stderr += text) } };
  expect(await main(["qualify", ...argv], { ...io, env: {}, cwd })).toBe(2);
  expect(stderr).toMatch(new RegExp(`^part11: ${said}: [^\\n]+\\n$`));
  expect(fs.readdirSync(cwd)).toEqual([]);
});
