// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack, Testing } from "cdktf";
import { packageRoot } from "../../validation/package-root";
import { planFolder } from "../corpus/plan-folder";
import { ACCOUNT, install, PROVIDER, startProvider } from "../corpus/provider-process";

/**
 * Plans a stack of constructs with the real Terraform, offline.
 *
 * @param folder one of the test's own, empty
 * @param add puts the constructs into the stack
 * @returns folder of `plan.json` and `cdk.tf.json`
 */
export async function planStack(folder: string, add: (stack: TerraformStack) => void): Promise<string> {
  const stack = new TerraformStack(new App(), "planned");
  new AwsProvider(stack, "aws", {
    region: "eu-central-1",
    allowedAccountIds: [ACCOUNT],
    skipCredentialsValidation: true,
    skipMetadataApiCheck: "true",
    skipRegionValidation: true,
  });
  add(stack);
  const { terraform, ...synth } = JSON.parse(Testing.synth(stack)) as { terraform?: object };
  const pinned = { aws: { source: `${PROVIDER.namespace}/${PROVIDER.type}`, version: PROVIDER.version } };
  const [planned, scratch] = [path.join(folder, "stack"), path.join(folder, "scratch")];
  fs.mkdirSync(planned);
  fs.mkdirSync(scratch);
  const document = { ...synth, terraform: { ...terraform, required_providers: pinned } };
  fs.writeFileSync(path.join(planned, "cdk.tf.json"), JSON.stringify(document));
  const installation = await install(scratch, { cwd: packageRoot(), env: process.env });
  const provider = await startProvider(installation, scratch);
  try {
    fs.writeFileSync(path.join(planned, "plan.json"), await planFolder(planned, installation, provider));
  } finally {
    await provider.end();
  }
  return planned;
}
