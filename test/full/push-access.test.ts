// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import type { TerraformStack } from "cdktf";
import { PermissionsBoundary } from "../../modules/clinical-landing-zone/permissions-boundary";
import { type Decisions, decide, evaluate, factsFor, loadPolicy } from "../../validation/gate";
import { addBuckets, addPush, senders } from "../modules/push-access/push-stack";
import { env } from "../modules/synth";
import { planStack } from "./plan-stack";

/** Controls that look at who writes, and that senders answer alone; what else a zone needs stands in the golden plan. */
const JUDGED = [
  "P11-10c-04",
  "P11-10d-01",
  "P11-10d-03",
  "P11-10d-15",
  "P11-10d-16",
  "P11-10d-17",
  "P11-10e-09",
  "P11-10f-01",
  "P11-10g-01",
  "P11-10g-03",
  "P11-30-01",
  "P11-30-06",
  "P11-30-08",
];
const MAX_BYTES = 64 * 1024 * 1024;

const policy = loadPolicy();
let folder: string;
let decisions: Decisions;

/** One sender of each kind. */
function addSenders(stack: TerraformStack): void {
  const name = "acme-clin-boundary";
  const { arn, policy: dependable } = new PermissionsBoundary(stack, "Boundary", {
    env,
    name,
    namePrefix: "acme-clin",
    tags: {},
  });
  const buckets = addBuckets(stack);
  for (const [id, sender] of Object.entries(senders)) {
    const landing = id === "edc" ? "raw" : "inbox";
    addPush(stack, buckets, id, sender, { landing, boundary: { arn, dependable } });
  }
}

function judged(stack = "stack"): Decisions {
  const files = { plan: "plan.json", synth: "cdk.tf.json", maxBytes: MAX_BYTES };
  const facts = factsFor(policy, { ...files, environment: "production" }, path.join(folder, stack));
  return decide(facts, policy, evaluate(facts, policy));
}

/** The stack with other texts in the place of some, in plan and synth alike; policies stand there as text in JSON. */
function judgedWith(changes: readonly (readonly [string, string])[]): Decisions {
  for (const name of ["plan.json", "cdk.tf.json"]) {
    let text = fs.readFileSync(path.join(folder, "stack", name), "utf8");
    for (const change of changes) {
      const [from, to] = change.map((said) => JSON.stringify(said).slice(1, -1)) as [string, string];
      if (!text.includes(from)) throw new Error(`${name} does not hold ${from}`);
      text = text.replaceAll(from, to);
    }
    fs.mkdirSync(path.join(folder, "mutant"), { recursive: true });
    fs.writeFileSync(path.join(folder, "mutant", name), text);
  }
  return judged("mutant");
}

const control = (id: string, of = decisions) => of.controls.find((one) => one.id === id)!;

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "part11-push-"));
  await planStack(folder, addSenders);
  decisions = judged();
}, 600_000);

afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

test.each(JUDGED)("senders of each kind as Terraform plans them pass %s", (id) => {
  const { status, findings } = control(id);
  expect({ status, findings }).toEqual({ status: "pass", findings: [] });
});

test.each(["P11-10a-11", "P11-10d-13"])("%s speaks of transfer servers, and there is none", (id) => {
  expect(control(id).status).toBe("not_applicable");
});

test("no person takes a sender's role, so that P11-10g-02 asks for no second factor", () => {
  expect(control("P11-10g-02").status).toBe("not_applicable");
});

test("no type of what senders are made of gets past the controls or is read by none", () => {
  expect(control("META-11").findings).toEqual([]);
});

const trusted = '"Principal":{"AWS":["arn:aws:iam::111122223333:role/edc-export"]}';

test.each<[string, string, ...[string, string][]]>([
  ["an account instead of a role", "P11-10g-02", [trusted, trusted.replace("role/edc-export", "root")]],
  ["a role of many", "P11-10g-02", [trusted, trusted.replace("edc-export", "*")]],
  ["tokens of any workload", "P11-10g-02", ['"repo:example/exports:ref:refs/heads/main"', '"*"']],
  [
    "DataSync for any account",
    "P11-10g-03",
    ['"aws:SourceAccount"', '"aws:PrincipalTag/any"'],
    ["arn:aws:datasync:eu-central-1:111122223333:*", "*"],
  ],
  ["a prefix of another sender", "P11-10f-01", ["clinical/inbound/raw/mft/", "clinical/inbound/raw/batch/"]],
  ["the whole bucket", "P11-10f-01", ["/clinical/inbound/raw/mft/st-101/*", "/*"]],
  ["a listing of the whole inbox", "P11-30-08", ['"clinical/inbound/raw/ecg/st-101/*"', '"*"']],
  ["every action", "P11-10g-01", ['["s3:PutObject","s3:AbortMultipartUpload"]', '["s3:*"]']],
])("a mutant with %s is noticed by %s", (_, id, ...changes) => {
  expect(["fail", "unknown"]).toContain(control(id, judgedWith(changes)).status);
});
