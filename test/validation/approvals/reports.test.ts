// SPDX-License-Identifier: Apache-2.0
// Each test is one tampering with the approvals of an executed report; its name says what was done.
import {
  type Approval,
  type ApprovalFiles,
  type ApprovalRefusal,
  judgeApprovals,
  parseAllowedSigners,
  type Role,
  readApproval,
  type Statement,
} from "../../../validation/approvals";
import { sha256Hex } from "../../../validation/json";
import { LIST, lineOf, PEOPLE, recordOf, statementOf } from "./people";

const bundle = { run: "sample-run", manifestSha256: sha256Hex("the manifest") };
const document = {
  id: "IQ-REP-sample-run",
  version: "1",
  issuedAt: "2026-11-21T08:00:00.125Z",
  sha256: sha256Hex("the report"),
};
const roles: readonly Role[] = ["author", "reviewer", "quality"];
const signers = parseAllowedSigners(Buffer.from(LIST), "allowed_signers");

/** What a role states of the report, after the run. */
const stated = (role: Role, more: Partial<Statement> = {}) =>
  statementOf(role, { document, bundle, signedAt: "2026-11-21T10:15:00+01:00", ...more });

const honest = roles.map((role) => recordOf(stated(role)));
const replaced = (record: ApprovalFiles) => honest.map((one) => (one.name === record.name ? record : one));

interface Judging {
  readonly executors?: readonly string[];
  readonly isProvisional?: boolean;
  readonly known?: typeof signers;
}

function faults(records: readonly ApprovalFiles[], judging: Judging = {}): string[] {
  const { executors = ["ci-runner"], isProvisional = false, known = signers } = judging;
  const approvals: Approval[] = [];
  const found: string[] = [];
  for (const record of records) {
    try {
      approvals.push(readApproval(record, { signers: known }));
    } catch (error) {
      found.push((error as ApprovalRefusal).fault);
    }
  }
  const until = Date.parse("2026-11-22T00:00:00Z");
  const judged = { document, until, executors, report: { bundle, roles, isProvisional } };
  return [...found, ...judgeApprovals(approvals, judged).map(({ fault }) => fault)];
}

test("everybody whose line a report has approves it, each with their own key", () => {
  expect(faults(honest)).toEqual([]);
});

test.each(roles)("without %s a report is not approved", (role) => {
  expect(faults(honest.filter(({ name }) => !name.includes(role)))).toEqual(["MISSING"]);
});

test("an approval of another document is none of this one", () => {
  const other = stated("quality", { document: { ...document, sha256: sha256Hex("another report") } });
  expect(faults(replaced(recordOf(other)))).toEqual(["OTHER_DOCUMENT"]);
});

test.each([
  ["manifest", { manifestSha256: sha256Hex("another manifest") }],
  ["run", { run: "another-run" }],
])("an approval of a bundle with another %s is none of this one", (_, more) => {
  const other = stated("quality", { bundle: { ...bundle, ...more } });
  expect(faults(replaced(recordOf(other)))).toEqual(["OTHER_BUNDLE"]);
});

test("an approval that names no bundle is none of a report", () => {
  const { bundle: _, ...without } = stated("quality");
  expect(faults(replaced(recordOf(without)))).toEqual(["OTHER_BUNDLE", "OTHER_BUNDLE"]);
});

test("a bundle named beside a protocol does not count there", () => {
  const protocol = statementOf("quality", { bundle });
  const one = readApproval(recordOf(protocol), { signers });
  const judged = { document: protocol.document, until: Date.parse("2026-11-21T00:00:00Z"), executors: [] };
  expect(judgeApprovals([one], judged).map(({ fault }) => fault)).toContain("OTHER_BUNDLE");
});

test.each([
  ["meaning", '"meaning":"review"', '"meaning":"rejection","reason":"the results were not reviewed"'],
  ["time", "T10:15:00+01:00", "T10:14:00+01:00"],
  ["offset", "T10:15:00+01:00", "T10:15:00+02:00"],
  ["document", document.sha256, sha256Hex("another report")],
  ["bundle", bundle.manifestSha256, sha256Hex("another manifest")],
])("another %s, written into a record that was signed, breaks it", (_, before, after) => {
  const record = recordOf(stated("reviewer"));
  const statement = Buffer.from(record.statement.toString().replace(before, after));
  expect(statement.equals(record.statement)).toBe(false);
  expect(["SIGNATURE_BROKEN", "MALFORMED"]).toContain(faults(replaced({ ...record, statement }))[0]);
});

test("a signer who is not listed counts for nothing", () => {
  const stranger = { login: "ravi.reviewer", printedName: "Ravi Reviewer", may: ["reviewer"] } as const;
  const known = parseAllowedSigners(Buffer.from(LIST.replace(/^ravi.*\n/m, "")), "allowed_signers");
  expect(faults(replaced(recordOf(stated("reviewer"), stranger)), { known })).toEqual(["KEY_UNLISTED", "MISSING"]);
});

test("whoever executed reviews and approves nothing of it, under whichever of their logins", () => {
  const known = parseAllowedSigners(
    Buffer.from(LIST.replace("quentin.quality ", "quentin.quality,qq-on-ci ")),
    "allowed_signers",
  );
  expect(faults(honest, { executors: ["ravi.reviewer"] })).toEqual(["EXECUTOR_REVIEWS"]);
  expect(faults(honest, { executors: ["QQ-on-CI"], known })).toEqual(["EXECUTOR_APPROVES"]);
});

test("whoever executed states that they did", () => {
  expect(faults(honest, { executors: [PEOPLE.author.login] })).toEqual([]);
});

test.each([
  ["before the run ended", "2026-11-21T09:00:00+01:00", "BEFORE_DOCUMENT"],
  ["after it was judged", "2026-11-22T01:00:01+01:00", "TOO_LATE"],
])("an approval %s does not count", (_, signedAt, fault) => {
  expect(faults(replaced(recordOf(stated("quality", { signedAt }))))).toEqual([fault]);
});

test("one person does not speak in two roles, nor with two keys", () => {
  const second = { login: "ravi.reviewer2", printedName: "Reviewer Ravi", may: ["quality"] } as const;
  const known = parseAllowedSigners(Buffer.from(LIST + lineOf(second)), "allowed_signers");
  const { login: person, printedName } = second;
  expect(faults(replaced(recordOf(stated("quality", { person, printedName }), second)), { known })).toEqual([
    "SAME_PERSON",
  ]);
});

test("a rejection outweighs what the others say", () => {
  const rejected = stated("quality", { meaning: "rejection", reason: "deviation DEV-1 has no retest" });
  expect(faults(replaced(recordOf(rejected)))).toEqual(["REJECTED", "MISSING"]);
});

test("nobody approves a provisional report, though they may review it", () => {
  expect(faults(honest, { isProvisional: true })).toEqual(["PROVISIONAL"]);
});

test("a role whose line the report does not have adds nothing", () => {
  expect(faults([...honest, recordOf(stated("system-owner"))])).toEqual(["ROLE_UNLISTED"]);
});
