// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { type ControlMetadata, packageName } from "../../validation/gate";
import { CORPUS, notesOf } from "../corpus/folders";
import { judgedControl } from "../corpus/judged";

/** An example of the corpus as a page shows it. */
export interface ShownExample {
  /** What is to be known before the files: another environment, an edit of the plan. */
  readonly remarks: readonly string[];
  /** What the gate says of one that fails: address and message of the first finding. */
  readonly finding: string | undefined;
  readonly files: readonly { readonly name: string; readonly language: string; readonly text: string }[];
}

const SHOWN = [
  ["main.tf", "hcl"],
  ["cdk.tf.json", "json"],
  ["part11.yaml", "yaml"],
  ["waivers.yaml", "yaml"],
] as const;

/** The example of a control with that outcome; undefined while it is not written. */
export function exampleOf(control: ControlMetadata, outcome: "fail" | "pass"): ShownExample | undefined {
  const folder = path.join(CORPUS, "controls", packageName(control), outcome);
  const files = SHOWN.filter(([name]) => fs.existsSync(path.join(folder, name))).map(([name, language]) => ({
    name,
    language,
    text: fs.readFileSync(path.join(folder, name), "utf8").trimEnd(),
  }));
  return files.length === 0
    ? undefined
    : { remarks: remarksOn(folder), finding: outcome === "fail" ? findingOn(folder, control) : undefined, files };
}

function findingOn(folder: string, { id }: ControlMetadata): string | undefined {
  const finding = judgedControl(folder, id).findings.find(({ status }) => status === "fail");
  return finding && `The gate says of \`${finding.address}\`: ${finding.message}`;
}

function remarksOn(folder: string): readonly string[] {
  const { environment, asOf, synthetic } = notesOf(folder);
  const beside = (name: string) => fs.existsSync(path.join(folder, name));
  return [
    environment && `Judged for ${environment}.`,
    asOf && `Judged as of ${asOf}.`,
    beside(".terraform.lock.hcl") && "The gate is given the lock file too.",
    beside("terraform.tfstate") && "The state holds the resource already.",
    synthetic && `Synthetic: the plan is edited to be ${synthetic}.`,
  ].filter((remark) => typeof remark === "string");
}
