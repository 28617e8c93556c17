// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { type Bundle, type GateFinding, gateFindingsOf, pendingOf } from "../evidence";
import type { Facts } from "../facts";
import { type Decisions, decide, decisionBytes, evaluate, factsFor, type Policy } from "../gate";
import { packageRoot } from "../package-root";
import type { Environment, PlanArtifacts } from "../plan";

const MAX_PLAN_BYTES = 512 * 1024 * 1024 - 1;

/** What is judged of a plan, whoever made it. */
export type JudgedArtifacts = Pick<PlanArtifacts, "out" | "digests" | "startedAt" | "finishedAt">;

/** A plan with what the policies saw of it and said. */
export interface JudgedPlan<Artifacts extends JudgedArtifacts = PlanArtifacts> {
  /** Name in journal and commitments. */
  readonly name: string;
  readonly artifacts: Artifacts;
  readonly facts: Facts;
  readonly decisions: Decisions;
}

/** The qualification alone lets in the machine that runs it: nothing of it is in the settings that production is judged by. */
function gateSettings(environment: Environment): string {
  const name = environment === "qualification" ? "part11-qualification.yaml" : "part11.yaml";
  return path.join(packageRoot(), "stacks", "settings", name);
}

/**
 * Judges a plan and writes plan, synth and decision into the journal, in this order.
 *
 * @param given settings of the gate, or none @default - those of this package's own stacks
 */
export function judge<Artifacts extends JudgedArtifacts>(
  bundle: Bundle,
  name: string,
  artifacts: Artifacts,
  environment: Environment,
  policy: Policy,
  { settings }: { readonly settings?: string | undefined } = { settings: gateSettings(environment) },
): JudgedPlan<Artifacts> {
  const file = (base: string) => path.join(artifacts.out, base);
  const { "plan.bin": planSha256, ...digests } = artifacts.digests;
  bundle.journal.append("plan-made", {
    plan: name,
    planSha256: planSha256!,
    digests: digests as Record<string, string>,
    startedAt: artifacts.startedAt.toISOString(),
    finishedAt: artifacts.finishedAt.toISOString(),
    evidence: [
      bundle.addFile(`plans/${name}/cdk.tf.json`, fs.readFileSync(file("cdk.tf.json"))),
      bundle.addFile(`plans/${name}/terraform.lock.hcl`, fs.readFileSync(file(".terraform.lock.hcl"))),
    ],
  });
  const files = {
    plan: file("plan.json"),
    synth: file("cdk.tf.json"),
    lock: file(".terraform.lock.hcl"),
    ...(settings === undefined ? {} : { settings }),
    environment,
    maxBytes: MAX_PLAN_BYTES,
  };
  const facts = factsFor(policy, files, artifacts.out);
  const decisions = decide(facts, policy, evaluate(facts, policy), { failOn: "low" });
  bundle.journal.append("gate-decided", {
    plan: name,
    planSha256: planSha256!,
    verdict: decisions.verdict,
    facts: bundle.addJson(`plans/${name}/facts.json`, facts),
    decisions: bundle.addFile(`decisions/${name}.json`, decisionBytes(decisions)),
    findings: gateFindingsOf(decisions),
    pending: pendingOf(decisions),
  });
  return { name, artifacts, facts, decisions };
}

/** Says why a plan must not be applied: findings that the profile does not commit, or committed ones that are gone. */
export function departures(plan: JudgedPlan, committed: readonly GateFinding[]): string[] {
  const key = (finding: GateFinding) =>
    JSON.stringify([finding.control, finding.address, finding.attribute, finding.status]);
  const expected = new Set(committed.map(key));
  const found = new Set(gateFindingsOf(plan.decisions).map(key));
  const more = [...found].filter((finding) => !expected.has(finding)).map((finding) => `not committed: ${finding}`);
  const gone = [...expected]
    .filter((finding) => !found.has(finding))
    .map((finding) => `committed and not found: ${finding}`);
  return [...more, ...gone];
}
