// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { type Decisions, decide, evaluate, factsFor, loadPolicy } from "../../validation/gate";
import { acme, addGateway, beta } from "../modules/sftp-gateway/gateway-stack";
import { planStack } from "./plan-stack";

/** Controls that a gateway answers alone; what else a zone needs stands in the golden plan. */
const JUDGED = [
  "META-11",
  "P11-10d-04",
  "P11-10d-05",
  "P11-10d-06",
  "P11-10d-07",
  "P11-10d-08",
  "P11-10d-09",
  "P11-10d-10",
  "P11-10d-13",
  "P11-10d-14",
  "P11-10e-08",
  "P11-10e-09",
  "P11-30-05",
  "P11-30-06",
  "P11-30-07",
  "P11-300d-02",
];
const MAX_BYTES = 64 * 1024 * 1024;

const policy = loadPolicy();
let folder: string;
let decisions: Decisions;

/** Plans a gateway with the real Terraform, offline, and judges the plan with the listed networks. */
async function judged(): Promise<Decisions> {
  const planned = await planStack(folder, (stack) => void addGateway(stack));
  const sftpCidrs = [...new Set([...acme.cidrs, ...beta.cidrs])];
  fs.writeFileSync(path.join(planned, "part11.yaml"), JSON.stringify({ sftpCidrs }));
  const files = { plan: "plan.json", synth: "cdk.tf.json", settings: "part11.yaml", maxBytes: MAX_BYTES };
  const facts = factsFor(policy, { ...files, environment: "production" }, planned);
  return decide(facts, policy, evaluate(facts, policy));
}

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "part11-gateway-"));
  decisions = await judged();
}, 600_000);

afterAll(() => fs.rmSync(folder, { recursive: true, force: true }));

test.each(JUDGED)("the gateway as Terraform plans it passes %s", (id) => {
  const control = decisions.controls.find((one) => one.id === id)!;
  expect({ status: control.status, findings: control.findings }).toEqual({ status: "pass", findings: [] });
});

test.each(["P11-10d-11", "P11-10d-12"])("%s finds no user in the plan: logins are decided live", (id) => {
  expect(decisions.controls.find((one) => one.id === id)!.status).toBe("not_applicable");
});
