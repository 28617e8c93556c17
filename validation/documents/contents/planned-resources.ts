// SPDX-License-Identifier: Apache-2.0
import { entriesOf, type RunRecord, type SealedRun } from "../../evidence";
import { type Members, membersOf, textOf } from "./as-found";
import { outcomesOf } from "./steps";

/** The part of a facts document that says what a plan would install. */
export interface PlannedResource {
  readonly type: string;
  readonly region: string | null;
  /** Path of the construct; null where no synthesized stack was given. */
  readonly construct: string | null;
}

export interface PlannedStack {
  readonly plan: string;
  readonly applied: boolean;
  /** False where the facts are of a form that names no resources: then nothing is known of them. */
  readonly known: boolean;
  /** Managed resources by address, sorted. */
  readonly resources: ReadonlyMap<string, PlannedResource>;
  readonly settings: Members;
  /** The whole document that the gate judged. */
  readonly facts: Members;
}

/**
 * Every judged plan with its resources, from the documents that the gate judged. They are read with care and not held
 * to today's schema: a bundle outlives it.
 */
export function plannedStacks({ record, read }: SealedRun): readonly PlannedStack[] {
  const applied = new Set(entriesOf(record.entries, "apply-finished").map(({ body }) => body.plan));
  return entriesOf(record.entries, "gate-decided").map(({ body }) => {
    const facts = membersOf(read(body.facts));
    const { resources, settings } = facts;
    return {
      plan: body.plan,
      applied: applied.has(body.plan),
      known: resources !== undefined,
      resources: new Map(managed(membersOf(resources)).sort(([a], [b]) => (a < b ? -1 : 1))),
      settings: membersOf(settings),
      facts,
    };
  });
}

/** The stack that was applied and that the installation qualification reads back: what is qualified. */
export function zoneOf(stacks: readonly PlannedStack[], record: RunRecord): PlannedStack | undefined {
  const addresses = outcomesOf(record, "IQ").flatMap(({ step }) => step.readBack?.address ?? []);
  return stacks.find(({ applied, resources }) => applied && addresses.some((address) => resources.has(address)));
}

function managed(resources: Members): Array<[string, PlannedResource]> {
  return Object.entries(resources)
    .map(([address, resource]) => [address, membersOf(resource)] as const)
    .filter(([, { mode }]) => mode === "managed")
    .map(([address, { type, region, construct }]) => [
      address,
      { type: textOf(type) ?? "not recorded", region: textOf(region), construct: textOf(construct) },
    ]);
}
