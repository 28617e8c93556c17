// SPDX-License-Identifier: Apache-2.0

type Json = Record<string, unknown>;

/** Files of one plan, parsed; a plan without synth has one without resources. */
export interface Documents {
  readonly plan: Json & {
    resource_changes: {
      address: string;
      type: string;
      name: string;
      /** `after` is null for what is deleted. */
      change: { actions: string[]; after: Json; after_unknown: Json };
    }[];
    /** Plans of child modules alone have no resources in the root module. */
    configuration: { root_module?: { resources?: { type: string; name: string; expressions: Json }[] } };
  };
  readonly synth: Json & { resource: Record<string, Record<string, Json>> };
  readonly lock: string;
}

/** Calls `change` for the holder and key of every place that a dotted path names; blocks are lists or single objects. */
export function atPath(
  root: unknown,
  segments: readonly string[],
  change: (holder: Json, key: string) => void,
  create = false,
): void {
  const [head, ...rest] = segments as [string, ...string[]];
  if (Array.isArray(root)) {
    for (const item of root) atPath(item, segments, change, create);
    return;
  }
  if (typeof root !== "object" || root === null) return;
  const holder = root as Json;
  if (rest.length === 0) {
    change(holder, head);
    return;
  }
  const child = holder[head];
  const absent = child === undefined || child === null || (Array.isArray(child) && child.length === 0);
  if (absent && create) holder[head] = [{}];
  atPath(holder[head], rest, change, create);
}

/** Values at a path of a type's planned resources; null where it is not set or not known. */
export function plannedValues({ plan }: Documents, type: string, segments: readonly string[]): readonly unknown[] {
  const values: unknown[] = [];
  for (const { type: own, change } of plan.resource_changes) {
    if (own === type) atPath(change.after, segments, (holder, key) => values.push(holder[key] ?? null));
  }
  return values;
}
