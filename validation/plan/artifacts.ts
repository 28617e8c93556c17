// SPDX-License-Identifier: Apache-2.0
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import type { Terraform } from "../toolchain";
import type { Environment, PlanTarget } from "./options";

/** Files of a finished plan; `digests.json` beside them gives the SHA-256 of each. */
export const PLAN_FILES = ["plan.bin", "plan.json", "cdk.tf.json", ".terraform.lock.hcl"] as const;
export type PlanFile = (typeof PLAN_FILES)[number];

/** A plan as it was written, with the digests taken then. */
export interface PlanArtifacts {
  readonly stack: string;
  readonly environment: Environment;
  readonly target: PlanTarget;
  /** Folder with the files. */
  readonly out: string;
  /** SHA-256, lower-case hex. `.terraform.lock.hcl` is absent when the stack uses built-in providers only. */
  readonly digests: Readonly<Partial<Record<PlanFile, string>>>;
  /** From the start of the synth to the last digest. */
  readonly startedAt: Date;
  readonly finishedAt: Date;
  readonly terraform: Terraform;
  /** Initialised Terraform folder, when it was kept. */
  readonly workDir?: string | undefined;
  /** Environment in which the plan was made, without the offline stub. It may hold credentials: never write it out. */
  readonly env: NodeJS.ProcessEnv;
}

/** SHA-256 of a file, lower-case hex, read in pieces. */
export async function sha256File(file: string): Promise<string> {
  const hash = createHash("sha256");
  for await (const chunk of fs.createReadStream(file)) hash.update(chunk as Buffer);
  return hash.digest("hex");
}
