// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { type Bundle, type EvidenceRef, type GateFinding, gateFindingsOf, pendingOf } from "../evidence";
import type { Facts } from "../facts";
import { type Decisions, decide, decisionBytes, type Evaluation, evaluate, factsFor, type Policy } from "../gate";
import { loadWaivers } from "../gate/waivers";
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

/** What a plan is judged by, beside the policies. */
export interface JudgedBy {
  /** part11.yaml, or none. */
  readonly settings?: string | undefined;
  /** waivers.yaml, and the UTC day for which it is judged. @default none */
  readonly waivers?: { readonly file: string; readonly asOf: string } | undefined;
}

/** What the policies saw of a plan, said of each control, and what comes of it. */
export interface Judgement {
  readonly facts: Facts;
  readonly evaluation: Evaluation;
  readonly decisions: Decisions;
}

/** Judges a plan and writes nothing. */
export function judgementOf(
  { out, digests }: JudgedArtifacts,
  environment: Environment,
  policy: Policy,
  { settings, waivers: given }: JudgedBy,
): Judgement {
  const file = (base: string) => path.join(out, base);
  const files = {
    plan: file("plan.json"),
    ...(digests["cdk.tf.json"] === undefined ? {} : { synth: file("cdk.tf.json") }),
    lock: file(".terraform.lock.hcl"),
    ...(settings === undefined ? {} : { settings }),
    environment,
    maxBytes: MAX_PLAN_BYTES,
  };
  const waivers = given && loadWaivers(given.file, given.asOf, policy.sidecar.controls);
  const facts = { ...factsFor(policy, files, out), ...(waivers ? { waivers } : {}) };
  const evaluation = evaluate(facts, policy);
  return { facts, evaluation, decisions: decide(facts, policy, evaluation, { failOn: "low" }) };
}

/**
 * Judges a plan and writes plan, synth and decision into the journal, in this order.
 *
 * @param by settings of the gate @default - those of this package's own stacks
 */
export function judge<Artifacts extends JudgedArtifacts>(
  bundle: Bundle,
  name: string,
  artifacts: Artifacts,
  environment: Environment,
  policy: Policy,
  by: JudgedBy = { settings: gateSettings(environment) },
): JudgedPlan<Artifacts> {
  const synth = fs.readFileSync(path.join(artifacts.out, "cdk.tf.json"));
  journalPlan(bundle, name, artifacts, [bundle.addFile(`plans/${name}/cdk.tf.json`, synth)]);
  return journalJudgement(bundle, name, artifacts, judgementOf(artifacts, environment, policy, by));
}

/** Writes that a plan was made. @param sources what it was made from, as evidence */
export function journalPlan(
  bundle: Bundle,
  name: string,
  artifacts: JudgedArtifacts,
  sources: readonly EvidenceRef[],
): void {
  const lock = fs.readFileSync(path.join(artifacts.out, ".terraform.lock.hcl"));
  const { "plan.bin": planSha256, ...digests } = artifacts.digests;
  const ofSources = sources.map(({ path: file, sha256 }) => [path.basename(file), sha256] as const);
  bundle.journal.append("plan-made", {
    plan: name,
    planSha256: planSha256!,
    digests: { ...(digests as Record<string, string>), ...Object.fromEntries(ofSources) },
    startedAt: artifacts.startedAt.toISOString(),
    finishedAt: artifacts.finishedAt.toISOString(),
    evidence: [...sources, bundle.addFile(`plans/${name}/terraform.lock.hcl`, lock)],
  });
}

/** Writes what was judged of a plan, and how. */
export function journalJudgement<Artifacts extends JudgedArtifacts>(
  bundle: Bundle,
  name: string,
  artifacts: Artifacts,
  { facts, decisions }: Pick<Judgement, "facts" | "decisions">,
): JudgedPlan<Artifacts> {
  bundle.journal.append("gate-decided", {
    plan: name,
    planSha256: artifacts.digests["plan.bin"]!,
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
