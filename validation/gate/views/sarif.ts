// SPDX-License-Identifier: Apache-2.0
import { sha256Hex } from "../../json";
import type { ControlDecision, Decisions, Finding, Severity } from "../decisions";
import { messageText } from "../escape/sarif-message";
import { counts, digestsOf, isRefusal, type Outcome, type Refusal, setAside } from "./outcome";
import type { Place, Places } from "./places";

const SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

/** GitHub ranks rules by a number from 0 to 10 (docs.github.com, SARIF support, read 2026-11-21). */
const SECURITY_SEVERITY: Readonly<Record<Severity, string>> = {
  low: "3.0",
  medium: "5.5",
  high: "8.0",
  critical: "9.5",
};

/**
 * SARIF 2.1.0: a rule a control, a result a finding. An unknown is of kind `fail` and not `open`, whose level must be
 * `none`: readers would show nothing. Statuses without findings, digests and tools stand in the properties of the run.
 */
export function sarifView(outcome: Outcome, places: Places): string {
  const run = isRefusal(outcome) ? refusedRun(outcome, places) : decidedRun(outcome, places);
  return `${JSON.stringify({ $schema: SCHEMA, version: "2.1.0", runs: [run] }, null, 2)}\n`;
}

/** Without a result a forge would take everything that it knew for mended. */
function refusedRun({ error }: Refusal, places: Places): object {
  const text = messageText(`The gate could not judge: ${error.code}: ${error.message}.`);
  const notification = { level: "error", descriptor: { id: error.code }, message: { text } };
  return {
    tool: { driver: { name: "part11", rules: [GATE_RULE] } },
    invocations: [{ executionSuccessful: false, exitCode: 2, toolExecutionNotifications: [notification] }],
    results: [gateResult(text, 0, places)],
    columnKind: "utf16CodeUnits",
  };
}

function decidedRun(decisions: Decisions, places: Places): object {
  const { controls, verdict, environment, target, digests, waiversAsOf, tools, evaluatedResources } = decisions;
  const results = controls.flatMap((control, ruleIndex) =>
    control.findings.map((finding) => result(decisions, control, ruleIndex, finding, places(finding))),
  );
  const told = verdict === "pass" || results.some(({ level }) => level === "error");
  return {
    tool: { driver: { name: "part11", ...versionOf(tools), rules: [...controls.map(rule), GATE_RULE] } },
    automationDetails: { id: `part11/gate/${environment}/` },
    invocations: [{ executionSuccessful: true, exitCode: verdict === "pass" ? 0 : 1 }],
    results: told ? results : [gateResult(`The verdict is ${verdict}.`, controls.length, places), ...results],
    columnKind: "utf16CodeUnits",
    properties: {
      verdict,
      environment,
      target,
      digests,
      ...(waiversAsOf === undefined ? {} : { waiversAsOf }),
      tools,
      evaluatedResources,
      controls: controls.map(({ id, status, reason }) => ({ id, status, ...(reason === undefined ? {} : { reason }) })),
    },
  };
}

/** For what no control says: that nothing was judged, or that the gate fails without a finding that counts. */
const GATE_RULE = {
  id: "part11-gate",
  shortDescription: { text: "The gate judged the plan and let it pass." },
  fullDescription: { text: "The gate judged the plan and let it pass." },
  help: { text: "Read the output of part11 gate." },
  defaultConfiguration: { level: "error" },
  properties: { "security-severity": SECURITY_SEVERITY.critical, tags: ["security", "21-cfr-part-11"] },
};

function gateResult(text: string, ruleIndex: number, places: Places): object {
  const { file, line } = places({ address: "" });
  return {
    ruleId: GATE_RULE.id,
    ruleIndex,
    kind: "fail",
    level: "error",
    message: { text },
    locations: [{ physicalLocation: physical({ file, line }) }],
    partialFingerprints: { "controlAddressAttribute/v1": sha256Hex(GATE_RULE.id) },
  };
}

function physical({ file, line }: Place): object {
  const uri = file.split("/").map(encodeURIComponent).join("/");
  return { artifactLocation: { uri }, region: { startLine: line } };
}

function versionOf({ part11 }: Decisions["tools"]): object {
  return part11 === undefined ? {} : { version: part11, semanticVersion: part11 };
}

function rule({ id, title, severity, clauses, findings }: ControlDecision): object {
  const fix = findings[0]?.fix ?? `Part 11 clauses: ${clauses.join(", ")}.`;
  return {
    id,
    shortDescription: { text: sentence(title) },
    fullDescription: { text: sentence(`${title} (21 CFR ${clauses.join(", ")})`) },
    help: { text: sentence(fix) },
    defaultConfiguration: { level: levelOf(severity) },
    properties: {
      "security-severity": SECURITY_SEVERITY[severity],
      severity,
      clauses,
      tags: ["security", "21-cfr-part-11"],
    },
  };
}

interface Result {
  readonly level: "error" | "warning" | "note";
  readonly [member: string]: unknown;
}

function result(
  decisions: Decisions,
  control: ControlDecision,
  ruleIndex: number,
  finding: Finding,
  place: Place,
): Result {
  const { address, attribute, severity, status, expected, actual, construct, fix } = finding;
  const aside = setAside(control, finding);
  const seen = `${status === "unknown" ? "Cannot be known from the plan" : "Not as demanded"}: ${address} ${attribute}`;
  return {
    ruleId: control.id,
    ruleIndex,
    kind: "fail",
    level: counts(decisions, control, finding) ? "error" : aside === undefined ? levelOf(severity) : "note",
    message: {
      text: sentence([`${seen}: expected ${expected}, got ${actual}. ${fix}`, ...waiting(control)].join(" ")),
    },
    locations: [
      {
        physicalLocation: physical(place),
        logicalLocations: [
          { fullyQualifiedName: address, kind: "resource" },
          ...(construct === null ? [] : [{ fullyQualifiedName: construct, kind: "namespace" }]),
        ],
      },
    ],
    partialFingerprints: { "controlAddressAttribute/v1": sha256Hex(JSON.stringify([control.id, address, attribute])) },
    ...(aside?.startsWith("waived") ? { suppressions: [suppression(aside)] } : {}),
    properties: {
      ...{ status, controlStatus: control.status, severity, attribute, expected, actual, construct, fix },
      ...Object.fromEntries(digestsOf(finding)),
    },
  };
}

/** Readers show the message and not the level: without its reason a pending finding looks like any other. */
function waiting({ status, reason }: ControlDecision): readonly string[] {
  return status === "pending" ? [`Pending: ${reason}`] : [];
}

function suppression(justification: string): object {
  return { kind: "external", status: "accepted", justification };
}

function levelOf(severity: Severity): "error" | "warning" | "note" {
  if (severity === "low") return "note";
  return severity === "medium" ? "warning" : "error";
}

function sentence(text: string): string {
  return messageText(/[.!?]$/.test(text) ? text : `${text}.`);
}
