// SPDX-License-Identifier: Apache-2.0
import type { Commitments, PlannedPlan } from "./commitments";
import type { Problem } from "./conclusion";
import { type EntryType, entriesOf, type GateFinding, type JournalEntry } from "./entries";

const PLAN_ENTRIES = ["plan-made", "gate-decided", "apply-started", "apply-finished", "second-plan"] as const;

/** What is wrong with the way the run went, its steps apart: opening, plans, gate decisions, applies, end. */
export function checkCourse(entries: readonly JournalEntry[], commitments: Commitments): Problem[] {
  return [
    ...checkOpening(entries, commitments),
    ...commitments.plans.flatMap((planned) => checkPlan(entries, planned)),
    ...checkForeignPlans(entries, commitments),
    ...checkDrift(entries, commitments),
    ...entriesOf(entries, "run-error").map(({ body }) => incomplete(body.during, `${body.code}: ${body.message}`)),
    ...checkEnd(entries),
  ];
}

function checkOpening(entries: readonly JournalEntry[], commitments: Commitments): Problem[] {
  const problems: Problem[] = [];
  if (entries[0]?.type !== "run-started") problems.push(incomplete("run-started", "is not the first entry"));
  for (const type of ["run-started", "tool-versions", "target"] as const) problems.push(...exactlyOnce(entries, type));
  for (const { body } of entriesOf(entries, "target")) {
    if (body.name !== commitments.target.name || body.kind !== commitments.target.kind) {
      problems.push(failed("target", `${body.name} is not the target ${commitments.target.name} of the commitments`));
    }
  }
  const preflights = entriesOf(entries, "preflight");
  if (preflights.length === 0) problems.push(incomplete("preflight", "no entry"));
  for (const check of preflights.flatMap(({ body }) => body.checks)) {
    if (check.result !== "PASS") problems.push(failed(`preflight ${check.id}`, check.actual || check.result));
  }
  return problems;
}

function checkPlan(entries: readonly JournalEntry[], planned: PlannedPlan): Problem[] {
  const of = <T extends (typeof PLAN_ENTRIES)[number]>(type: T) =>
    entriesOf(entries, type).filter(({ body }) => body.plan === planned.plan);
  const where = `plan ${planned.plan}`;
  const required = PLAN_ENTRIES.slice(0, planned.apply ? 5 : 2);
  const problems: Problem[] = PLAN_ENTRIES.flatMap((type) => {
    const got = of(type).length;
    if (required.includes(type) && got === 0) return [incomplete(where, `no entry ${type}`)];
    if (got > (required.includes(type) ? 1 : 0))
      return [failed(where, `${got} entries ${type}, of which ${required.includes(type) ? "one" : "none"} is planned`)];
    return [];
  });
  const present = required.map((type) => of(type)[0]).filter((entry) => entry !== undefined);
  if (present.some((entry, i) => i > 0 && entry.seq < present[i - 1]!.seq)) {
    problems.push(failed(where, `not in the order ${required.join(", ")}`));
  }
  const made = of("plan-made")[0]?.body.planSha256;
  for (const { body, type } of [...of("gate-decided"), ...of("apply-started")]) {
    if (body.planSha256 !== made) problems.push(failed(where, `${type} names another plan file than plan-made`));
  }
  for (const { body } of of("gate-decided")) {
    if (body.verdict === "error") problems.push(failed(where, "the gate could not judge it"));
    else if (planned.findings.length === 0 && body.verdict !== "pass")
      problems.push(failed(where, "the gate refused it"));
    problems.push(...compareFindings(where, planned.findings, body.findings));
  }
  for (const { body } of of("apply-finished")) {
    if (body.status !== "complete" || body.exitCode !== 0) {
      problems.push(failed(where, `apply ${body.status}, exit code ${body.exitCode}`));
    }
  }
  for (const { body } of of("second-plan")) {
    if (body.exitCode !== 0 || body.changes.length > 0) {
      problems.push(
        failed(
          where,
          `second plan is not empty: exit code ${body.exitCode}, ${body.changes.join(", ") || "no address named"}`,
        ),
      );
    }
  }
  return problems;
}

function compareFindings(where: string, committed: readonly GateFinding[], found: readonly GateFinding[]): Problem[] {
  const name = (f: GateFinding) => `${f.control} ${f.address} ${f.attribute} ${f.status}`;
  const expected = new Set(committed.map(name));
  const got = new Set(found.map(name));
  return [
    ...[...got].filter((f) => !expected.has(f)).map((f) => failed(where, `finding not committed: ${f}`)),
    ...[...expected].filter((f) => !got.has(f)).map((f) => failed(where, `committed finding did not occur: ${f}`)),
  ];
}

/** Nothing but what the target commits may read back otherwise than it was applied. */
function checkDrift(entries: readonly JournalEntry[], { drift: committed }: Commitments): Problem[] {
  return entriesOf(entries, "second-plan").flatMap(({ body: { plan, drift } }) =>
    drift.flatMap(({ address, type, attributes }) =>
      attributes
        .filter((attribute) => !committed.some((one) => one.type === type && one.attribute === attribute))
        .map((attribute) => failed(`plan ${plan}`, `${address} ${attribute} reads back otherwise than it was applied`)),
    ),
  );
}

function checkForeignPlans(entries: readonly JournalEntry[], commitments: Commitments): Problem[] {
  const known = new Set(commitments.plans.map(({ plan }) => plan));
  const named = new Set(PLAN_ENTRIES.flatMap((type) => entriesOf(entries, type).map(({ body }) => body.plan)));
  return [...named].filter((plan) => !known.has(plan)).map((plan) => failed(`plan ${plan}`, "is not committed"));
}

function checkEnd(entries: readonly JournalEntry[]): Problem[] {
  const last = entries[entries.length - 1];
  if (last?.type !== "run-finished") return [incomplete("run-finished", "is not the last entry: the run broke off")];
  if (last.body.outcome !== "finished") return [incomplete("run-finished", "the run was stopped")];
  const [stray] = last.body.evidence ?? [];
  if (stray) return [incomplete("run-finished", `${stray.path} belongs to nothing that came to an end`)];
  return entriesOf(entries, "run-finished").length > 1 ? [failed("run-finished", "stands more than once")] : [];
}

function exactlyOnce(entries: readonly JournalEntry[], type: EntryType): Problem[] {
  const got = entriesOf(entries, type).length;
  if (got === 0) return [incomplete(type, "no entry")];
  return got > 1 ? [failed(type, `${got} entries instead of one`)] : [];
}

function failed(where: string, what: string): Problem {
  return { status: "FAILED", where, what };
}

function incomplete(where: string, what: string): Problem {
  return { status: "INCOMPLETE", where, what };
}
