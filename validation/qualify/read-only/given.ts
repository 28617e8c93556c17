// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { Part11Error } from "../../error";
import { isObject } from "../../facts/json-object";
import { parseStrict, readCapped, readJsonFile, sha256Hex } from "../../json";
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
  const read = readJsonFile(path.join(out, "digests.json"), { maxBytes: 10_000 });
  const digests = (isObject(read) ? read : {}) as Partial<Record<PlanFile, string>>;
  const files = new Map(PLAN_FILES.map((name) => [name, writtenFile(path.join(out, name), digests[name])]));
  const parsed = (name: PlanFile) => parseStrict(files.get(name)!, path.join(out, name));
  const plan = parsed("plan.json");
  const { timestamp, terraform_version: terraformVersion, resource_changes: changes } = isObject(plan) ? plan : {};
  const made = new Date(String(timestamp));
  if (Number.isNaN(made.getTime()) || typeof terraformVersion !== "string" || !Array.isArray(changes)) {
    const expected = "a plan with terraform_version, timestamp and resource_changes";
    const what = "plan does not say what it changes, by what and when it was made";
    throw changed("PLAN_FORMAT", what, path.join(out, "plan.json"), expected, "none");
  }
  return {
    out,
    digests,
    startedAt: made,
    finishedAt: made,
    plan,
    synth: parsed("cdk.tf.json"),
    terraformVersion,
  };
}

/** What is parsed are the very bytes that were hashed. */
function writtenFile(file: string, sha256: string | undefined): Buffer {
  const bytes = fs.existsSync(file) ? readCapped(file, { maxBytes: MAX_BYTES }) : undefined;
  const got = bytes === undefined ? "no file" : sha256Hex(bytes);
  if (bytes !== undefined && got === sha256) return bytes;
  const expected = `sha256 ${sha256 ?? "in digests.json"}`;
  throw changed("PLAN_CHANGED", "plan is not the one that was made", file, expected, got);
}

/** State of the installed stack with the digest of its file. It may hold sensitive values, and no line of it reaches a bundle. */
export function readGivenState(file: string): { readonly state: unknown; readonly sha256: string } {
  const bytes = readCapped(file, { maxBytes: MAX_BYTES });
  return { state: parseStrict(bytes, file), sha256: sha256Hex(bytes) };
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
