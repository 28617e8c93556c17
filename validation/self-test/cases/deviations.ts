// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import type { Dispositions, OpenedDeviation } from "../../deviations";
import type { Requirement } from "../../requirements";
import { type LinkedControl, RequirementLinks } from "../../requirements/links";
import { type ExecutedRun, executedRun, type TraceMatrix } from "../../traceability";
import type { SelfTestCase } from "../case";
import type { BundleName, Ground } from "../ground";
import type { Harness } from "../harness";
import { ACCEPTED, dispositionsOf, NOW, notApplicableStep } from "../samples/dispositions";
import { CHALLENGE, ON_AWS } from "../samples/run";

const CONTROLS: readonly LinkedControl[] = [
  { id: "P11-10c-02", title: "Locked", severity: "critical", clauses: ["11.10(c)"], requirements: ["URS-012"] },
];

function requirement(id: string): Requirement {
  return {
    id,
    area: "protect",
    text: "Records are kept as they came.",
    gxp: "direct",
    clauses: [{ source: "part11", name: "21 CFR Part 11", edition: "1997", clause: "11.10(c)" }],
    risk: {
      severity: "high",
      probability: "medium",
      detectability: "low",
      class: 1,
      priority: "high",
      why: "Results would rest on nothing.",
    },
    verification: [{ method: "OQ", shows: "That nobody changes a record." }],
    resources: [],
    status: "implemented",
    where: "self-test",
  };
}

const REQUIREMENTS = [requirement("URS-012")];
const LINKS = new RequirementLinks(REQUIREMENTS, CONTROLS);

const read = ({ readSealedRun }: Harness, { bundle }: Ground, ...names: readonly BundleName[]) =>
  names.map((name) => executedRun(readSealedRun(bundle(name))));

function opened(harness: Harness, ground: Ground): readonly OpenedDeviation[] {
  const [failed] = read(harness, ground, "failed");
  return harness.openDeviations(failed!.record, 1, LINKS);
}

function traced(
  harness: Harness,
  ground: Ground,
  names: readonly BundleName[],
  dispositions?: Dispositions,
  requirements = REQUIREMENTS,
): TraceMatrix {
  const runs = read(harness, ground, ...names);
  return harness.traceMatrix({ requirements, controls: CONTROLS, runs, ...(dispositions ? { dispositions } : {}) });
}

const blockers = (matrix: TraceMatrix) => matrix.blockers.map(({ code, where }) => `${code} ${where}`);
/** Of deviations of steps: a run that failed has others, of the run as a whole. */
const states = ({ deviations }: TraceMatrix) =>
  deviations.flatMap(({ step, state, because }) => (step === null ? [] : [`${state}: ${because}`]));
const parsed = ({ parseDispositions }: Harness, bytes: Buffer) => parseDispositions(bytes, "deviations.yaml", NOW);

type Run = SelfTestCase["run"];

const fault = (name: string, title: string, expected: string, run: Run): SelfTestCase => ({
  id: `deviation.${name}`,
  kind: "fault",
  title,
  expected,
  run,
});
const good = (name: string, title: string, expected: string, run: Run): SelfTestCase => ({
  ...fault(name, title, expected, run),
  kind: "good",
});

const equation =
  (name: BundleName): Run =>
  (harness, ground) => {
    const [{ record }] = read(harness, ground, name) as [ExecutedRun];
    return [harness.balanceOf(record.protocols, record.entries).equation];
  };

