// SPDX-License-Identifier: Apache-2.0
import type { QualifiedRun } from "../comparison";
import type { Deviation, Dispositions } from "../deviations";
import { Part11Error } from "../error";
import type { RunTarget } from "../evidence";
import type { Facts, WaiverFacts } from "../facts";
import { isObject } from "../facts/json-object";
import { type ImpactInputs, impactOf } from "../impact";
import type { AccessReview } from "../vendors/review-views";
import { ofAccess } from "./access";
import { type Drift, driftOf, ofChanges, ofDrift } from "./deployed";
import { type DigestRow, digestRows, ofDigests } from "./digests";
import { type Incidents, ofIncidents } from "./incidents-file";
import type { ReviewItem } from "./item";
import { ofDeviations, ofEarlier, ofQualification } from "./qualification";
import { ofTools, type Tool, type ToolRow, toolRows } from "./tools";
import { type DueWaiver, dueWaivers, ofWaivers } from "./waivers-due";

/** UTC days, YYYY-MM-DD, both included. */
export interface Period {
  readonly since: string;
  readonly until: string;
}

/** Content of a file that somebody gave, with what binds the record to it. */
export interface Given<T> {
  /** Name without folders. */
  readonly file: string;
  /** SHA-256, hex. */
  readonly sha256: string;
  readonly content: T;
}

/** What a review takes from the one before. */
export type EarlierReview = Pick<PeriodicReview, "from" | "period" | "stillQualified" | "conclusion">;

/** `validation/schema/review.schema.json`. */
export interface PeriodicReview {
  readonly schemaVersion: 1;
  readonly period: Period;
  readonly from: {
    readonly bundle: string;
    readonly system: string;
    readonly environment: string;
    readonly plan: string;
    readonly status: string;
    readonly target: RunTarget;
    readonly finishedAt: string;
    readonly keyId: string;
    readonly isPinned: boolean;
    readonly planSha256: string;
  };
  readonly to: {
    readonly planSha256: string;
    /** Null: no plan of the deployed state beside it. */
    readonly deployedSha256: string | null;
  };
  /** One for each question, in their order. */
  readonly items: readonly ReviewItem[];
  readonly drift: readonly Drift[];
  readonly deviations: ReadonlyArray<Pick<Deviation, "id" | "place" | "severity" | "state">>;
  readonly waivers: readonly DueWaiver[];
  readonly tools: readonly ToolRow[];
  readonly digests: readonly DigestRow[];
  /** Null: none were given. */
  readonly incidents: Incidents | null;
  /** Files that people gave beside plan and bundle, by name and SHA-256. */
  readonly inputs: ReadonlyArray<{ readonly file: string; readonly sha256: string }>;
  /** True exactly when every item is in order. */
  readonly stillQualified: boolean;
  readonly conclusion: string;
}

export interface ReviewInputs extends ImpactInputs {
  readonly period: Period;
  /** Facts of a plan against the deployed state. @default - the new plan's own */
  readonly deployed?: Facts;
  /** Waivers and attestations of now. */
  readonly waivers?: WaiverFacts;
  readonly deviations: readonly Deviation[];
  readonly dispositions?: Dispositions;
  readonly installed: readonly Tool[];
  readonly incidents?: Given<Incidents>;
  readonly access?: Given<AccessReview>;
  readonly previous?: Given<EarlierReview>;
}

/**
 * The state of a qualified system after a time of use. What no input shows is not looked at, and the system is still qualified only
 * when every question was looked at and none is open.
 *
 * @throws RUN_FOREIGN for plans of another stack than the bundle's, USAGE for a period that does not come after the run
 */
