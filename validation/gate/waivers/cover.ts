// SPDX-License-Identifier: Apache-2.0
import type { Attestation, Waiver, WaiverFacts } from "../../facts";
import type { Answer, ControlDecision, ControlMetadata, Finding, FindingWaiver } from "../decisions";
import { isOfAnswers } from "../parts";
import { packageName } from "../policy";

type Entry = Waiver | Attestation;

export interface Covered {
  readonly controls: readonly ControlDecision[];
  /** What META-07 has to say besides: an answer for each entry that has not expired, whether it covers a finding. */
  readonly answers: readonly Answer[];
}

/**
 * Control decisions with every covered finding marked. A waiver covers a `fail`, an attestation an `unknown`, of exactly
 * its control, address and attribute, where what was judged still is what it was; a control is `waived` when all its
 * findings are covered. META-02 fails for each unknown answer of a critical control: that finding is the attested one
 * told again, and is covered with it.
 *
 * @param catalogue METADATA of the controls: what never is waived is not, whatever the entries say
 */
export function coverFindings(
  controls: readonly ControlDecision[],
  catalogue: readonly ControlMetadata[],
  given: WaiverFacts,
): Covered {
  const metadata = new Map(catalogue.map((control) => [control.id, control]));
  const valid = given.entries.filter(({ expires }) => expires >= given.asOf);
  const entries = byControl(valid);
  const used = new Set<Entry>();
  const retold = new Map<string, FindingWaiver>();
  const coveredOnce = controls.map((control) => {
    const { waivable } = metadata.get(control.id)!;
    const own = entries.get(control.id) ?? [];
    if (waivable === false || control.status === "pending" || own.length === 0) return control;
    return withWaivers(control, (finding) => {
      const entry = own.find((one) => covers(one, finding));
      if (!entry) return undefined;
      used.add(entry);
      const waiver = shown(entry);
      // META-02 tells of unknown answers only: a waiver of a failure must not reach an unknown one of the same place.
      if (entry.kind === "attestation") {
        retold.set(toldBy(finding, `${packageName(metadata.get(control.id)!)}: ${finding.expected}`), waiver);
      }
      return waiver;
    });
  });
  const covered = coveredOnce.map((control) =>
    isOfAnswers(control) ? withWaivers(control, (finding) => retold.get(toldBy(finding, finding.expected))) : control,
  );
  const answers = valid.map((entry) => {
    const findings = controls.find(({ id }) => id === entry.control)?.findings ?? [];
    return answerAbout(entry, given.file, used.has(entry), findings);
  });
  return { controls: covered, answers };
}

function byControl(entries: readonly Entry[]): ReadonlyMap<string, readonly Entry[]> {
  const grouped = new Map<string, Entry[]>();
  for (const entry of entries) grouped.set(entry.control, [...(grouped.get(entry.control) ?? []), entry]);
  return grouped;
}

function covers(entry: Entry, finding: Finding): boolean {
  if (!isOfPlace(entry, finding) || entry.valueDigest !== finding.valueDigest) return false;
  if (entry.kind === "attestation") return true;
  return entry.digest === finding.expectedDigest && entry.actual === finding.actual;
}

function isOfPlace({ kind, address, attribute }: Entry, finding: Finding): boolean {
  const status = kind === "waiver" ? "fail" : "unknown";
  return address === finding.address && attribute === finding.attribute && finding.status === status;
}

function toldBy({ address, attribute }: Finding, expected: string): string {
  return JSON.stringify([address, attribute, expected]);
}

function shown(entry: Entry): FindingWaiver {
  const { kind, expires } = entry;
  if (entry.kind === "attestation") {
    const { by, at, evidence, digest } = entry;
    return { kind, by, at, evidence: { reference: evidence, digest }, expires };
  }
  const { author, approver, ticket, reason, granted } = entry;
  return { kind, by: author, approver, ticket, reason, at: granted, expires };
}

function withWaivers(control: ControlDecision, find: (finding: Finding) => FindingWaiver | undefined): ControlDecision {
  const findings = control.findings.map((finding) => {
    const waiver = find(finding);
    return waiver ? { ...finding, waiver } : finding;
  });
  const waivers = findings.flatMap(({ waiver }) => waiver ?? []);
  if (waivers.length === 0) return control;
  const open = findings.filter(({ waiver }) => waiver === undefined);
  if (open.length > 0) {
    return { ...control, status: open.some(({ status }) => status === "fail") ? "fail" : "unknown", findings };
  }
  const [first] = waivers.map(({ expires }) => expires).sort();
  return { ...control, status: "waived", reason: `every finding is waived, until ${first}`, findings };
}

function answerAbout(entry: Entry, file: string, isUsed: boolean, findings: readonly Finding[]): Answer {
  const address = `${file}:${entry.line}`;
  const said = { address, attribute: "covers", severity: "critical" } as const;
  const expected = `${entry.kind === "waiver" ? "a failure" : "an unknown value"} of ${entry.control} at ${entry.address}`;
  if (isUsed) return { ...said, status: "pass", expected, actual: "found" };
  const now = findings.filter((one) => isOfPlace(entry, one)).flatMap(({ valueDigest }) => valueDigest ?? []);
  if (now.length === 0) return { ...said, status: "fail", expected, actual: "not found" };
  const what = entry.kind === "waiver" ? "waived" : "attested";
  const got = `no longer the value that was ${what}: ${[...new Set(now)].sort().join(", ")}`;
  return { ...said, attribute: "valueDigest", status: "fail", expected: entry.valueDigest, actual: got };
}
