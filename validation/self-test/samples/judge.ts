// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { attributesOf, type Facts, loadSettings, type WaiverFacts } from "../../facts";
import type { Decisions, Policy } from "../../gate";
import { sha256Hex } from "../../json";
import { packageRoot } from "../../package-root";
import type { Harness } from "../harness";

export const LOCK = "P11-10c-02";

/** The two files of the compiled policies. */
export function policyFiles(): { readonly wasm: Buffer; readonly sidecar: Buffer } {
  const bytes = (name: string) => fs.readFileSync(path.join(packageRoot(), "policies", name));
  return { wasm: bytes("part11.wasm"), sidecar: bytes("part11.json") };
}

const read = new WeakMap<Harness, Policy>();

/** The policies of this package, read by a harness once. */
export function policyBy(harness: Harness): Policy {
  const policy = read.get(harness) ?? harness.policyOf(policyFiles(), "part11.wasm", "part11");
  read.set(harness, policy);
  return policy;
}

/** Facts of a plan's bytes, for production. */
export function factsBy(harness: Harness, plan: Buffer, synth: unknown = null): Facts {
  const { controls } = policyBy(harness).sidecar;
  return harness.readFacts({
    plan: harness.openPlan(plan, "plan.json"),
    synth,
    lock: null,
    settings: loadSettings("production", null).settings,
    attributes: attributesOf(controls),
    digests: { plan: sha256Hex(plan), synth: null, lock: null, policy: null, settings: null },
  });
}

/** Decisions about a plan, as `part11 gate` makes them. */
export function decidedBy(harness: Harness, plan: object, waivers?: WaiverFacts): Decisions {
  const policy = policyBy(harness);
  const facts = { ...factsBy(harness, bytesOf(plan)), ...(waivers ? { waivers } : {}) };
  return harness.decide(facts, policy, harness.evaluate(facts, policy));
}

/** `<control> <status>` of some controls. */
export function statuses({ controls }: Decisions, ...ids: readonly string[]): string[] {
  return controls.filter(({ id }) => ids.includes(id)).map(({ id, status }) => `${id} ${status}`);
}

export function bytesOf(plan: object): Buffer {
  return Buffer.from(JSON.stringify(plan));
}
