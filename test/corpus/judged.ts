// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import type { Facts } from "../../validation/facts";
import { type ControlDecision, type Decisions, decide, evaluate, factsFor, loadPolicy } from "../../validation/gate";
import { loadWaivers } from "../../validation/gate/waivers";
import { evaluateInOneEngine } from "../gate/one-engine";
import { notesOf } from "./folders";

const MAX_BYTES = 64 * 1024 * 1024;

const policy = loadPolicy();

/** They speak of the answers of all others, so they are not asked alone. */
const OF_ANSWERS = new Set(["META-02", "META-07"]);

/** What the gate decides of a stored plan, told whatever stands beside it: synth, lock file, settings, waivers, environment. */
export function judgedFolder(folder: string): Decisions {
  const facts = factsOf(folder);
  return decide(facts, policy, evaluate(facts, policy));
}

/** The same of one control alone, with the others not asked. */
export function judgedControl(folder: string, id: string): ControlDecision {
  const controls = policy.sidecar.controls.filter((control) => control.id === id);
  const facts = factsOf(folder);
  const alone = { ...policy, sidecar: { ...policy.sidecar, controls } };
  const { controls: decided } = OF_ANSWERS.has(id)
    ? judgedFolder(folder)
    : decide(facts, alone, evaluateInOneEngine(facts, controls));
  return decided.find((control) => control.id === id)!;
}

/** What the gate reads of a stored plan. */
export function factsOf(folder: string): Facts {
  const beside = (name: string) => (fs.existsSync(path.join(folder, name)) ? name : undefined);
  const files = {
    plan: "plan.json",
    synth: beside("cdk.tf.json"),
    lock: beside(".terraform.lock.hcl"),
    settings: beside("part11.yaml"),
    environment: notesOf(folder).environment ?? "production",
    maxBytes: MAX_BYTES,
  };
  const facts = factsFor(policy, files, folder);
  const waivers = path.join(folder, "waivers.yaml");
  if (!fs.existsSync(waivers)) return facts;
  return { ...facts, waivers: loadWaivers(waivers, notesOf(folder).asOf!, policy.sidecar.controls) };
}
