// SPDX-License-Identifier: Apache-2.0
import { type ControlMetadata, type Evaluation, SEVERITIES } from "../decisions";
import { evaluate, evaluateSome } from "../evaluate";
import type { Policy } from "../policy";
import type { DiffPlan } from "./plans";
import { type Variant, variantsOf } from "./variants";

/** `unchallenged`: the old policy never found anything, so nothing shows whether the new one would. */
export type Change = "weakened" | "unchallenged" | "stronger" | "added" | "same";

export interface ControlChange {
  readonly id: string;
  readonly change: Change;
  /** What shows it: METADATA, or the first plan that is judged otherwise. */
  readonly reasons: readonly string[];
}

export interface CompareOptions {
  /** Ids of the controls to compare. `@default` all */
  readonly only?: readonly string[];
  /** Told each plan before it is compared. */
  readonly onPlan?: (plan: DiffPlan) => void;
}

/**
 * Says of every control whether a new policy lets through what the old one found. Both judge the same facts: plans, and
 * what weakening them makes of some. A control is weakened when its METADATA asks for less, or when one subject of one
 * plan is judged more mildly: fail, unknown, pass, and severity within.
 */
export function comparePolicies(
  before: Policy,
  after: Policy,
  plans: readonly DiffPlan[],
  { only, onPlan }: CompareOptions = {},
): readonly ControlChange[] {
  const isWanted = ({ id }: ControlMetadata) => only === undefined || only.includes(id);
  const old = before.sidecar.controls.filter(isWanted);
  const next = after.sidecar.controls.filter(isWanted);
  const common = old.flatMap((control) => {
    const successor = next.find(({ id }) => id === control.id);
    return successor ? [new Comparison(control, successor)] : [];
  });
  for (const plan of plans) {
    onPlan?.(plan);
    const open = (type: string, path: string) => common.some((one) => !one.isWeakened && one.lists(type, path));
    for (const variant of variantsOf(plan, [...old, ...next], open)) {
      const asked = common.filter((one) => isAsked(one, variant));
      const [was, is] = [
        answers(
          before,
          asked.map((one) => one.before),
          variant,
          only,
        ),
        answers(
          after,
          asked.map((one) => one.after),
          variant,
          only,
        ),
      ];
      for (const one of asked) one.compare(variant, was.controls[one.before.id], is.controls[one.after.id]);
    }
  }
  return [
    ...common.map((one) => one.result()),
    ...removed(old, next).map(({ id }) => ({ id, change: "weakened" as const, reasons: ["removed"] })),
    ...removed(next, old).map(({ id }) => ({ id, change: "added" as const, reasons: [] })),
  ].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function removed(from: readonly ControlMetadata[], to: readonly ControlMetadata[]): readonly ControlMetadata[] {
  return from.filter(({ id }) => to.every((other) => other.id !== id));
}

function isAsked(one: Comparison, { attribute }: Variant): boolean {
  return attribute === undefined || (!one.isWeakened && one.lists(attribute.type, attribute.path));
}

// META-02 speaks of the answers of all others, so it is asked with them or not at all.
function answers(
  policy: Policy,
  controls: readonly ControlMetadata[],
  variant: Variant,
  only: CompareOptions["only"],
): Evaluation {
  if (variant.attribute === undefined && only === undefined) return evaluate(variant.facts, policy);
  return evaluateSome(
    variant.facts,
    policy,
    controls.filter(({ id }) => id !== "META-02"),
  );
}

type Outcome = Evaluation["controls"][string] | undefined;

/** One control in two policies, and what was seen of it. */
class Comparison {
  private readonly weaker: string[];
  private readonly stronger: string[];
  private isChallenged = false;

  constructor(
    readonly before: ControlMetadata,
    readonly after: ControlMetadata,
  ) {
    this.weaker = demands(before, after);
    this.stronger = demands(after, before);
  }

  get isWeakened(): boolean {
    return this.weaker.length > 0;
  }

  lists(type: string, path: string): boolean {
    return [this.before, this.after].some(({ attributes }) =>
      attributes.some((a) => a.type === type && a.path === path),
    );
  }

  compare(variant: Variant, before: Outcome, after: Outcome): void {
    const was = gravity(this.before, before, variant);
    const is = gravity(this.after, after, variant);
    this.isChallenged ||= was.size > 0;
    for (const address of new Set([...was.keys(), ...is.keys()])) {
      const [a, b] = [was.get(address) ?? 0, is.get(address) ?? 0];
      if (a === b) continue;
      const found = a > b ? this.weaker : this.stronger;
      if (found.length === 0) found.push(`${variant.name}: ${address} was ${worded(a)}, is ${worded(b)}`);
    }
  }

  result(): ControlChange {
    const { id } = this.before;
    if (this.weaker.length > 0) return { id, change: "weakened", reasons: this.weaker };
    if (!this.isChallenged) return { id, change: "unchallenged", reasons: ["no plan that it fails"] };
    return { id, change: this.stronger.length > 0 ? "stronger" : "same", reasons: this.stronger };
  }
}

/** What METADATA of one control demands and that of another no longer does. */
function demands(of: ControlMetadata, other: ControlMetadata): string[] {
  const fewer = (name: "environments" | "bucket_roles") =>
    of[name].filter((one) => !(other[name] as readonly string[]).includes(one)).map((one) => `${name} without ${one}`);
  const milder = SEVERITIES.indexOf(other.severity) < SEVERITIES.indexOf(of.severity);
  return [
    ...(milder ? [`severity ${other.severity} instead of ${of.severity}`] : []),
    ...fewer("environments"),
    ...fewer("bucket_roles"),
    ...(of.waivable === false && other.waivable !== false ? ["may be waived"] : []),
    ...(of.pending === undefined && other.pending !== undefined ? [`pending: ${other.pending}`] : []),
  ];
}

const UNKNOWN = 10;
const FAIL = 20;

/** How gravely each address is judged that does not pass: status, then severity. */
function gravity(control: ControlMetadata, outcome: Outcome, { environment }: Variant): ReadonlyMap<string, number> {
  const found = new Map<string, number>();
  if (!control.environments.includes(environment)) return found;
  for (const { address, status, severity } of outcome?.answers ?? []) {
    if (status === "pass") continue;
    const rank = Math.max(SEVERITIES.indexOf(control.severity), SEVERITIES.indexOf(severity ?? control.severity));
    found.set(address, Math.max(found.get(address) ?? 0, (status === "fail" ? FAIL : UNKNOWN) + rank));
  }
  return found;
}

function worded(gravity: number): string {
  if (gravity === 0) return "passed";
  const [status, base] = gravity >= FAIL ? (["failed", FAIL] as const) : (["unknown", UNKNOWN] as const);
  return `${status} (${SEVERITIES[gravity - base]})`;
}
