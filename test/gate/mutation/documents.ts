// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import type { Documents } from "../../../validation/gate/mutation/documents";
import { packageRoot } from "../../../validation/package-root";

export type { Documents } from "../../../validation/gate/mutation/documents";

/** Folder of the golden production plan. */
export const PRODUCTION = path.join(packageRoot(), "test", "golden", "production");

export function goldenDocuments(folder: string = PRODUCTION): Documents {
  const read = (name: string) => fs.readFileSync(path.join(folder, name), "utf8");
  return {
    plan: JSON.parse(read("plan.json")),
    synth: JSON.parse(read("cdk.tf.json")),
    lock: read(".terraform.lock.hcl"),
  };
}
