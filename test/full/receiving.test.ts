// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { type Decisions, decide, evaluate, factsFor, loadPolicy } from "../../validation/gate";
import { addReceiving } from "../modules/ingest/receiving-stack";
import { planStack } from "./plan-stack";

/** Controls that receiving data answers alone; what else a zone needs stands in the golden plan. */
const JUDGED = [
  "META-04",
  "META-06",
  "P11-10a-03",
  "P11-10a-09",
  "P11-10a-10",
  "P11-10c-15",
  "P11-10c-16",
  "P11-10d-04",
  "P11-10d-15",
  "P11-10e-07",
  "P11-10e-09",
  "P11-10e-13",
  "P11-10f-01",
  "P11-10g-01",
  "P11-10g-03",
  "P11-30-03",
  "P11-30-04",
  "P11-30-06",
  "P11-30-07",
];
const MAX_BYTES = 64 * 1024 * 1024;

const policy = loadPolicy();
let folder: string;
let decisions: Decisions;

/** Plans all that receives data with the real Terraform, offline, and judges the plan. */
async function judged(): Promise<Decisions> {
  const planned = await planStack(folder, (stack) => void addReceiving(stack));
  const files = { plan: "plan.json", synth: "cdk.tf.json", maxBytes: MAX_BYTES };
  const facts = factsFor(policy, { ...files, environment: "production" }, planned);
  return decide(facts, policy, evaluate(facts, policy));
}

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "part11-receiving-"));
  decisions = await judged();
}, 600_000);

afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

test.each(JUDGED)("receiving data as Terraform plans it passes %s", (id) => {
  const control = decisions.controls.find((one) => one.id === id)!;
  expect({ status: control.status, findings: control.findings }).toEqual({ status: "pass", findings: [] });
});

test("no resource type gets past the controls but the rows of expected deliveries", () => {
  const { findings } = decisions.controls.find(({ id }) => id === "META-11")!;
  expect(findings.filter(({ address }) => !address.startsWith("aws_dynamodb_table_item.ingest_Deliveries_"))).toEqual(
    [],
  );
});
