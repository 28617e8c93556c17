// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import { parseStrict, readCapped, sha256Hex } from "../json";
import type { Facts } from "./facts";
import { readLock } from "./lock";
import { openPlan } from "./open-plan";
import { readFacts } from "./read-facts";
import { loadSettings } from "./settings";
import { readStdin, STDIN } from "./stdin";

/** Files of one plan, and what the gate is told beside it. */
export interface FactsFiles {
  /** Plan JSON; `-` reads stdin. */
  readonly plan: string;
  /** cdk.tf.json. `@default` none: lifecycle and construct paths are not known */
  readonly synth?: string;
  /** .terraform.lock.hcl. `@default` none */
  readonly lock?: string;
  /** part11.yaml. `@default` none: built-in settings */
  readonly settings?: string;
  readonly environment: string;
  /** Largest input file, in bytes. */
  readonly maxBytes: number;
}

export interface FactsOptions {
  /** Controls whose attributes are kept. `@default` every attribute is kept */
  readonly controls?: readonly { readonly attributes: readonly { readonly type: string; readonly path: string }[] }[];
  /** SHA-256 of the policies that will judge, hex. `@default` null */
  readonly policyDigest?: string;
  /** Versions of the tools that judge. `@default` none */
  readonly tools?: Readonly<Record<string, string>>;
}

const MAX_LOCK_BYTES = 1_000_000;

/**
 * Facts of the plan in some files. Relative paths start at `cwd`.
 *
 * @throws the codes of `openPlan`, `readFacts`, `readLock` and `loadSettings`, and those of reading a file
 */
export function loadFacts(files: FactsFiles, cwd: string, options: FactsOptions = {}): Facts {
  const { maxBytes } = files;
  const inFolder = (file: string) => path.resolve(cwd, file);
  const settings = loadSettings(files.environment, files.settings === undefined ? null : inFolder(files.settings));
  const lock = files.lock === undefined ? null : readCapped(inFolder(files.lock), { maxBytes: MAX_LOCK_BYTES });
  const synth = files.synth === undefined ? null : readCapped(inFolder(files.synth), { maxBytes });
  const plan = files.plan === STDIN ? readStdin(maxBytes) : readCapped(inFolder(files.plan), { maxBytes });
  return readFacts({
    plan: openPlan(plan, files.plan === STDIN ? "stdin" : files.plan),
    synth: synth && parseStrict(synth, files.synth!),
    lock: lock && readLock(lock.toString("utf8"), files.lock!),
    settings: settings.settings,
    attributes: options.controls ? attributesOf(options.controls) : null,
    digests: {
      plan: sha256Hex(plan),
      synth: synth && sha256Hex(synth),
      lock: lock && sha256Hex(lock),
      policy: options.policyDigest ?? null,
      settings: settings.digest,
    },
    tools: options.tools,
  });
}

/** Top-level attributes by resource type that the controls list. */
export function attributesOf(
  controls: NonNullable<FactsOptions["controls"]>,
): ReadonlyMap<string, ReadonlySet<string>> {
  const byType = new Map<string, Set<string>>();
  for (const { attributes } of controls) {
    for (const { type, path: dotted } of attributes) {
      const kept = byType.get(type) ?? new Set<string>();
      kept.add(dotted.split(".", 1)[0]!);
      byType.set(type, kept);
    }
  }
  return byType;
}
