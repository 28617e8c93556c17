// SPDX-License-Identifier: Apache-2.0

import { entriesOf } from "../../evidence";
import { assertSchema } from "../../json";
import type { BundleRecord } from "../bundle-record";

/** The part of a facts document that says what a plan would install. */
export interface PlannedResource {
  readonly type: string;
  readonly mode: string;
  readonly region: string | null;
  /** Path of the construct; empty where no synthesized stack was given. */
  readonly construct: string | null;
}

interface FactsView {
  readonly resources: Readonly<Record<string, PlannedResource>>;
  readonly settings: Readonly<Record<string, unknown>>;
}

export interface PlannedStack {
  readonly plan: string;
  readonly applied: boolean;
  /** Managed resources by address, sorted. */
  readonly resources: ReadonlyMap<string, PlannedResource>;
  readonly settings: Readonly<Record<string, unknown>>;
}

/** Every judged plan with its resources, from the documents that the gate judged. @throws SCHEMA_MISMATCH */
export function plannedStacks({ record, read }: BundleRecord): readonly PlannedStack[] {
  const applied = new Set(entriesOf(record.entries, "apply-finished").map(({ body }) => body.plan));
  return entriesOf(record.entries, "gate-decided").map(({ body }) => {
    const facts = read(body.facts);
    assertSchema("facts", facts, body.facts.path);
    const { resources, settings } = facts as FactsView;
    const managed = Object.entries(resources).filter(([, { mode }]) => mode === "managed");
    managed.sort(([a], [b]) => (a < b ? -1 : 1));
    return { plan: body.plan, applied: applied.has(body.plan), resources: new Map(managed), settings };
  });
}
