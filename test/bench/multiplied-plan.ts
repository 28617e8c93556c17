// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { packageRoot } from "../../validation/package-root";
import { multiply, resourceCount } from "./multiply";

/** Files of one size, as the gate takes them. */
export interface MultipliedPlan {
  readonly plan: string;
  readonly synth: string;
  readonly lock: string;
  readonly settings: string;
  /** Of the plan. */
  readonly bytes: number;
  /** Whole landing zones, so the nearest number at or above the wanted one. */
  readonly resources: number;
}

const GOLDEN = path.join(packageRoot(), "test", "golden", "production");

/** Writes the production plan, multiplied to at least so many resources, into a folder. */
export function writeMultipliedPlan(folder: string, wanted: number): MultipliedPlan {
  const read = (name: string) => fs.readFileSync(path.join(GOLDEN, name), "utf8");
  const original = { plan: read("plan.json"), synth: read("cdk.tf.json") };
  const one = resourceCount(original.plan);
  const copies = Math.ceil(wanted / one);
  const { plan, synth } = multiply(original, copies);
  const files = { plan: path.join(folder, "plan.json"), synth: path.join(folder, "cdk.tf.json") };
  fs.writeFileSync(files.plan, plan);
  fs.writeFileSync(files.synth, synth);
  const lock = path.join(GOLDEN, ".terraform.lock.hcl");
  const settings = path.join(GOLDEN, "part11.yaml");
  return { ...files, lock, settings, bytes: fs.statSync(files.plan).size, resources: copies * one };
}
