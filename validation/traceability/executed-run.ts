// SPDX-License-Identifier: Apache-2.0
import { type Commitments, entriesOf, type RunRecord, type SealedRun } from "../evidence";

/** What the gate said of one control on one plan. */
export interface ControlAnswer {
  readonly control: string;
  readonly plan: string;
  readonly status: string;
}

/** One execution, as a bundle records it. */
export interface ExecutedRun {
  readonly record: RunRecord;
  /** Answers about the plans that the gate had to pass. */
  readonly answers: readonly ControlAnswer[];
  /** Construct path of each resource address, over all plans. */
  readonly constructs: ReadonlyMap<string, string>;
  /** SHA-256 of the public key of the seal. */
  readonly keyId: string;
  /** Whether that is the key that the auditor gave. */
  readonly isPinned: boolean;
}

interface FactsView {
  readonly resources?: Readonly<Record<string, { readonly construct?: string | null }>>;
}

interface DecisionsView {
  readonly controls?: ReadonlyArray<{ readonly id: string; readonly status: string }>;
}

/** A sealed run with what the gate said of its plans. */
export function executedRun({ record, read, keyId, isPinned }: SealedRun): ExecutedRun {
  const judged = entriesOf(record.entries, "gate-decided");
  return {
    record,
    answers: judged
      .filter(({ body }) => mustPass(record.commitments, body.plan))
      .flatMap(({ body }) => answersOf(body.plan, read(body.decisions) as DecisionsView)),
    constructs: new Map(judged.flatMap(({ body }) => constructsOf(read(body.facts) as FactsView))),
    keyId,
    isPinned,
  };
}

/** A plan with committed findings is not what is qualified: it leaves out what the target cannot make, or takes protection off. */
function mustPass({ plans }: Commitments, plan: string): boolean {
  return plans.some((one) => one.plan === plan && one.findings.length === 0);
}

function answersOf(plan: string, { controls = [] }: DecisionsView): ControlAnswer[] {
  return controls.map(({ id, status }) => ({ control: id, plan, status }));
}

function constructsOf({ resources = {} }: FactsView): Array<[string, string]> {
  return Object.entries(resources).flatMap(([address, { construct }]) => (construct ? [[address, construct]] : []));
}
