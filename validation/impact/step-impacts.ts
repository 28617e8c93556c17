// SPDX-License-Identifier: Apache-2.0
import type { FactsComparison } from "../comparison";
import { type ProtocolStep, type RunRecord, stepOutcomes } from "../evidence";
import type { Facts } from "../facts";
import type { RequirementLinks } from "../requirements/links";
import type { TouchedControl } from "./touched-controls";

/** What a change means for one step of the run's protocols. */
export interface StepImpact {
  readonly protocol: string;
  readonly step: string;
  readonly title: string;
  /** Result of the run that is started from. */
  readonly result: string;
  readonly again: boolean;
  /** Why it is to be executed again, or why its result stands. */
  readonly because: string;
}

export interface StepInputs {
  readonly record: RunRecord;
  readonly before: Facts;
  readonly after: Facts;
  readonly comparison: FactsComparison;
  readonly controls: readonly TouchedControl[];
  /** Ids of the controls that judge plans: only of these it is known what they read. */
  readonly judging: ReadonlySet<string>;
  readonly links: RequirementLinks;
  readonly everything: boolean;
}

/** Every planned step: only one that passed, and that nothing touches, stands. */
export function stepImpacts(inputs: StepInputs): readonly StepImpact[] {
  const changed = changedWithReferrers(inputs);
  const controls = new Set(inputs.controls.map(({ id }) => id));
  const same = inputs.comparison.resources.length === 0;
  return stepOutcomes(inputs.record.protocols, inputs.record.entries).map(({ protocol, step, finished }) => {
    const result = finished?.result ?? "NO RESULT";
    const reason =
      (inputs.everything ? "not every difference is understood" : undefined) ??
      (result === "PASS" ? undefined : `its result is ${result}`) ??
      (same ? undefined : touching(step, inputs, changed, controls));
    const of = { protocol: protocol.id, step: step.id, title: step.title, result };
    return reason === undefined
      ? { ...of, again: false, because: same ? "nothing differs" : standing(step, inputs.links) }
      : { ...of, again: true, because: reason };
  });
}

function touching(
  step: ProtocolStep,
  { links, judging }: StepInputs,
  changed: ReadonlyMap<string, string>,
  controls: ReadonlySet<string>,
): string | undefined {
  if (step.readBack) return changed.get(step.readBack.address);
  const own = links.ofStep(step);
  if (own.controls.length === 0) return "no control says what it depends on";
  const apart = own.controls.filter((id) => !judging.has(id));
  if (apart.length > 0) return `shows ${apart.join(", ")}, of which no plan says what it depends on`;
  const touched = own.controls.filter((id) => controls.has(id));
  return touched.length === 0 ? undefined : `shows ${touched.join(", ")}, which the change touches`;
}

function standing(step: ProtocolStep, links: RequirementLinks): string {
  if (step.readBack) return `neither ${step.readBack.address} nor anything that it refers to has changed`;
  return `${links.ofStep(step).controls.join(", ")} read nothing that has changed`;
}

/** Addresses that changed, and those that refer to them, over any number of steps: what they read back may have changed too. */
function changedWithReferrers({ before, after, comparison }: StepInputs): ReadonlyMap<string, string> {
  const reasons = new Map(comparison.resources.map(({ address, kind }) => [address, `${address} was ${kind}`]));
  const waiting = [...reasons.keys()];
  for (let address = waiting.pop(); address !== undefined; address = waiting.pop()) {
    for (const { links } of [before, after]) {
      for (const referrer of Object.values(links[address] ?? {}).flat()) {
        if (reasons.has(referrer)) continue;
        reasons.set(referrer, `refers to ${address}, ${reasons.get(address)}`);
        waiting.push(referrer);
      }
    }
  }
  return reasons;
}
