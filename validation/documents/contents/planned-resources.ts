// SPDX-License-Identifier: Apache-2.0
import { entriesOf, type SealedRun } from "../../evidence";

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
  readonly settings: Readonly<Record<string, unknown>>;
}

/**
 * Every judged plan with its resources, from the documents that the gate judged. They are read with care and not held
 * to today's schema: a bundle outlives it.
 */
export function plannedStacks({ record, read }: SealedRun): readonly PlannedStack[] {
  const applied = new Set(entriesOf(record.entries, "apply-finished").map(({ body }) => body.plan));
  return entriesOf(record.entries, "gate-decided").map(({ body }) => {
    const { resources, settings } = membersOf(read(body.facts));
    return {
      plan: body.plan,
      applied: applied.has(body.plan),
      known: resources !== undefined,
      resources: new Map(managed(membersOf(resources)).sort(([a], [b]) => (a < b ? -1 : 1))),
      settings: membersOf(settings),
    };
  });
}

function managed(resources: Readonly<Record<string, unknown>>): Array<[string, PlannedResource]> {
  return Object.entries(resources)
    .map(([address, resource]) => [address, membersOf(resource)] as const)
    .filter(([, { mode }]) => mode === "managed")
    .map(([address, { type, region, construct }]) => [
      address,
      { type: textOf(type) ?? "not recorded", region: textOf(region), construct: textOf(construct) },
    ]);
}

function membersOf(value: unknown): Readonly<Record<string, unknown>> {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  return isObject ? (value as Record<string, unknown>) : {};
}

function textOf(value: unknown): string | null {
  return typeof value === "string" && value !== "" ? value : null;
}
