// SPDX-License-Identifier: Apache-2.0
import { canQualify, entriesOf, type RunRecord, SEAL_MEANING } from "../evidence";
import { prose } from "../gate/escape/markdown";
import { OSCAL_VERSION, property, uuid } from "../gate/escape/oscal";
import { digestOf } from "../json";
import type { ExecutedStep } from "./executed-steps";
import { controlIds } from "./oscal-parts";

/** Name of the finding about the run as a whole. */
const RUN = "part11-run";

/**
 * OSCAL assessment-results of a run: an observation a step, a finding a control that steps name, and one about the run. A
 * control is satisfied when every step that names it passed, the gate passed it on every plan that had to, and nothing went
 * wrong outside of the steps; the run when it is complete on AWS: development evidence satisfies nobody's requirement as a whole.
 *
 * @param planFile name of the assessment-plan beside it
 * @param departure what went wrong outside of the steps
 * @param refused controls that the gate did not pass on a plan that had to pass, with what it said
 */
export function oscalResults(
  { summary, protocols, entries }: RunRecord,
  steps: readonly ExecutedStep[],
  planFile: string,
  { departure, refused }: { readonly departure: string | undefined; readonly refused: ReadonlyMap<string, string> },
): object {
  const { bundle, status, conclusion, startedAt, finishedAt, target, journalHead } = summary;
  const seed = digestOf({ bundle, journalHead });
  const controls = controlIds(protocols);
  const doubtsOf = (control: string) => [
    ...(refused.has(control) ? [`the gate said ${refused.get(control)}`] : []),
    ...(departure === undefined ? [] : [`of the run as a whole: ${departure}`]),
  ];
  const accounts = entriesOf(entries, "target").map(({ body }) => body.account);
  return {
    "assessment-results": {
      uuid: uuid(seed, "document"),
      metadata: {
        title: prose(`part11 qualify: results of ${summary.system}`),
        "last-modified": finishedAt,
        version: bundle,
        "oscal-version": OSCAL_VERSION,
      },
      "import-ap": { href: planFile },
      results: [
        {
          uuid: uuid(seed, "result"),
          title: prose(`${bundle}: ${status}`),
          description: prose(conclusion),
          start: startedAt,
          end: finishedAt,
          props: [
            property("status", status),
            property("environment", summary.environment),
            property("target", target.name),
            property("target-kind", target.kind),
            ...accounts.map((account) => property("account", account)),
            property("journal-head", journalHead),
            property("seal", SEAL_MEANING),
          ],
          "reviewed-controls": {
            "control-selections": [
              controls.length === 0
                ? { description: "None: no step names a control." }
                : { "include-controls": controls.map((id) => ({ "control-id": id })) },
            ],
          },
          ...(steps.length > 0 ? { observations: steps.map((step) => observation(step, seed, finishedAt)) } : {}),
          findings: [
            runFinding(summary, seed),
            ...controls.map((control) => controlFinding(control, steps, doubtsOf(control), seed)),
          ],
        },
      ],
    },
  };
}

function observation({ protocol, step, result, says, entry }: ExecutedStep, seed: string, end: string): object {
  const evidence = entry?.body.evidence ?? [];
  return {
    uuid: observationId(protocol.id, step.id, seed),
    title: prose(`${step.id} ${step.title}`),
    description: prose(`${result}: ${says}`),
    props: [
      property("protocol", protocol.id),
      property("step", step.id),
      property("result", result),
      ...(entry ? [property("journal-seq", String(entry.seq)), property("journal-hash", entry.hash)] : []),
    ],
    methods: [protocol.kind === "IQ" ? "EXAMINE" : "TEST"],
    types: ["control-objective"],
    ...(evidence.length > 0
      ? {
          "relevant-evidence": evidence.map(({ path, sha256 }) => ({
            href: path,
            description: "A file of the bundle.",
            props: [property("sha256", sha256)],
          })),
        }
      : {}),
    collected: entry?.at ?? end,
  };
}

function runFinding({ status, conclusion, target }: RunRecord["summary"], seed: string): object {
  const complete = status === "COMPLETE";
  const satisfied = complete && canQualify(target);
  const development = complete && target.kind !== "aws";
  const said = development ? `${conclusion}; development evidence is no qualification` : conclusion;
  const reason = satisfied ? "pass" : complete ? "other" : "fail";
  return {
    uuid: uuid(seed, "finding"),
    title: "The run is complete for its target",
    description: prose(conclusion),
    target: targetOf(RUN, satisfied, reason, said),
  };
}

function controlFinding(
  control: string,
  all: readonly ExecutedStep[],
  doubts: readonly string[],
  seed: string,
): object {
  const steps = all.filter(({ step }) => step.controls.includes(control));
  const open = steps.filter(({ state }) => state !== "passed");
  const satisfied = steps.length > 0 && open.length === 0 && doubts.length === 0;
  const failed = doubts.length > 0 || open.some(({ state }) => state !== "left");
  const said = [
    `${steps.length - open.length} of ${steps.length} steps passed`,
    ...open.map(({ step, result, says }) => `${step.id} ${result}: ${says}`),
    ...doubts,
  ].join("; ");
  return {
    uuid: uuid(seed, `finding ${control}`),
    title: prose(control),
    description: prose(said),
    target: targetOf(control, satisfied, satisfied ? "pass" : failed ? "fail" : "other", said),
    "related-observations": steps.map(({ protocol, step }) => ({
      "observation-uuid": observationId(protocol.id, step.id, seed),
    })),
  };
}

function targetOf(id: string, satisfied: boolean, reason: "pass" | "fail" | "other", said: string): object {
  const state = satisfied ? "satisfied" : "not-satisfied";
  return { type: "objective-id", "target-id": id, status: { state, reason, remarks: prose(said) } };
}

function observationId(protocol: string, step: string, seed: string): string {
  return uuid(seed, `observation ${protocol} ${step}`);
}
