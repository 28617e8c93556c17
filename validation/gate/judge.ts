// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { type Facts, type FactsFiles, loadFacts } from "../facts";
import { packageRoot } from "../package-root";
import { type DecideOptions, decide } from "./decide";
import type { Decisions } from "./decisions";
import { evaluate } from "./evaluate";
import { loadPolicy, type Policy } from "./policy";
import { loadWaivers } from "./waivers";

export interface JudgeOptions extends DecideOptions {
  /** Folder of the compiled policies. `@default` the one of this package */
  readonly policyFolder?: string;
  /** waivers.yaml, and the UTC day for which it is judged (YYYY-MM-DD). `@default` none */
  readonly waivers?: { readonly file: string; readonly asOf: string };
}

/**
 * Judges the plan in some files: the whole gate but its command line.
 *
 * @param cwd folder at which relative paths start
 * @throws the codes of `loadPolicy`, `loadWaivers`, `loadFacts` and `evaluate`; whatever throws, nothing was judged
 */
export function judge(files: FactsFiles, cwd: string, options: JudgeOptions = {}): Decisions {
  const policy = loadPolicy(options.policyFolder);
  const { controls } = policy.sidecar;
  const waivers =
    options.waivers && loadWaivers(path.resolve(cwd, options.waivers.file), options.waivers.asOf, controls);
  const facts = { ...factsFor(policy, files, cwd), ...(waivers ? { waivers } : {}) };
  return decide(facts, policy, evaluate(facts, policy), options);
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
