// SPDX-License-Identifier: Apache-2.0
import { type EvidenceRef, entriesOf, type RunRecord } from "../evidence";
import { canonicalJson } from "../json";
import type { TraceMatrix } from "../traceability";
import { departureOfRun, executedSteps } from "./executed-steps";
import { runJunit } from "./junit";
import { oscalPlan } from "./oscal-plan";
import { oscalResults } from "./oscal-results";
import { testResult } from "./test-result";

/** A file by which another tool reads a run. */
export interface RunFormat {
  readonly name: string;
  readonly bytes: Buffer;
}

/** A sealed run, and the matrix over it. */
export interface RunInputs {
  readonly record: RunRecord;
  /** Bytes of `manifest.json`. */
  readonly manifest: Buffer;
  /** Contents of a JSON file that the journal refers to. */
  readonly read: (ref: EvidenceRef) => unknown;
}

interface DecisionsView {
  readonly controls?: ReadonlyArray<{ readonly id: string; readonly status: string }>;
}

/** Statuses of a control that take nothing from what its steps show. */
const LET_THROUGH: readonly string[] = ["pass", "not_applicable"];

/** JUnit, OSCAL assessment-plan and assessment-results, in-toto Statement: each a function of the bundle, byte for byte. */
export function runFormats({ record, manifest, read }: RunInputs, matrix: TraceMatrix): readonly RunFormat[] {
  const { bundle } = record.summary;
  const steps = executedSteps(record, matrix);
  const departure = departureOfRun(record, matrix);
  const refused = refusedControls(record, read);
  const planFile = `OSCAL-AP-${bundle}.json`;
  const json = (value: object) => Buffer.from(`${canonicalJson(value)}\n`);
  return [
    { name: `JUNIT-${bundle}.xml`, bytes: Buffer.from(runJunit(record, steps)) },
    { name: planFile, bytes: json(oscalPlan(record)) },
    {
      name: `OSCAL-AR-${bundle}.json`,
      bytes: json(oscalResults(record, steps, planFile, { departure, refused })),
    },
    { name: `IN-TOTO-${bundle}.json`, bytes: json(testResult(manifest, steps)) },
  ];
}

/** What the gate said of controls that it did not pass on a plan of which the commitments accept no finding. */
function refusedControls({ entries, commitments }: RunRecord, read: RunInputs["read"]): ReadonlyMap<string, string> {
  const refused = new Map<string, string>();
  for (const { body } of entriesOf(entries, "gate-decided")) {
    if (!commitments.plans.some(({ plan, findings }) => plan === body.plan && findings.length === 0)) continue;
    const { controls = [] } = read(body.decisions) as DecisionsView;
    for (const { id, status } of controls)
      if (!LET_THROUGH.includes(status)) refused.set(id, `${status} of plan ${body.plan}`);
  }
  return refused;
}
