// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { packageRoot } from "../../validation/package-root";

const ZONE = path.join(packageRoot(), "test", "corpus", "stacks", "foreign-zone-passes");
/** What the corpus adds to the sources, and what is given beside them. */
const BESIDE = new Set(["example.json", "expected.json", "part11.yaml", "plan.json", "waivers.yaml"]);
/** What the embedded AWS cannot make, and the function whose code lies in a bucket that no plan makes. */
const ELSEWHERE =
  /^(?:resource "aws_(?:guardduty_detector|guardduty_detector_feature|securityhub_account|signer_signing_profile|lambda_code_signing_config|lambda_function|lambda_permission)" |module "hash_role" )/;

/** The zone of the corpus as a team would qualify it on the embedded AWS: objects that land are told to a queue instead of a function. */
export function foreignZone(to: string): { readonly dir: string; readonly settings: string; readonly waivers: string } {
  const dir = path.join(to, "zone");
  fs.cpSync(ZONE, dir, { recursive: true, filter: (file) => !BESIDE.has(path.basename(file)) });
  for (const name of ["alarms.tf", "arrivals.tf"]) {
    const file = path.join(dir, name);
    const kept = blocksOf(fs.readFileSync(file, "utf8")).filter((block) => !ELSEWHERE.test(block));
    fs.writeFileSync(file, kept.join("\n\n").replace("aws_lambda_function.hash.arn", "aws_sqs_queue.not_hashed.arn"));
  }
  const beside = (name: string) => path.join(to, name);
  fs.copyFileSync(path.join(ZONE, "part11.yaml"), beside("part11.yaml"));
  fs.writeFileSync(beside("waivers.yaml"), seenToday(fs.readFileSync(path.join(ZONE, "waivers.yaml"), "utf8")));
  return { dir, settings: beside("part11.yaml"), waivers: beside("waivers.yaml") };
}

/** Blocks at the top of a file, each with the comment above it. */
function blocksOf(text: string): string[] {
  return text.split(/\n\n(?=\S)/).map((block) => block.replace(/^(?:#.*\n)+/, ""));
}

/** What somebody saw on a day of the past ends some day, and a test must not. */
function seenToday(text: string): string {
  const day = (after: number) => new Date(Date.now() + after * 86_400_000).toISOString().slice(0, 10);
  return text.replace(/at: "[\d-]+"/g, `at: "${day(0)}"`).replace(/expires: "[\d-]+"/g, `expires: "${day(60)}"`);
}
