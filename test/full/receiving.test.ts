// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack, Testing } from "cdktf";
import { type Decisions, decide, evaluate, factsFor, loadPolicy } from "../../validation/gate";
import { packageRoot } from "../../validation/package-root";
import { planFolder } from "../corpus/plan-folder";
import { ACCOUNT, install, PROVIDER, startProvider } from "../corpus/provider-process";
import { addReceiving } from "../modules/ingest/receiving-stack";

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
  const stack = new TerraformStack(new App(), "receiving");
  new AwsProvider(stack, "aws", {
    region: "eu-central-1",
    allowedAccountIds: [ACCOUNT],
    skipCredentialsValidation: true,
    skipMetadataApiCheck: "true",
    skipRegionValidation: true,
  });
  addReceiving(stack);
  const { terraform, ...synth } = JSON.parse(Testing.synth(stack)) as { terraform?: object };
  const pinned = { aws: { source: `${PROVIDER.namespace}/${PROVIDER.type}`, version: PROVIDER.version } };
  write("cdk.tf.json", JSON.stringify({ ...synth, terraform: { ...terraform, required_providers: pinned } }));
  const scratch = path.join(folder, "scratch");
  fs.mkdirSync(scratch);
  const installation = await install(scratch, { cwd: packageRoot(), env: process.env });
  const provider = await startProvider(installation, scratch);
  try {
    write("plan.json", await planFolder(path.join(folder, "stack"), installation, provider));
  } finally {
    await provider.end();
  }
  const files = { plan: "plan.json", synth: "cdk.tf.json", maxBytes: MAX_BYTES };
  const facts = factsFor(policy, { ...files, environment: "production" }, path.join(folder, "stack"));
  return decide(facts, policy, evaluate(facts, policy));
}

function write(name: string, text: string): void {
  fs.mkdirSync(path.join(folder, "stack"), { recursive: true });
  fs.writeFileSync(path.join(folder, "stack", name), text);
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
