// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { Part11Error } from "../../error";
import { readJsonFile, sha256Hex } from "../../json";
import { PLAN_FILES, type PlanArtifacts, type PlanFile } from "../../plan";

const MAX_BYTES = 512 * 1024 * 1024 - 1;

/** A plan that somebody made before, with what a run reads of it. */
export interface GivenPlan extends Pick<PlanArtifacts, "out" | "digests" | "startedAt" | "finishedAt"> {
  /** plan.json */
  readonly plan: unknown;
  /** cdk.tf.json */
  readonly synth: unknown;
  readonly terraformVersion: string;
}

/**
 * Reads a folder of `part11 plan`, every file of it by the SHA-256 that was taken when it was written.
 *
 * @throws FILE_NOT_FOUND, PLAN_CHANGED, PLAN_FORMAT
 */
export function readGivenPlan(out: string): GivenPlan {
  const written = readJsonFile(path.join(out, "digests.json"), { maxBytes: 10_000 }) as Partial<
    Record<PlanFile, string>
  >;
  for (const name of PLAN_FILES) {
    const file = path.join(out, name);
    const got = fs.existsSync(file) ? sha256Hex(fs.readFileSync(file)) : "no file";
    if (got === written?.[name]) continue;
    const expected = `sha256 ${written?.[name] ?? "in digests.json"}`;
    throw changed("PLAN_CHANGED", "plan is not the one that was made", file, expected, got);
  }
  const plan = readJsonFile(path.join(out, "plan.json"), { maxBytes: MAX_BYTES }) as Record<string, unknown>;
  const made = new Date(String(plan.timestamp));
  if (Number.isNaN(made.getTime()) || typeof plan.terraform_version !== "string") {
    throw changed(
      "PLAN_FORMAT",
      "plan does not say by what and when it was made",
      path.join(out, "plan.json"),
      "terraform_version and timestamp",
      "none",
    );
  }
  const synth = readJsonFile(path.join(out, "cdk.tf.json"), { maxBytes: MAX_BYTES });
  return {
    out,
    digests: written,
    startedAt: made,
    finishedAt: made,
    plan,
    synth,
    terraformVersion: plan.terraform_version,
  };
}

/** State of the installed stack with the digest of its file. It may hold sensitive values, and no line of it reaches a bundle. */
export function readGivenState(file: string): { readonly state: unknown; readonly sha256: string } {
  const state = readJsonFile(file, { maxBytes: MAX_BYTES });
  return { state, sha256: sha256Hex(fs.readFileSync(file)) };
}

function changed(
  code: "PLAN_CHANGED" | "PLAN_FORMAT",
  what: string,
  where: string,
  expected: string,
  got: string,
): Part11Error {
  return new Part11Error({ code, what, where, expected, got, todo: "give a folder as part11 plan wrote it" });
}