/** What must be noticed of deviations, of what people say of them, and of retests. */
export const DEVIATION_CASES: readonly SelfTestCase[] = [
  good(
    "balance",
    "a run in which every planned step has a result",
    "planned 3 = executed 2 + blocked 0 + not run 1 + not applicable 0",
    equation("whole"),
  ),
  fault(
    "out-of-balance",
    "a run in which a planned step has no result",
    "planned 3 ≠ executed 1 + blocked 0 + not run 1 + not applicable 0: 1 without a result",
    equation("gap"),
  ),
  fault(
    "failure-without-deviation",
    "a step of a critical control failed",
    `critical ${CHALLENGE}`,
    (harness, ground) => opened(harness, ground).map(({ severity, step }) => `${severity} ${step}`),
  ),
  good(
    "corrected",
    "a failed step passed in a later run of the same system",
    "closed: corrected, in order in retest self-test-retest",
    (harness, ground) => {
      const said = parsed(harness, dispositionsOf(opened(harness, ground)[0]!));
      return states(traced(harness, ground, ["failed", "retest"], said));
    },
  ),
  fault("unsettled", "nobody has dealt with a failed step", "open: nobody has dealt with it", (harness, ground) =>
    states(traced(harness, ground, ["failed", "retest"])),
  ),
  fault(
    "retest-missing",
    "a deviation is called corrected, and no bundle shows it",
    "open: the bundle of retest self-test-retest was not given",
    (harness, ground) => {
      const all = opened(harness, ground);
      return harness
        .settleDeviations(all, parsed(harness, dispositionsOf(all[0]!)), [])
        .map(({ state, because }) => `${state}: ${because}`);
    },
  ),
  fault(
    "critical-accepted",
    "a critical deviation is accepted without a retest",
    "open: a critical deviation is closed by a retest alone",
    (harness, ground) => {
      const said = parsed(harness, dispositionsOf(opened(harness, ground)[0]!, ACCEPTED));
      return states(traced(harness, ground, ["failed"], said));
    },
  ),
  fault(
    "of-another-digest",
    "what people say of a deviation repeats another digest",
    "DEVIATION_REFUSED",
    (harness, ground) => {
      const said = parsed(harness, dispositionsOf({ ...opened(harness, ground)[0]!, digest: "0".repeat(64) }));
      return states(traced(harness, ground, ["failed", "retest"], said));
    },
  ),
  fault("approved-by-who-recorded", "one person records and approves", "DEVIATION_REFUSED", (harness, ground) => {
    const alone = { approver: "ann.lee@example.org", ...ACCEPTED };
    return [parsed(harness, dispositionsOf(opened(harness, ground)[0]!, alone)).run];
  }),
  fault(
    "not-run-called-not-applicable",
    "people call a step not applicable that was not run",
    "DEVIATION_REFUSED",
    (harness, ground) => {
      const said = parsed(harness, notApplicableStep("self-test-run", ON_AWS));
      return blockers(traced(harness, ground, ["whole"], said));
    },
  ),
  fault("retest-in-another-account", "the retest ran in another account", "RUN_FOREIGN", (harness, ground) =>
    blockers(traced(harness, ground, ["failed", "elsewhere"])),
  ),
  fault(
    "retest-begun-before",
    "the retest was begun before the first run had ended",
    "RUN_FOREIGN",
    (harness, ground) => blockers(traced(harness, ground, ["failed", "earlier"])),
  ),
  fault("run-its-own-retest", "a run is given as its own retest", "RUN_FOREIGN", (harness, ground) =>
    blockers(traced(harness, ground, ["retest", "retest"])),
  ),
  fault("bundle-altered", "a bundle is traced whose evidence was altered", "BUNDLE_ALTERED", (harness, ground) => {
    const copy = ground.freshPath();
    fs.cpSync(ground.bundle("whole"), copy, { recursive: true });
    fs.appendFileSync(`${copy}/oq/${CHALLENGE}.json`, " ");
    return [harness.readSealedRun(copy).record.summary.status];
  }),
  fault(
    "requirement-uncovered",
    "no step and no control shows a requirement",
    "REQUIREMENT_UNCOVERED URS-013",
    (harness, ground) =>
      blockers(traced(harness, ground, ["whole"], undefined, [...REQUIREMENTS, requirement("URS-013")])),
  ),
  fault(
    "emulator-called-fit",
    "every step passed, on an emulator",
    "DEVELOPMENT_EVIDENCE self-test",
    (harness, ground) => blockers(traced(harness, ground, ["whole"])),
  ),
  fault(
    "step-for-nothing",
    "a step names a requirement that nobody has",
    `names URS-012, which nobody has`,
    (harness, ground) =>
      traced(harness, ground, ["whole"], undefined, [requirement("URS-013")]).orphans.map(({ because }) => because),
  ),
];
