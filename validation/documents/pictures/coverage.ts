// SPDX-License-Identifier: Apache-2.0
import { entriesOf, type SealedRun, type StepOutcome } from "../../evidence";
import { itemsOf, membersOf, textOf, textsOf } from "../contents/as-found";
import { plannedStacks, zoneOf } from "../contents/planned-resources";
import { outcomesOf } from "../contents/steps";

/**
 * What shows that a control holds. SHOWN: the gate passes it and every step that names it passed. PARTLY: some of these steps did
 * not run, or the gate had something to judge in other plans only. GAP: no step that names it passed. NOT HELD: the gate does not
 * pass it in one of the plans. FAILED: a step failed or has no result.
 */
export type ControlState = "FAILED" | "NOT HELD" | "GAP" | "PARTLY" | "SHOWN" | "NOT APPLICABLE";

export interface CoveredControl {
  readonly id: string;
  readonly title: string;
  readonly clauses: readonly string[];
  /** Status by the gate, one for each plan in the order of `Coverage.plans`. */
  readonly verdicts: readonly string[];
  readonly iq: readonly StepOutcome[];
  readonly oq: readonly StepOutcome[];
  readonly state: ControlState;
}

export interface Coverage {
  readonly plans: readonly string[];
  /** By id. */
  readonly controls: readonly CoveredControl[];
}

const NOT_JUDGED = "not judged";
const WITHOUT_CLAUSE = "no clause named";

interface Judged {
  readonly title: string;
  readonly clauses: readonly string[];
  readonly verdicts: readonly string[];
}

/** Every control that the gate judged or a step names, joined by its id. */
export function coverageOf(bundle: SealedRun): Coverage {
  const { record, read } = bundle;
  const plans = plansOf(bundle);
  const judged = plans.map(
    (plan) =>
      new Map(
        entriesOf(record.entries, "gate-decided")
          .filter(({ body }) => body.plan === plan)
          .flatMap(({ body }) => itemsOf(membersOf(read(body.decisions)).controls).map(membersOf))
          .map((control) => [textOf(control.id) ?? "not recorded", control]),
      ),
  );
  const [iq, oq] = [outcomesOf(record, "IQ"), outcomesOf(record, "OQ")];
  const named = [...iq, ...oq].flatMap(({ step }) => step.controls);
  const ids = [...new Set([...judged.flatMap((controls) => [...controls.keys()]), ...named])].sort();
  const naming = (outcomes: readonly StepOutcome[], id: string) =>
    outcomes.filter(({ step }) => step.controls.includes(id));
  return {
    plans,
    controls: ids.map((id): CoveredControl => {
      const answers = judged.map((controls) => controls.get(id) ?? {});
      const steps = { iq: naming(iq, id), oq: naming(oq, id) };
      const known: Judged = {
        title: answers.flatMap(({ title }) => textOf(title) ?? [])[0] ?? "title not recorded",
        clauses: [...new Set(answers.flatMap(({ clauses }) => textsOf(clauses)))],
        verdicts: answers.map(({ status }) => textOf(status) ?? NOT_JUDGED),
      };
      const live = [...steps.iq, ...steps.oq];
      const clauses = known.clauses.length > 0 ? known.clauses : clausesOf(live);
      return { id, ...known, clauses, ...steps, state: stateOf(known.verdicts, steps.iq, steps.oq) };
    }),
  };
}

/** Controls by clause, a control below each of its clauses. */
export function byClause({ controls }: Coverage): ReadonlyMap<string, readonly CoveredControl[]> {
  const clauses = new Map<string, CoveredControl[]>();
  for (const control of controls) {
    for (const clause of control.clauses) clauses.set(clause, [...(clauses.get(clause) ?? []), control]);
  }
  return new Map([...clauses].sort(([a], [b]) => a.localeCompare(b, "en", { numeric: true })));
}

/** What is qualified, then the plans that were only judged; not what steps apply to try something on. */
function plansOf(bundle: SealedRun): readonly string[] {
  const stacks = plannedStacks(bundle);
  const zone = zoneOf(stacks, bundle.record);
  const judgedOnly = stacks.filter(({ applied }) => !applied);
  const steppedOn = zone === undefined ? stacks.filter(({ applied }) => applied) : [zone];
  return [...steppedOn, ...judgedOnly].map(({ plan }) => plan);
}

function clausesOf(live: readonly StepOutcome[]): readonly string[] {
  const cited = [...new Set(live.flatMap(({ step }) => step.clauses.map((clause) => clause.replace(/^21 CFR /, ""))))];
  return cited.length > 0 ? cited : [WITHOUT_CLAUSE];
}

/** Of a control that is pending its module is not there yet: it waits, and nothing shows it. */
const PENDING = "pending";
const HOLDS = ["pass", "waived", "not_applicable", PENDING, NOT_JUDGED];

/** @param verdicts the first is of the plan that the steps were made on */
function stateOf(verdicts: readonly string[], iq: readonly StepOutcome[], oq: readonly StepOutcome[]): ControlState {
  const results = [...iq, ...oq].map(({ finished }) => finished?.result ?? "NO RESULT");
  if (results.includes("FAIL") || results.includes("NO RESULT")) return "FAILED";
  if (!verdicts.every((verdict) => HOLDS.includes(verdict))) return "NOT HELD";
  const challenged = oq.some(({ finished }) => finished?.result === "PASS");
  // That live attributes are as planned says nothing of a control that has nothing to judge in the plan.
  const applies = challenged || verdicts[0] !== "not_applicable";
  if (!applies && verdicts.every((verdict) => verdict === "not_applicable")) return "NOT APPLICABLE";
  if (!results.includes("PASS") || verdicts.includes(PENDING)) return "GAP";
  return applies && results.every((result) => result === "PASS") ? "SHOWN" : "PARTLY";
}
