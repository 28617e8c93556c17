// SPDX-License-Identifier: Apache-2.0
import { digestOf } from "../../json";
import { type ControlMetadata, type Evaluation, SEVERITIES } from "../decisions";
import { Evaluator } from "../evaluate";
import { isOfAnswers } from "../parts";
import type { Policy } from "../policy";
import type { DiffPlan } from "./plans";
import { type Variant, variantsOf } from "./variants";

/**
 * `unchallenged`: the old policy never found anything, so nothing shows whether the new one would. `identical`: both are
 * the same bytes, and nothing was evaluated.
 */
export type Change = "weakened" | "unchallenged" | "stronger" | "added" | "same" | "identical";

export interface ControlChange {
  readonly id: string;
  readonly change: Change;
  /** On how many plans both judged it; of one that is weakened, until that was seen of every attribute it lists. */
  readonly plans: number;
  /** On how many of them the old policy found something. */
  readonly challenges: number;
  /** What shows it: METADATA, or the first plan that is judged otherwise. */
  readonly reasons: readonly string[];
}

export interface CompareOptions {
  /** Ids of the controls to compare. `@default` all */
  readonly only?: readonly string[];
  /** Told each plan before it is compared. */
  readonly onPlan?: (plan: DiffPlan) => void;
  /** Told each plan and each mutant of one once it was compared. */
  readonly onVariant?: (name: string) => void;
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
  { only, onPlan, onVariant }: CompareOptions = {},
): readonly ControlChange[] {
  const isWanted = ({ id }: ControlMetadata) => only === undefined || only.includes(id);
  const old = before.sidecar.controls.filter(isWanted);
  const next = after.sidecar.controls.filter(isWanted);
  const common = old.flatMap((control) => {
    const successor = next.find(({ id }) => id === control.id);
    return successor ? [new Comparison(control, successor)] : [];
  });
  const [was, is] = [asking(before, only), asking(after, only)];
  for (const plan of plans) {
    onPlan?.(plan);
    const open = (type: string, path: string) => common.some((one) => !one.isWeakened && one.lists(type, path));
    for (const variant of variantsOf(plan, [...old, ...next], open)) {
      const asked = common.filter((one) => isAsked(one, variant));
      const answers = {
        before: was(
          asked.map((one) => one.before),
          variant,
        ),
        after: is(
          asked.map((one) => one.after),
          variant,
        ),
      };
      for (const one of asked) one.compare(variant, answers.before[one.before.id], answers.after[one.after.id]);
      onVariant?.(variant.name);
    }
  }
  return [
    ...common.map((one) => one.result()),
    ...removed(old, next).map(({ id }) => ({ id, ...NOT_ASKED, change: "weakened" as const, reasons: ["removed"] })),
    ...removed(next, old).map(({ id }) => ({ id, ...NOT_ASKED, change: "added" as const, reasons: [] })),
  ].sort((a, b) => (a.id < b.id ? -1 : 1));
}

function removed(from: readonly ControlMetadata[], to: readonly ControlMetadata[]): readonly ControlMetadata[] {
  return from.filter(({ id }) => to.every((other) => other.id !== id));
}

function isAsked(one: Comparison, { attribute }: Variant): boolean {
  return attribute === undefined || (!one.isWeakened && one.lists(attribute.type, attribute.path));
}

const NOT_ASKED = { plans: 0, challenges: 0 } as const;

/**
 * What to say of two policies that are the same bytes, data and METADATA; undefined when they are not. The bytes were
 * proven to be those of the sidecar when they were read, so nothing that a sidecar claims is believed here.
 */
export function identical(before: Policy, after: Policy): readonly ControlChange[] | undefined {
  const { data, controls } = before.sidecar;
  if (!before.wasm.equals(after.wasm)) return undefined;
  if (digestOf({ data, controls }) !== digestOf({ data: after.sidecar.data, controls: after.sidecar.controls })) {
    return undefined;
  }
  const reasons = ["the same bytes, data and METADATA; nothing was evaluated"];
  return controls.map(({ id }) => ({ id, ...NOT_ASKED, change: "identical" as const, reasons }));
}

type Ask = (controls: readonly ControlMetadata[], variant: Variant) => Evaluation["controls"];

// META-02 speaks of the answers of all others, so it is asked with them or not at all.
function asking(policy: Policy, only: CompareOptions["only"]): Ask {
  const evaluator = new Evaluator(policy);
  return (controls, { attribute, facts }) => {
    if (attribute === undefined && only === undefined) return evaluator.all(facts).controls;
    return evaluator.some(
      facts,
      controls.filter((control) => !isOfAnswers(control)),
    ).controls;
  };
}

type Outcome = Evaluation["controls"][string] | undefined;

/** One control in two policies, and what was seen of it. */
class Comparison {
  private readonly weaker: string[];
  private readonly stronger: string[];
  private plans = 0;
  private challenges = 0;

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
    // META-02 is not asked of a mutant.
    if (before === undefined || after === undefined) return;
    const was = gravity(this.before, before, variant);
    const is = gravity(this.after, after, variant);
    this.plans++;
    if (was.size > 0) this.challenges++;
    for (const address of new Set([...was.keys(), ...is.keys()])) {
      const [a, b] = [was.get(address) ?? 0, is.get(address) ?? 0];
      if (a === b) continue;
      const found = a > b ? this.weaker : this.stronger;
      if (found.length === 0) found.push(`${variant.name}: ${address} was ${worded(a)}, is ${worded(b)}`);
    }
  }

  result(): ControlChange {
    const head = { id: this.before.id, plans: this.plans, challenges: this.challenges };
    if (this.weaker.length > 0) return { ...head, change: "weakened", reasons: this.weaker };
    if (this.challenges === 0) return { ...head, change: "unchallenged", reasons: ["no plan that it fails"] };
    return { ...head, change: this.stronger.length > 0 ? "stronger" : "same", reasons: this.stronger };
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
