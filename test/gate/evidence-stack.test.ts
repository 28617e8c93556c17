// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { packageRoot } from "../../validation/package-root";
import { makePlan } from "../../validation/plan";
import { judged } from "./judged";
import type { Documents } from "./mutation/documents";
import { plannedText, type Written, written } from "./written";

let folder: string;
/** The evidence stack of the production example, planned by the real Terraform. */
let planned: string;

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "part11-evidence-"));
  const out = path.join(folder, "plan");
  const settings = path.join(packageRoot(), "stacks", "settings", "evidence-production.yaml");
  await makePlan({
    ...{ stack: "evidence", environment: "production", settings, out, cwd: packageRoot(), env: process.env },
  });
  planned = plannedText(out);
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

const decisions = (documents: Documents) => judged(documents, { sftpCidrs: [], unblinded: null });

function findings(documents: Documents): string[] {
  return decisions(documents).controls.flatMap(({ id, findings }) => (findings.length > 0 ? [id] : []));
}

type Attributes = Record<string, unknown>;

function withStatements(change: (statements: Attributes[]) => Attributes[]) {
  return (text: unknown) => {
    const policy = JSON.parse(String(text)) as { Statement: Attributes[] };
    return JSON.stringify({ ...policy, Statement: change(policy.Statement) });
  };
}

const LOCK = { type: "aws_s3_bucket_object_lock_configuration", part: ".Evidence_Records_" };
const DEPOSIT = { type: "aws_iam_role_policy", path: "policy", part: "Depositor_deposit-Evidence-Records_" };

test("the production plan of the evidence stack passes the gate on its own", () => {
  const found = decisions(JSON.parse(planned));
  expect(found.controls.flatMap(({ id, findings }) => findings.map((one) => ({ id, ...one })))).toEqual([]);
  expect(found.verdict).toBe("pass");
});

test("the documents control judges the evidence bucket, and none is not applicable for lack of one", () => {
  const control = decisions(JSON.parse(planned)).controls.find(({ id }) => id === "P11-10k-01")!;
  expect(control.status).toBe("pass");
});

test.each<[string, readonly string[], Written]>([
  [
    "a lock that can be lifted",
    ["P11-10c-02", "P11-10k-01"],
    { ...LOCK, path: "rule.default_retention.mode", value: () => "GOVERNANCE" },
  ],
  [
    "a lock of seven years for a trial master file",
    ["P11-10c-03", "P11-10k-01"],
    { ...LOCK, path: "rule.default_retention.years", value: () => 7 },
  ],
  [
    "a bucket that does not refuse version deletes",
    ["P11-10c-13"],
    {
      type: "aws_s3_bucket_policy",
      part: ".Evidence_Records_",
      path: "policy",
      value: withStatements((all) => all.filter(({ Sid }) => Sid !== "DenyVersionDelete")),
    },
  ],
  [
    "a depositor who may delete versions",
    ["P11-10c-12"],
    {
      ...DEPOSIT,
      value: withStatements((all) => [
        ...all,
        {
          Effect: "Allow",
          Action: "s3:DeleteObjectVersion",
          Resource: "arn:aws:s3:::acme-evidence-bundles-444455556666/*",
        },
      ]),
    },
  ],
  [
    "a depositor who may bypass a lock",
    ["P11-10c-12"],
    {
      ...DEPOSIT,
      value: withStatements((all) => [
        ...all,
        {
          Effect: "Allow",
          Action: "s3:BypassGovernanceRetention",
          Resource: "arn:aws:s3:::acme-evidence-bundles-444455556666/*",
        },
      ]),
    },
  ],
])("a plan with %s is found by %j", (_title, controls, change) => {
  expect(findings(written(planned, change))).toEqual(expect.arrayContaining([...controls]));
});
