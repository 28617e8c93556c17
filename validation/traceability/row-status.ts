// SPDX-License-Identifier: Apache-2.0
import type { Deviation } from "../deviations";
import type { Method, Requirement } from "../requirements";
import {
  type ControlResult,
  type RequirementRow,
  ROW_STATUSES,
  type RowStatus,
  type TracedMethod,
  type TracedStep,
} from "./matrix";

/** Steps that a reason names. */
const NAMED = 8;

type Shown = Pick<RequirementRow, "controls" | "steps">;

const NOT_JUDGED: readonly ControlResult[] = ["none", "not_applicable"];
const REFUSED: readonly ControlResult[] = ["fail", "unknown", "error"];

/** What each method of a requirement showed. */
export function tracedMethods({ verification }: Requirement, shown: Shown): TracedMethod[] {
  return verification.map(({ method, shows }) => {
    const [outcome, because] = outcomeOf(method, shown);
    return { method, shows, outcome, because };
  });
}

function outcomeOf(method: Method, { controls, steps }: Shown): [TracedMethod["outcome"], string | null] {
  if (method === "procedure") return ["owed", "a record of the organisation, not a part of this bundle"];
  if (method === "inspection") return inspected(controls);
  const own = steps.filter(({ kind }) => kind === method);
  if (own.length === 0) return ["gap", `no step of ${method}`];
  const failed = own.filter(({ result }) => result === "FAIL" || result === "BLOCKED");
  if (failed.length > 0) return ["failed", listed(failed)];
  const open = own.filter(({ result }) => result === "NOT RUN" || result === "NO RESULT");
  if (open.length > 0) return ["not run", listed(open)];
  if (!own.some(({ result }) => result === "PASS")) return ["gap", `no step of ${method} applies`];
  return ["shown", null];
}

/** The first few by name: the row lists them all. */
function listed(steps: readonly TracedStep[]): string {
  const named = steps.slice(0, NAMED).map(({ step, result }) => `${step} ${result}`);
  const rest = steps.length - named.length;
  return `${named.join(", ")}${rest > 0 ? ` and ${rest} more` : ""}`;
}

function inspected(controls: RequirementRow["controls"]): [TracedMethod["outcome"], string | null] {
  const refused = controls.filter(({ result }) => REFUSED.includes(result));
  if (refused.length > 0) return ["failed", refused.map(({ id, result }) => `${id} ${result}`).join(", ")];
  const pending = controls.filter(({ result }) => result === "pending");
  if (pending.length > 0) return ["gap", `${pending.map(({ id }) => id).join(", ")} decides nothing yet`];
  const judged = controls.filter(({ result }) => !NOT_JUDGED.includes(result));
  if (controls.length === 0) return ["gap", "no control names it"];
  if (judged.length === 0) return ["gap", "its controls apply to nothing in the plan"];
  return ["shown", null];
}

/** Status of a row and why: the gravest of all that is said of it. */
export function rowStatus(
  requirement: Requirement,
  row: Shown & Pick<RequirementRow, "methods" | "outOfScope">,
  deviations: readonly Deviation[],
): { readonly status: RowStatus; readonly because: readonly string[] } {
  const said: Array<readonly [RowStatus, string]> = [];
  const ofOutcome = { failed: "FAILED", gap: "GAP", "not run": "NOT RUN" } as const;
  for (const { method, outcome, because } of row.methods) {
    if (outcome in ofOutcome) said.push([ofOutcome[outcome as keyof typeof ofOutcome], `${method}: ${because}`]);
  }
  // A step beyond the methods that are asked for counts against the requirement all the same.
  const asked = row.methods.map(({ method }) => method);
  const beyond = row.steps.filter(({ kind }) => !asked.includes(kind));
  const failed = beyond.filter(({ result }) => result === "FAIL" || result === "BLOCKED");
  if (failed.length > 0) said.push(["FAILED", listed(failed)]);
  if (row.outOfScope) said.push(["OUT OF SCOPE", `${row.outOfScope.reason} (${row.outOfScope.approver})`]);
  if (requirement.status === "planned") said.push(["NOT IMPLEMENTED", requirement.gap!]);
  if (requirement.status === "partial") said.push(["PARTLY IMPLEMENTED", requirement.gap!]);
  for (const { id, state, severity } of deviations) {
    if (state === "open") said.push(["DEVIATION OPEN", `${id} (${severity})`]);
  }
  // A requirement is not verified while a part of it is for somebody else to show.
  for (const { outcome, shows } of row.methods) if (outcome === "owed") said.push(["BY PROCEDURE", shows]);
  const status = ROW_STATUSES.find((one) => said.some(([each]) => each === one)) ?? "VERIFIED";
  return { status, because: [...new Set(said.filter(([each]) => each === status).map(([, why]) => why))] };
}
