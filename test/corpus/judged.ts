// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { type Decisions, decide, evaluate, factsFor, loadPolicy } from "../../validation/gate";
import { notesOf } from "./folders";

const MAX_BYTES = 64 * 1024 * 1024;

const policy = loadPolicy();

/** What the gate decides of a stored plan, told whatever stands beside it: synth, lock file, settings, environment. */
export function judgedFolder(folder: string): Decisions {
  const beside = (name: string) => (fs.existsSync(path.join(folder, name)) ? name : undefined);
  const files = {
    plan: "plan.json",
    synth: beside("cdk.tf.json"),
    lock: beside(".terraform.lock.hcl"),
    settings: beside("part11.yaml"),
    environment: notesOf(folder).environment ?? "production",
    maxBytes: MAX_BYTES,
  };
  const facts = factsFor(policy, files, folder);
  return decide(facts, policy, evaluate(facts, policy));
}
