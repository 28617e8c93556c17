// SPDX-License-Identifier: Apache-2.0
import { isDeepStrictEqual } from "node:util";
import { project } from "../facts/values";
import { readJsonFile } from "../json";

/** Largest plan JSON that is read, in bytes. */
const MAX_PLAN_BYTES = 512 * 1024 * 1024;

const SENSITIVE = "(sensitive)";
const KNOWN_AFTER_APPLY = "(known after apply)";

interface RawChange {
  readonly actions: readonly string[];
  readonly before?: unknown;
  readonly after?: unknown;
  readonly after_unknown?: unknown;
  readonly before_sensitive?: unknown;
  readonly after_sensitive?: unknown;
}

interface Addressed {
  readonly address: string;
  readonly type: string;
}

interface RawPlan {
  readonly resource_changes?: readonly (Addressed & { readonly mode?: string; readonly change: RawChange })[];
  readonly resource_drift?: readonly (Addressed & { readonly change: RawChange })[];
  readonly output_changes?: Readonly<Record<string, RawChange>>;
}

/** One resource that a plan changes, with the top-level attributes that differ. */
export interface PlannedChange {
  readonly address: string;
  readonly type: string;
  /** `create`, `update`, `delete`, `replace`, `read` or `forget`. */
  readonly action: string;
  readonly attributes: readonly string[];
  /** What each of them was and would be; null where absent, sensitive parts masked, `(known after apply)` where open. */
  readonly values: Readonly<Record<string, { readonly before: unknown; readonly after: unknown }>>;
}

/** What a plan would do, by managed resource; resources without a change are left out of `changes`. */
export interface PlanChanges {
  readonly changes: readonly PlannedChange[];
  /** Differences that the refresh found between state and the live resources. */
  readonly drift: readonly PlannedChange[];
  /** Names of outputs that change. */
  readonly outputs: readonly string[];
  /** Managed resources without a change. */
  readonly unchanged: number;
}

/** Reads what a plan JSON changes. */
export function readPlanChanges(planJson: string): PlanChanges {
  const plan = readJsonFile(planJson, { maxBytes: MAX_PLAN_BYTES }) as RawPlan;
  const managed = (plan.resource_changes ?? []).filter(({ mode }) => mode !== "data");
  const changed = managed.filter(({ change }) => actionOf(change) !== "no-op");
  return {
    changes: changed.map(toChange),
    drift: (plan.resource_drift ?? []).map(toChange),
    outputs: Object.entries(plan.output_changes ?? {})
      .filter(([, change]) => actionOf(change) !== "no-op")
      .map(([name]) => name),
    unchanged: managed.length - changed.length,
  };
}

function toChange({ address, type, change }: Addressed & { readonly change: RawChange }): PlannedChange {
  const attributes = differing(change);
  const { before, after, after_unknown: unknown, before_sensitive, after_sensitive } = change;
  const kept = new Set(attributes);
  const hide = (value: unknown, marks: unknown) => project(value, marks, kept, SENSITIVE);
  // What one side calls sensitive may stand on the other side without a mark.
  const shown = (value: unknown) => hide(hide(value, before_sensitive), after_sensitive);
  const [from, to] = [shown(before), shown(after)];
  const values = attributes.map((name) => {
    const open = isRecord(unknown) && unknown[name] === true;
    return [name, { before: from[name] ?? null, after: open ? KNOWN_AFTER_APPLY : (to[name] ?? null) }] as const;
  });
  return { address, type, action: actionOf(change), attributes, values: Object.fromEntries(values) };
}

/** Terraform writes a replacement as two actions, in either order. */
function actionOf({ actions }: RawChange): string {
  return actions.length > 1 ? "replace" : (actions[0] ?? "unknown");
}

function differing({ before, after, after_unknown: unknown }: RawChange): string[] {
  const [from, to, open] = [before, after, unknown].map((value) => (isRecord(value) ? value : {}));
  const names = new Set([...Object.keys(from!), ...Object.keys(to!), ...Object.keys(open!)]);
  return [...names].filter((name) => open![name] === true || !isDeepStrictEqual(from![name], to![name])).sort();
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
