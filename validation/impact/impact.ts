// SPDX-License-Identifier: Apache-2.0
import { isDeepStrictEqual } from "node:util";
import {
  compareFacts,
  type FactsComparison,
  type OtherDifference,
  type QualifiedRun,
  unreadDifferences,
} from "../comparison";
import type { RunTarget } from "../evidence";
import type { Facts } from "../facts";
import type { Policy } from "../gate";
import type { LinkedControl, RequirementLinks } from "../requirements/links";
import { type StepImpact, stepImpacts } from "./step-impacts";
import { type TouchedControl, touchedControls } from "./touched-controls";

/** `validation/schema/impact.schema.json`. */
export interface Impact {
  readonly schemaVersion: 1;
  readonly from: {
    readonly bundle: string;
    readonly plan: string;
    readonly status: string;
    readonly target: RunTarget;
    readonly keyId: string;
    readonly isPinned: boolean;
    readonly planSha256: string;
  };
  readonly to: { readonly planSha256: string };
  readonly changes: FactsComparison["resources"];
  /** Why everything is touched; empty where each difference is understood. */
  readonly notUnderstood: readonly OtherDifference[];
  readonly controls: readonly TouchedControl[];
  /** Ids of requirements, sorted: of touched controls, and of steps to execute again. */
  readonly requirements: readonly string[];
  /** Every step of the run's protocols, with why it is to be executed again, or why its result stands. */
  readonly steps: readonly StepImpact[];
  /** Addresses that no step reads back yet. */
  readonly newReadBacks: readonly string[];
}

export interface ImpactInputs {
  readonly run: QualifiedRun;
  readonly facts: Facts;
  /** cdk.tf.json of the new plan; undefined: what no control reads cannot be compared. */
  readonly synth: unknown;
  readonly policy: Policy;
  /** Controls that no plan shows. */
  readonly outside: readonly LinkedControl[];
  readonly links: RequirementLinks;
}

/**
 * What a new plan changes of what was qualified, and what of the protocols is to be executed again at least. A difference
 * that is not understood touches everything; so does a run that was not complete, since nothing of it stands.
 */
export function impactOf({ run, facts, synth, policy, outside, links }: ImpactInputs): Impact {
  const { record, plan, keyId, isPinned } = run;
  const { bundle, status, target } = record.summary;
  const comparison = compareFacts(plan.facts, facts);
  const { touched, unread } = touchedControls(comparison.resources, policy);
  const notUnderstood = [
    ...(status === "COMPLETE" ? [] : [{ where: bundle, what: `is ${status}: nothing of it stands` }]),
    ...comparison.others,
    ...unread,
    ...(plan.synth === undefined || synth === undefined
      ? [{ where: "synth", what: "is not given: what no control reads cannot be compared" }]
      : unreadDifferences(plan.synth, synth, comparison)),
  ];
  const everything = notUnderstood.length > 0;
  const judging = new Set(policy.sidecar.controls.map(({ id }) => id));
  const all = [...policy.sidecar.controls, ...outside];
  const controls = everything
    ? all.map(({ id, requirements }) => ({ id, requirements, because: "not every difference is understood" }))
    : touched;
  const steps = stepImpacts({
    record,
    before: plan.facts,
    after: facts,
    comparison,
    controls,
    judging,
    links,
    everything,
  });
  const again = steps.filter((one) => one.again);
  const planned = record.protocols.flatMap((protocol) => protocol.steps);
  const ofSteps = planned
    .filter(({ id }) => again.some(({ step }) => step === id))
    .flatMap((one) => links.ofStep(one).requirements);
  const readBacks = new Set(planned.flatMap(({ readBack }) => readBack?.address ?? []));
  return {
    schemaVersion: 1,
    from: { bundle, plan: plan.name, status, target, keyId, isPinned, planSha256: plan.facts.meta.digests.plan },
    to: { planSha256: facts.meta.digests.plan },
    changes: comparison.resources,
    notUnderstood,
    controls,
    requirements: [...new Set([...controls.flatMap(({ requirements }) => requirements), ...ofSteps])].sort(),
    steps,
    newReadBacks: comparison.resources
      .filter(({ address, kind }) => kind === "added" && !readBacks.has(address) && isManaged(facts, address))
      .map(({ address }) => address),
  };
}

/** Whether two plans differ in nothing that is looked at. */
export function isSame({ changes, notUnderstood }: Impact): boolean {
  return isDeepStrictEqual([changes, notUnderstood], [[], []]);
}

function isManaged({ resources }: Facts, address: string): boolean {
  return resources[address]?.mode === "managed";
}
