// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { packageRoot } from "../../../validation/package-root";

/** The committed example file, comments and all. */
export const EXAMPLE = fs.readFileSync(path.join(packageRoot(), "stacks", "settings", "vendors.yaml"), "utf8");

/** The example with one text replaced, which must be there. */
export function edited(from: string, to: string): Buffer {
  if (!EXAMPLE.includes(from)) throw new Error(`the example has no ${from}`);
  return Buffer.from(EXAMPLE.replace(from, to));
}
