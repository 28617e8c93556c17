// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { publicKeyPem, type SealKey } from "../../../validation/evidence";
import { factsFor, loadPolicy } from "../../../validation/gate";
import { samplePlan } from "../../../validation/self-test/samples/plan";
import { sampleRun } from "../../../validation/self-test/samples/run";

/** The synthesized stack of the sample plan. */
export const sampleSynth = (mode: string) => ({
  terraform: {},
  provider: { aws: [{ region: "eu-central-1" }] },
  resource: {
    aws_s3_bucket: {
      raw: { bucket: "acme-trial-raw", object_lock_enabled: true, tags: { BucketRole: "record" } },
    },
    aws_s3_bucket_object_lock_configuration: {
      raw: {
        bucket: ["$", "{aws_s3_bucket.raw.id}"].join(""),
        rule: { default_retention: { mode, years: 7 } },
      },
    },
  },
});

/**
 * Writes `plan.json` with `cdk.tf.json`, `governance.json` with `governance.tf.json`, `key.pem`, and two bundles of that key:
 * `bundle`, of the plan, and `bare`, which holds no facts.
 */
export function writePlanFiles(folder: string, key: SealKey, kind: "emulator" | "aws"): void {
  const at = (name: string) => path.join(folder, name);
  fs.writeFileSync(at("plan.json"), JSON.stringify(samplePlan()));
  fs.writeFileSync(at("governance.json"), JSON.stringify(samplePlan({ mode: "GOVERNANCE" })));
  fs.writeFileSync(at("cdk.tf.json"), JSON.stringify(sampleSynth("COMPLIANCE")));
  fs.writeFileSync(at("governance.tf.json"), JSON.stringify(sampleSynth("GOVERNANCE")));
  fs.writeFileSync(at("key.pem"), publicKeyPem(key.publicKey));
  const files = { plan: at("plan.json"), synth: at("cdk.tf.json"), environment: "production", maxBytes: 1e9 };
  sampleRun(at("bundle"), {
    key,
    kind,
    plan: { facts: factsFor(loadPolicy(), files, "/"), synth: sampleSynth("COMPLIANCE") },
  });
  sampleRun(at("bare"), { key, kind });
}
