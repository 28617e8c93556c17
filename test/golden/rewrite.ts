// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { packageRoot } from "../../validation/package-root";
import { makePlan } from "../../validation/plan";

const FILES = ["plan.json", "cdk.tf.json", ".terraform.lock.hcl"];

/** Plans the production stack offline and puts its files in place of the golden ones. Review the diff before committing. */
async function rewrite(): Promise<void> {
  const out = fs.mkdtempSync(path.join(os.tmpdir(), "part11-golden-"));
  try {
    const stack = "clinical-landing-zone";
    await makePlan({ stack, environment: "production", out, cwd: packageRoot(), env: process.env });
    for (const file of FILES) fs.copyFileSync(path.join(out, file), path.join(__dirname, "production", file));
    const settings = path.join(packageRoot(), "stacks", "settings", "part11.yaml");
    fs.copyFileSync(settings, path.join(__dirname, "production", "part11.yaml"));
  } finally {
    fs.rmSync(out, { recursive: true });
  }
}

rewrite().catch((error: Error) => {
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
});
