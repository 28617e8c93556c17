// SPDX-License-Identifier: Apache-2.0
import { compareFacts, type FactsComparison, type QualifiedRun, unreadDifferences } from "../comparison";
import { canQualify, READ_ONLY, type RunTarget, type Summary } from "../evidence";
import type { Facts } from "../facts";
import { isCovered } from "./lock-durations";
import type { LockParameter, Parameter, Parameters, TextParameter } from "./parameter";
import { chosenNames, holds, substituted } from "./substitute";

export type EquivalenceCode =
  | "DEVELOPMENT_EVIDENCE"
  | "RUN_READ_ONLY"
  | "RUN_PROVISIONAL"
  | "RUN_NOT_COMPLETE"
  | "SIGNER_NOT_PINNED"
  | "PARAMETER_UNUSED"
  | "RESOURCE_DIFFERS"
  | "PLAN_DIFFERS";

/** One thing that keeps production from being called qualified. */
export interface EquivalenceProblem {
  readonly code: EquivalenceCode;
  readonly where: string;
  readonly what: string;
}

/** A parameter with the number of places that differ by it and by nothing else. */
export type UsedParameter = Parameter & { readonly places: number };

/** `validation/schema/equivalence.schema.json`. */
export interface Equivalence {
  readonly schemaVersion: 1;
  readonly from: {
    readonly bundle: string;
    readonly plan: string;
    readonly status: string;
    readonly target: RunTarget;
    readonly keyId: string;
    readonly planSha256: string;
  };
  readonly to: { readonly planSha256: string };
  /** Null without a file: nothing may differ. */
  readonly parametersFile: { readonly file: string; readonly sha256: string } | null;
  readonly parameters: readonly UsedParameter[];
  readonly problems: readonly EquivalenceProblem[];
  /** True exactly when there is no problem. */
  readonly mayBeCalledQualified: boolean;
}

export interface EquivalenceInputs {
  readonly run: QualifiedRun;
  readonly production: { readonly facts: Facts; readonly synth: unknown };
  /** @default - nothing may differ */
  readonly parameters?: Parameters;
}

/** Whether a production plan is what was qualified, but for the parameters that somebody listed and justified. */
export function equivalenceOf({ run, production, parameters: given }: EquivalenceInputs): Equivalence {
  const { record, plan, keyId, isPinned } = run;
  const { bundle, status, target } = record.summary;
  const parameters = given?.parameters ?? [];
  const texts = parameters
    .filter((one): one is TextParameter => one.kind !== "lock-duration")
    .filter((one) => isOfNames(one, plan.synth, production.synth));
  const locks = parameters.filter((one): one is LockParameter => one.kind === "lock-duration");
  const before = substituted(plan.facts, texts, "qualified");
  const after = substituted(production.facts, texts, "production");
  const comparison = compareFacts(before.value, after.value);
  const unread = unreadDifferences(
    substituted(plan.synth, texts, "qualified").value,
    substituted(production.synth, texts, "production").value,
    comparison,
  );
  const addressOf = (address: string) => substituted(address, texts, "qualified").value;
  const covered = new Map(
    comparison.resources.flatMap((change) => {
      const lock = locks.find(({ address }) => addressOf(address) === change.address);
      return lock && isCovered(change, lock, before.value, after.value) ? [[change.address, lock] as const] : [];
    }),
  );
  const used = parameters.map((parameter): UsedParameter => {
    if (parameter.kind === "lock-duration")
      return { ...parameter, places: covered.has(addressOf(parameter.address)) ? 1 : 0 };
    const [one, other] = [before, after].map(({ places }) => places.get(parameter.line) ?? 0);
    return { ...parameter, places: Math.min(one!, other!) };
  });
  const problems = [
    ...ofRun(record.summary, isPinned),
    ...used.filter(({ places }) => places === 0).map(unused),
    ...ofComparison({ ...comparison, resources: comparison.resources.filter(({ address }) => !covered.has(address)) }),
    ...(plan.synth === undefined ? [problem("PLAN_DIFFERS", "synth", "is not in the bundle")] : []),
    ...unread.map(({ where, what }) => problem("PLAN_DIFFERS", where, what)),
  ];
  return {
    schemaVersion: 1,
    from: { bundle, plan: plan.name, status, target, keyId, planSha256: plan.facts.meta.digests.plan },
    to: { planSha256: production.facts.meta.digests.plan },
    parametersFile: given ? { file: given.file, sha256: given.sha256 } : null,
    parameters: used,
    problems,
    mayBeCalledQualified: problems.length === 0,
  };
}

/** A name is part of some resource's name or tags on either side: otherwise a setting could be called one. */
function isOfNames(parameter: TextParameter, qualified: unknown, production: unknown): boolean {
  if (parameter.kind === "account") return true;
  const isNamed = (synth: unknown, part: string) => chosenNames(synth).some((text) => holds(text, part));
  return isNamed(qualified, parameter.qualified) && isNamed(production, parameter.production);
}

function ofRun({ bundle, status, target, execution }: Summary, isPinned: boolean): EquivalenceProblem[] {
  return [
    ...(target.kind === "aws"
      ? []
      : [problem("DEVELOPMENT_EVIDENCE", target.name, "development evidence qualifies nothing")]),
    ...(target.kind === "aws" && !canQualify(target) ? [problem("RUN_READ_ONLY", bundle, READ_ONLY)] : []),
    ...(target.kind === "aws" && execution?.provisional !== false
      ? [problem("RUN_PROVISIONAL", bundle, "was executed without approvals: nobody agreed to what it qualifies")]
      : []),
    ...(status === "COMPLETE" ? [] : [problem("RUN_NOT_COMPLETE", bundle, `is ${status}`)]),
    ...(isPinned ? [] : [problem("SIGNER_NOT_PINNED", bundle, "no --key says who must have sealed it")]),
  ];
}

function unused(parameter: Parameter): EquivalenceProblem {
  const where = `line ${parameter.line}`;
  return problem("PARAMETER_UNUSED", where, `${parameter.kind} covers no difference from and to what it says`);
}

function ofComparison({ resources, others }: FactsComparison): EquivalenceProblem[] {
  return [
    ...resources.map(({ address, kind, attributes }) => {
      const paths = attributes.map(({ path, aspects }) => `${path} (${aspects.join(", ")})`).join(", ");
      return problem("RESOURCE_DIFFERS", address, paths === "" ? kind : `${kind}: ${paths}`);
    }),
    ...others.map(({ where, what }) => problem("PLAN_DIFFERS", where, what)),
  ];
}

function problem(code: EquivalenceCode, where: string, what: string): EquivalenceProblem {
  return { code, where, what };
}
