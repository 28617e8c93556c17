// SPDX-License-Identifier: Apache-2.0

/** A resource that is there after the apply, as plan JSON has it. */
export interface Planned {
  readonly address: string;
  readonly type: string;
  readonly after: unknown;
  readonly sensitive: unknown;
}

export type Path = readonly (string | number)[];

/** Actions after which a resource is there; a hostile plan may say several things at once. */
const KEEPING = new Set(["no-op", "create", "read", "update"]);

/** Managed resources of a type that are there after the apply. */
export function planned(plan: unknown, type: string): readonly Planned[] {
  return changes(plan)
    .filter((entry) => entry.type === type && entry.mode === "managed" && entry.deposed === undefined)
    .filter((entry) => actionsOf(entry).some((action) => KEEPING.has(String(action))))
    .map((entry) => ({
      address: String(entry.address),
      type,
      after: at(entry.change, ["after"]),
      sensitive: at(entry.change, ["after_sensitive"]),
    }));
}

/** Every entry of `resource_changes`, deleted and deposed ones included. */
export function changes(plan: unknown): readonly Readonly<Record<string, unknown>>[] {
  const entries = at(plan, ["resource_changes"]);
  return Array.isArray(entries) ? entries.filter(isRecord) : [];
}

export function actionsOf(entry: Readonly<Record<string, unknown>>): readonly unknown[] {
  const actions = at(entry.change, ["actions"]);
  return Array.isArray(actions) ? actions : [];
}

/** The value that the plan shows; undefined when it is absent, null or marked as sensitive. */
export function known(resource: Planned, ...path: Path): unknown {
  const value = at(resource.after, path);
  return value === null || isHidden(resource, path) ? undefined : value;
}

/** True when the value, or something around it, is marked as sensitive. */
export function isHidden(resource: Planned, path: Path): boolean {
  return (
    path.some((_, length) => at(resource.sensitive, path.slice(0, length)) === true) ||
    at(resource.sensitive, path) === true
  );
}

export function at(value: unknown, path: Path): unknown {
  let inner = value;
  for (const segment of path) {
    if (typeof segment === "number" ? !Array.isArray(inner) : !isRecord(inner)) return undefined;
    if (!Object.hasOwn(inner as object, segment)) return undefined;
    inner = (inner as Record<string | number, unknown>)[segment];
  }
  return inner;
}

/** Lists and objects of which nothing was planned. */
export function isBlank(value: unknown): boolean {
  return value === undefined || value === null || (Array.isArray(value) && value.length === 0);
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
