// SPDX-License-Identifier: Apache-2.0
import type { Facts } from "../../../../validation/facts";
import type { Documents } from "../documents";
import type { Generated } from "../generated";

/**
 * Whether the policies are given the same facts as before, and for a reason: every value is planned as before, so that the
 * program says the same in other words. Facts that leave out a changed value are no proof but a gap.
 */
export function isUnseen({ stack, type, documents }: Generated, facts: Facts, clean: Facts): boolean {
  return (
    text({ ...facts, meta: null }) === text({ ...clean, meta: null }) &&
    text(planned(documents(), type)) === text(planned(stack.documents, type))
  );
}

/** Null, an empty list and nothing are planned alike: the provider's SDK does not tell them apart. */
function planned({ plan }: Documents, type: string): unknown {
  return plan.resource_changes.filter((one) => one.type === type).map(({ change }) => filled(change.after));
}

function filled(value: unknown): unknown {
  if (Array.isArray(value)) return value.length === 0 ? undefined : value.map(filled);
  if (typeof value !== "object" || value === null) return value ?? undefined;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, filled(inner)]));
}

const text = (value: unknown) => JSON.stringify(value);
