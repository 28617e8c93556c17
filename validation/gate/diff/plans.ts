// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { Part11Error } from "../../error";
import { attributesOf, ENVIRONMENTS, type Facts, loadSettings, openPlan, readFacts, readLock } from "../../facts";
import { readJsonFile, sha256Hex } from "../../json";
import { packageRoot } from "../../package-root";
import type { ControlMetadata } from "../decisions";
import type { Documents } from "../mutation/documents";

const MAX_BYTES = 512 * 1024 * 1024 - 1;

/** A plan with what stands beside it: `cdk.tf.json`, `.terraform.lock.hcl`, `part11.yaml`, `example.json`. */
export interface DiffPlan {
  readonly name: string;
  readonly folder: string;
  readonly environment: string;
  /** Whether its mutants are compared too. */
  readonly isMutated: boolean;
}

/** The production plan of this repository with its mutants, and its corpus as it is. */
const OWN = [
  { folder: "test/golden/production", isMutated: true },
  { folder: "test/corpus", isMutated: false },
] as const;

/**
 * Every folder with a `plan.json` in or below some folders; those of this repository when none is named.
 *
 * @throws USAGE when there is none: nothing would be compared
 */
export function plansIn(folders: readonly string[], cwd: string): readonly DiffPlan[] {
  const given = folders.map((folder) => ({ root: path.resolve(cwd, folder), isMutated: true }));
  const own = OWN.map(({ folder, isMutated }) => ({ root: path.join(packageRoot(), folder), isMutated }));
  const plans = (given.length > 0 ? given : own).flatMap(({ root, isMutated }) =>
    planFolders(root).map((folder) => ({
      name: path.relative(path.dirname(root), folder),
      folder,
      environment: environmentOf(folder),
      isMutated,
    })),
  );
  if (plans.length > 0) return plans;
  throw new Part11Error({
    code: "USAGE",
    what: "no plans to compare on",
    where: folders.join(", ") || "part11 policy diff",
    expected: "folders that hold plan.json",
    got: "none",
    todo: "name folders with plans after the two policies",
  });
}

/** The files of a plan, parsed. */
export function documentsOf({ folder }: DiffPlan): Documents & { readonly hasSynth: boolean } {
  const file = (name: string) => path.join(folder, name);
  const hasSynth = fs.existsSync(file("cdk.tf.json"));
  const lock = fs.existsSync(file(".terraform.lock.hcl")) ? fs.readFileSync(file(".terraform.lock.hcl"), "utf8") : "";
  const json = (name: string) => readJsonFile(file(name), { maxBytes: MAX_BYTES });
  const synth = hasSynth ? (json("cdk.tf.json") as Documents["synth"]) : { resource: {} };
  return { plan: json("plan.json") as Documents["plan"], synth, lock, hasSynth };
}

/** Facts of documents, with what any of the controls reads. @throws as `openPlan` and `readFacts` */
export function factsOfDocuments(
  documents: Documents & { readonly hasSynth: boolean },
  { folder }: DiffPlan,
  environment: string,
  controls: readonly ControlMetadata[],
): Facts {
  const { plan, synth, lock, hasSynth } = documents;
  const bytes = Buffer.from(JSON.stringify(plan));
  const settings = path.join(folder, "part11.yaml");
  const digest = sha256Hex("");
  return readFacts({
    plan: openPlan(bytes, "plan"),
    synth: hasSynth ? synth : null,
    lock: lock === "" ? null : readLock(lock, "lock"),
    settings: loadSettings(environment, fs.existsSync(settings) ? settings : null).settings,
    attributes: attributesOf(controls),
    digests: {
      plan: sha256Hex(bytes),
      synth: hasSynth ? digest : null,
      lock: lock === "" ? null : digest,
      policy: digest,
      settings: null,
    },
    tools: { part11: "0.0.0", opa: "0.0.0" },
  });
}

function planFolders(root: string): readonly string[] {
  if (!fs.existsSync(root)) return [];
  return fs
    .readdirSync(root, { recursive: true, encoding: "utf8" })
    .filter((name) => path.basename(name) === "plan.json")
    .map((name) => path.dirname(path.join(root, name)))
    .sort();
}

function environmentOf(folder: string): string {
  const file = path.join(folder, "example.json");
  if (!fs.existsSync(file)) return "production";
  const { environment } = readJsonFile(file, { maxBytes: 1_000_000 }) as { environment?: string };
  return ENVIRONMENTS.find((name) => name === environment) ?? "production";
}
