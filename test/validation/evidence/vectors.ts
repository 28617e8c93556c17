// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import type { Act } from "./tampering";

/** A named tampering with an intact bundle, and what verifying must say of it. */
export interface Vector {
  readonly desc: string;
  /** Run that is tampered with. @default - the provisional one */
  readonly of?: "approved";
  readonly tamper: readonly Act[];
  readonly wantCode: string;
}

const FOLDER = path.join(__dirname, "..", "..", "evidence", "vectors");

/** All vectors by name. */
export const VECTORS = fs
  .readdirSync(FOLDER)
  .sort()
  .map(
    (file) =>
      [path.basename(file, ".json"), JSON.parse(fs.readFileSync(path.join(FOLDER, file), "utf8")) as Vector] as const,
  );
