// SPDX-License-Identifier: Apache-2.0
import {
  balanceOf,
  type Deviation,
  type Dispositions,
  type NotApplicable,
  type OpenedDeviation,
  openDeviations,
  type Retest,
  refusedEntry,
  settleDeviations,
} from "../deviations";
import type { Requirement } from "../requirements";
import { type LinkedControl, RequirementLinks, type StepLinks } from "../requirements/links";
import { blockersOf } from "./blockers";
import type { ExecutedRun } from "./executed-run";
import { assertAttempts, type LatestResult, latestResults, resultIn } from "./latest-results";
import type { ControlResult, OrphanRow, RequirementRow, TracedControl, TracedStep, TraceMatrix } from "./matrix";
import { rowStatus, tracedMethods } from "./row-status";

export interface TraceInputs {
  readonly requirements: readonly Requirement[];
  /** Of the gate, and those that no plan shows. */
  readonly controls: readonly LinkedControl[];
  /** The first execution, then its re-executions in their order. */
  readonly runs: readonly ExecutedRun[];
  /** @default - nobody has dealt with anything */
  readonly dispositions?: Dispositions;
}

/** Of several answers the gravest counts. */
const GRAVEST: readonly ControlResult[] = ["error", "fail", "unknown", "pending", "waived", "pass", "not_applicable"];

/** A linked step of the matrix in the making. */
interface Linked {
  readonly latest: LatestResult;
  readonly links: StepLinks;
}

/**
 * Joins requirements, controls, steps, results, evidence and deviations by their ids.
 *
 * @throws RUN_FOREIGN for runs that do not belong together, DEVIATION_REFUSED for dispositions that do not fit them
 */
export function traceMatrix({ requirements, controls, runs, dispositions }: TraceInputs): TraceMatrix {
  assertAttempts(runs);
  const links = new RequirementLinks(requirements, controls);
  const opened = runs.flatMap(({ record }, index) => openDeviations(record, index + 1, links));
  const { system, environment, target, bundle } = runs[0]!.record.summary;
  if (dispositions && dispositions.run !== bundle)
    throw refusedEntry(dispositions.file, `run ${bundle}`, dispositions.run);
  for (const { requirement: id, line } of dispositions?.outOfScope ?? []) {
    const where = `${dispositions!.file}:${line}`;
    if (!links.requirement(id)) throw refusedEntry(where, "the id of a requirement", id);
  }
  const deviations = settleDeviations(
    opened,
    dispositions,
    runs.slice(1).map((run) => retestOf(run, runs, opened)),
  );
  const linked = latestResults(runs).map((latest): Linked => ({ latest, links: links.ofStep(latest.step) }));
  const rows = requirements.map((requirement) => rowOf(requirement, links, linked, runs, deviations, dispositions));
  const notApplicable = approvedNotApplicable(linked, dispositions);
  const traced = runs.map(({ record: { summary, protocols, entries }, keyId, isPinned }, index) => ({
    run: summary.bundle,
    attempt: index + 1,
    status: summary.status,
    startedAt: summary.startedAt,
    finishedAt: summary.finishedAt,
    journalHead: summary.journalHead,
    keyId,
    isPinned,
    balance: balanceOf(protocols, entries),
  }));
  const joined = {
    schemaVersion: 1,
    system,
    environment,
    target,
    runs: traced,
    dispositions: dispositions ? { file: dispositions.file, sha256: dispositions.sha256 } : null,
    requirements: rows,
    orphans: orphansOf(controls, linked, links),
    deviations,
    notApplicable,
  } as const;
  const unapproved = linked.filter(
    ({ latest }) =>
      latest.entry?.body.result === "NOT APPLICABLE" && !notApplicable.some(({ step }) => step === latest.step.id),
  );
  const blockers = blockersOf(
    joined,
    unapproved.map(({ latest }) => latest.step.id),
  );
  return { ...joined, blockers, mayConcludeFit: blockers.length === 0 };
}

/** A re-execution, as a disposition may name it. */
function retestOf(run: ExecutedRun, runs: readonly ExecutedRun[], opened: readonly OpenedDeviation[]): Retest {
  const { summary, protocols, entries } = run.record;
  return {
    run: summary.bundle,
    isInOrder: (deviation: OpenedDeviation) => {
      const later = runs.findIndex(({ record }) => record.summary.bundle === summary.bundle) + 1;
      if (later <= deviation.attempt) return false;
      // What went wrong outside of a step is in order again in a run that is whole, and in no other.
      if (deviation.step === null) return summary.status === "COMPLETE" && balanceOf(protocols, entries).holds;
      const planned = runs[deviation.attempt - 1]!.record.protocols.flatMap((protocol) => protocol.steps);
      const step = planned.find(({ id }) => id === deviation.step)!;
      const hasDeviation = opened.some((one) => one.run === summary.bundle && one.step === step.id);
      return !hasDeviation && resultIn(run, step)?.entry?.body.result === "PASS";
    },
  };
}

