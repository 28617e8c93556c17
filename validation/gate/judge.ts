// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { type Facts, type FactsFiles, loadFacts } from "../facts";
import { packageRoot } from "../package-root";
import { type DecideOptions, decide } from "./decide";
import type { Decisions } from "./decisions";
import { evaluate } from "./evaluate";
import { evaluateBoth, joinedSidecar, loadHouse } from "./house";
import { loadPolicy, type Policy } from "./policy";
import { loadWaivers } from "./waivers";

export interface JudgeOptions extends Pick<DecideOptions, "failOn"> {
  /** Folder of the compiled policies. `@default` the one of this package */
  readonly policyFolder?: string;
  /** House rules, as `loadHouse` takes them. `@default` none */
  readonly bundle?: string;
  /** waivers.yaml, and the UTC day for which it is judged (YYYY-MM-DD). `@default` none */
  readonly waivers?: { readonly file: string; readonly asOf: string };
}

/**
 * Judges the plan in some files: the whole gate but its command line.
 *
 * @param cwd folder at which relative paths start
 * @throws the codes of `loadPolicy`, `loadHouse`, `loadWaivers`, `loadFacts` and `evaluate`; whatever throws, nothing was judged
 */
export function judge(files: FactsFiles, cwd: string, options: JudgeOptions = {}): Decisions {
  const policy = loadPolicy(options.policyFolder);
  const inFolder = (file: string) => path.resolve(cwd, file);
  const house = options.bundle === undefined ? undefined : loadHouse(inFolder(options.bundle), policy.sidecar.controls);
  const catalogue = house ? { ...policy, sidecar: joinedSidecar(policy.sidecar, house.sidecar) } : policy;
  const given = options.waivers;
  const waivers = given && loadWaivers(inFolder(given.file), given.asOf, catalogue.sidecar.controls);
  const facts = { ...factsFor(catalogue, files, cwd), ...(waivers ? { waivers } : {}) };
  const evaluation = house ? evaluateBoth(facts, policy, house) : evaluate(facts, policy);
  return decide(facts, catalogue, evaluation, { failOn: options.failOn, bundleDigest: house?.digest });
}

/** The facts document exactly as the gate puts it before a policy: with that policy's digest, attributes and tools. */
export function factsFor(
  { sidecar, digest }: Pick<Policy, "sidecar" | "digest">,
  files: FactsFiles,
  cwd: string,
): Facts {
  const tools = { part11: ownVersion(), opa: sidecar.opaVersion };
  return loadFacts(files, cwd, { controls: sidecar.controls, policyDigest: digest, tools });
}

function ownVersion(): string {
  return JSON.parse(fs.readFileSync(path.join(packageRoot(), "package.json"), "utf8")).version;
}