export function reviewOf(inputs: ReviewInputs): PeriodicReview {
  const { run, facts, period, deployed, waivers, deviations, dispositions, incidents, access, previous } = inputs;
  const { summary } = run.record;
  assertPeriod(period, summary.finishedAt.slice(0, 10));
  assertSameStack(run, facts, inputs.synth);
  if (deployed) assertSameStack(run, deployed, undefined);
  const { waivers: qualified, ...plain } = run.plan.facts;
  // Which waivers stand is asked by itself: they are no change of the configuration.
  const impact = impactOf({ ...inputs, run: { ...run, plan: { ...run.plan, facts: plain } } });
  const drift = driftOf([facts, ...(deployed ? [deployed] : [])]);
  const due = dueWaivers(qualified, waivers, period);
  const tools = toolRows(run.record, inputs.installed);
  const digests = digestRows(run.plan.facts, facts);
  const items = [
    ofQualification(run),
    ofEarlier(run, period, previous),
    ofChanges(impact),
    ofDrift(drift, deployed ?? facts, facts),
    ofDeviations(deviations, dispositions && { ...dispositions, content: null }),
    ofIncidents(period, incidents),
    ofWaivers(due, qualified, waivers),
    ofTools(tools),
    ofDigests(digests),
    ofAccess(period, access),
  ];
  const given = [waivers && { file: waivers.file, sha256: waivers.digest }, dispositions, incidents, access, previous];
  return {
    schemaVersion: 1,
    period,
    from: {
      bundle: summary.bundle,
      system: summary.system,
      environment: summary.environment,
      plan: run.plan.name,
      status: summary.status,
      target: summary.target,
      finishedAt: summary.finishedAt,
      keyId: run.keyId,
      isPinned: run.isPinned,
      planSha256: run.plan.facts.meta.digests.plan,
    },
    to: { planSha256: facts.meta.digests.plan, deployedSha256: deployed?.meta.digests.plan ?? null },
    items,
    drift,
    deviations: deviations.map(({ id, place, severity, state }) => ({ id, place, severity, state })),
    waivers: due,
    tools,
    digests,
    incidents: incidents?.content ?? null,
    inputs: given.flatMap((one) => (one ? [{ file: one.file, sha256: one.sha256 }] : [])),
    ...concluded(items, period),
  };
}

function concluded(items: readonly ReviewItem[], { until }: Period) {
  const count = (state: ReviewItem["state"]) => items.filter((one) => one.state === state).length;
  const [open, unknown] = [count("open"), count("not looked at")];
  const stillQualified = open === 0 && unknown === 0;
  const conclusion = stillQualified
    ? `still qualified as of ${until}: nothing is open, to be reviewed and approved by a person`
    : `not shown to be still qualified as of ${until}: ${open} of ${items.length} questions open, ${unknown} not looked at`;
  return { stillQualified, conclusion };
}

function assertPeriod({ since, until }: Period, end: string): void {
  if (since > until) throw wrongPeriod("--since", `a day not after ${until}`, since);
  if (until < end) throw wrongPeriod("--as-of", `a day not before ${end}, on which the run ended`, until);
}

function wrongPeriod(where: string, expected: string, got: string): Part11Error {
  const todo = "give the first and the last day of the period";
  return new Part11Error({ code: "USAGE", what: "period refused", where, expected, got, todo });
}

/** Plans of one stack share resources, and their stack's name where both say it. */
function assertSameStack({ plan }: QualifiedRun, facts: Facts, synth: unknown): void {
  const [one, other] = [stackNameOf(plan.synth), stackNameOf(synth)];
  const todo = "give bundle and plan of one stack";
  const foreign = { code: "RUN_FOREIGN", what: "plan of another stack", where: `plan ${plan.name}`, todo } as const;
  if (one !== undefined && other !== undefined && one !== other)
    throw new Part11Error({ ...foreign, expected: `stack ${one}`, got: `stack ${other}` });
  const managed = Object.entries(plan.facts.resources).filter(([, { mode }]) => mode === "managed");
  if (managed.length > 0 && !managed.some(([address, { type }]) => facts.resources[address]?.type === type)) {
    throw new Part11Error({
      ...foreign,
      expected: `some of its ${managed.length} resources`,
      got: `${Object.keys(facts.resources).length} resources, none of them`,
    });
  }
}

/** Name that cdktf notes in a synthesized stack. */
function stackNameOf(synth: unknown): string | undefined {
  const notes = isObject(synth) ? synth["//"] : undefined;
  const metadata = isObject(notes) ? notes.metadata : undefined;
  const name = isObject(metadata) ? metadata.stackName : undefined;
  return typeof name === "string" ? name : undefined;
}