function rowOf(
  requirement: Requirement,
  links: RequirementLinks,
  linked: readonly Linked[],
  runs: readonly ExecutedRun[],
  all: readonly Deviation[],
  said: Dispositions | undefined,
): RequirementRow {
  const controls = links.controlsOf(requirement.id).map((control) => tracedControl(control, runs));
  const own = linked.filter(({ links: of }) => of.requirements.includes(requirement.id));
  const steps = own.map((one) => tracedStep(one, controls, runs, all));
  const deviations = all.filter(({ requirements }) => requirements.includes(requirement.id));
  const outOfScope = said?.outOfScope.find((one) => one.requirement === requirement.id) ?? null;
  const methods = tracedMethods(requirement, { controls, steps });
  const { id, area, text, gxp, clauses, risk, gap, status: implementation } = requirement;
  const of = { id, area, text, gxp, clauses, risk, ...(gap === undefined ? {} : { gap }) };
  const shown = { controls, steps, methods, outOfScope };
  const ids = deviations.map(({ id }) => id);
  return { ...of, implementation, ...shown, deviations: ids, ...rowStatus(requirement, shown, deviations) };
}

function tracedControl({ id, title, severity }: LinkedControl, runs: readonly ExecutedRun[]): TracedControl {
  // The last run that judged it: a re-execution may have judged another plan.
  const latest = [...runs].reverse().find(({ answers }) => answers.some(({ control }) => control === id));
  const said = (latest?.answers ?? []).filter(({ control }) => control === id).map(({ status }) => status);
  // A status that nobody knows here is no pass.
  const known = said.map((status) => GRAVEST.find((one) => one === status) ?? "error");
  return { id, title, severity, result: GRAVEST.find((one) => known.includes(one)) ?? "none" };
}

function tracedStep(
  { latest: { protocol, step, run, attempt, entry }, links: of }: Linked,
  controls: readonly TracedControl[],
  runs: readonly ExecutedRun[],
  deviations: readonly Deviation[],
): TracedStep {
  const resource = step.readBack?.address ?? null;
  const own = runs[attempt - 1]!.constructs;
  return {
    protocol: protocol.id,
    kind: protocol.kind,
    step: step.id,
    title: step.title,
    controls: of.controls.filter((id) => controls.some((control) => control.id === id)),
    resource,
    construct: (resource && own.get(resource)) || null,
    result: entry?.body.result ?? "NO RESULT",
    run,
    attempt,
    entry: entry ? { seq: entry.seq, hash: entry.hash } : null,
    evidence: entry?.body.evidence ?? [],
    deviations: deviations.filter((one) => one.step === step.id).map(({ id }) => id),
  };
}

function orphansOf(
  controls: readonly LinkedControl[],
  linked: readonly Linked[],
  links: RequirementLinks,
): OrphanRow[] {
  return [
    ...controls.flatMap(({ id, title, requirements }): OrphanRow[] => {
      const unknown = requirements.filter((one) => !links.requirement(one));
      if (unknown.length > 0)
        return [{ kind: "control", id, title, because: `names ${unknown.join(", ")}, which no requirement has` }];
      return requirements.length > 0 ? [] : [{ kind: "control", id, title, because: "names no requirement" }];
    }),
    ...linked.flatMap(({ latest: { step }, links: { requirements, unknown } }): OrphanRow[] => {
      const of = { kind: "step", id: step.id, title: step.title } as const;
      if (unknown.length > 0) return [{ ...of, because: `names ${unknown.join(", ")}, which nobody has` }];
      return requirements.length > 0 ? [] : [{ ...of, because: "shows no requirement" }];
    }),
  ];
}

/**
 * Steps that did not apply, and of which somebody approved that they do not.
 *
 * @throws DEVIATION_REFUSED for an entry about a step of another result: what was not run, failed or was blocked does not
 * come to be not applicable by being called so
 */
function approvedNotApplicable(linked: readonly Linked[], said: Dispositions | undefined): readonly NotApplicable[] {
  for (const { step: id, line } of said?.notApplicable ?? []) {
    const where = `${said!.file}:${line}`;
    const one = linked.find(({ latest }) => latest.step.id === id);
    if (!one) throw refusedEntry(where, "a step of the protocols", id);
    const result = one.latest.entry?.body.result ?? "NO RESULT";
    if (result !== "NOT APPLICABLE")
      throw refusedEntry(where, "a step that the run recorded as NOT APPLICABLE", `${id}, which is ${result}`);
  }
  return said?.notApplicable ?? [];
}
