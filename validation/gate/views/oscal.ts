// SPDX-License-Identifier: Apache-2.0
import { sha256Hex } from "../../json";
import type { ControlDecision, Decisions, Finding } from "../decisions";
import { prose } from "../escape/markdown";
import { OSCAL_VERSION, property as prop, uuid } from "../escape/oscal";
import {
  basisOf,
  digestsOf,
  isRefusal,
  type Outcome,
  type Refusal,
  setAside,
  statusWord,
  toneOf,
  totalsLine,
} from "./outcome";

/**
 * OSCAL assessment-results: a finding a judged control, an observation each of its findings and each control that does not
 * apply. Satisfied is what passed alone. Texts
 * are Markdown, as OSCAL has it. The same outcome and time give the same bytes, ids included.
 *
 * @param now when it was judged; OSCAL demands a time
 */
export function oscalView(outcome: Outcome, now: Date): string {
  const time = now.toISOString();
  const seed = sha256Hex(JSON.stringify({ outcome, time }));
  const document = {
    "assessment-results": {
      uuid: uuid(seed, "document"),
      metadata: {
        title: "part11 gate: assessment of a Terraform plan",
        "last-modified": time,
        version: time,
        "oscal-version": OSCAL_VERSION,
      },
      "import-ap": {
        href: `#${uuid(seed, "plan")}`,
        remarks: "No assessment plan is imported: the gate judges every control that is compiled into it.",
      },
      results: [isRefusal(outcome) ? refused(outcome, seed, time) : decided(outcome, seed, time)],
      "back-matter": {
        resources: [
          { uuid: uuid(seed, "plan"), title: "part11 gate", description: "The compiled controls of cdktf-part11." },
        ],
      },
    },
  };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function refused({ error }: Refusal, seed: string, time: string): object {
  const said = prose(`error ${error.code}: ${error.message}`);
  return {
    uuid: uuid(seed, "result"),
    title: "Could not judge",
    description: said,
    start: time,
    props: [prop("verdict", "error"), prop("error-code", error.code)],
    "reviewed-controls": { "control-selections": [{ description: "None: nothing was judged." }] },
    findings: [verdictFinding("error", said, seed)],
  };
}

function decided(decisions: Decisions, seed: string, time: string): object {
  const { controls, verdict, environment } = decisions;
  const judged = controls.filter(({ status }) => status !== "not_applicable");
  const observations = controls.flatMap((control) => observationsOf(control, seed, time));
  return {
    uuid: uuid(seed, "result"),
    title: `Gate: ${verdict}, ${environment}`,
    description: totalsLine(decisions),
    start: time,
    end: time,
    props: [
      prop("verdict", verdict),
      prop("environment", environment),
      ...basisOf(decisions).map(([n, v]) => prop(n, v)),
    ],
    "reviewed-controls": { "control-selections": [selection(judged)] },
    ...(observations.length > 0 ? { observations } : {}),
    findings: [
      verdictFinding(verdict, totalsLine(decisions), seed),
      ...judged.map((control) => findingOf(control, seed)),
    ],
  };
}

function selection(judged: readonly ControlDecision[]): object {
  if (judged.length === 0) return { description: "None: no control applies." };
  return { "include-controls": judged.map(({ id }) => ({ "control-id": id })) };
}

function verdictFinding(verdict: string, said: string, seed: string): object {
  return {
    uuid: uuid(seed, "finding"),
    title: "The gate judged the plan and let it pass",
    description: said,
    target: target("part11-gate", verdict, said),
  };
}

function findingOf(control: ControlDecision, seed: string): object {
  const { id, title, severity, clauses, status, reason, findings } = control;
  const said = prose([statusWord(status), ...(reason === undefined ? [] : [reason])].join(": "));
  return {
    uuid: uuid(seed, `finding ${id}`),
    title: prose(`${id} ${title}`),
    description: prose(`${title}. 21 CFR ${clauses.join(", ")}.`),
    props: [prop("status", status), prop("severity", severity), ...clauses.map((clause) => prop("clause", clause))],
    target: target(id, status, said),
    ...(findings.length > 0
      ? { "related-observations": findings.map((_, at) => ({ "observation-uuid": uuid(seed, `${id} ${at}`) })) }
      : {}),
  };
}

function target(id: string, status: string, remarks: string): object {
  const reason = status === "pass" ? "pass" : toneOf(status) === "bad" ? "fail" : "other";
  const state = status === "pass" ? "satisfied" : "not-satisfied";
  return { type: "objective-id", "target-id": id, status: { state, reason, remarks } };
}

function observationsOf(control: ControlDecision, seed: string, time: string): readonly object[] {
  const { id, title, status, reason, findings } = control;
  const head = { methods: ["EXAMINE"], types: ["control-objective"], collected: time };
  if (status === "not_applicable") {
    const description = prose(`${id} ${title}: not applicable${reason === undefined ? "" : `, ${reason}`}.`);
    return [{ uuid: uuid(seed, `${id} none`), description, props: [prop("status", status)], ...head }];
  }
  return findings.map((finding, at) => ({
    uuid: uuid(seed, `${id} ${at}`),
    title: prose(`${id} ${finding.address}`),
    description: prose(finding.message),
    props: propsOf(finding),
    ...head,
    remarks: [finding.fix, setAside(control, finding) ?? ""].map(prose).join("\n\n").trim(),
  }));
}

function propsOf(finding: Finding): readonly object[] {
  const { status, severity, address, attribute, expected, actual, construct } = finding;
  const named = {
    status,
    severity,
    address,
    attribute,
    expected,
    actual,
    ...(construct === null ? {} : { construct }),
    ...Object.fromEntries(digestsOf(finding)),
  };
  return Object.entries(named).map(([name, value]) => prop(name, value));
}
