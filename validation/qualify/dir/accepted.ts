// SPDX-License-Identifier: Apache-2.0
import { type GateFinding, gateFindingsOf, type PlannedPlan } from "../../evidence";
import type { Facts } from "../../facts";
import type { Decisions, Evaluation } from "../../gate";
import type { TargetProfile } from "../profile";
import { refused } from "./given";

/** The control that answers for every bucket that carries records, and for no other. */
const ABOUT_RECORDS = "P11-10c-01";
const NAMED = 5;

interface PlannedChange {
  readonly type: string;
  readonly mode: string;
  readonly change: { readonly after: Readonly<Record<string, unknown>> | null };
}

/** Addresses of the buckets that the gate holds to carry records: by tag, by mapping, or by what the plan does with them. */
export function recordBearing(facts: Facts, evaluation: Evaluation): readonly string[] {
  const buckets = new Set(facts.byType.aws_s3_bucket ?? []);
  const answered = evaluation.controls[ABOUT_RECORDS]?.answers ?? [];
  return [...new Set(answered.map(({ address }) => address).filter((address) => buckets.has(address)))].sort();
}

/**
 * Accepts a plan that the embedded AWS can take as a whole and that leads nowhere else.
 *
 * @throws DIR_REFUSED for programs, for other targets, for what the target cannot make, and for a plan without record buckets
 */
export function assertAccepted(facts: Facts, bearing: readonly string[], { leaveOut }: TargetProfile): void {
  if (facts.programs.length > 0) {
    const got = list(facts.programs.map(({ address, kind, name }) => `${kind} ${name} of ${address}`));
    throw refused(
      "plan",
      "no provisioner, no program and no call beyond AWS",
      got,
      "take them out of the folder: what they do is not in the plan",
    );
  }
  if (facts.meta.target !== "emulator") {
    const got = list(
      Object.entries(facts.providers).map(
        ([key, { endpoints }]) => `${key} with ${Object.keys(endpoints).length} endpoints`,
      ),
    );
    throw refused(
      "provider blocks of the plan",
      "every one pointed at the embedded AWS",
      got,
      "keep provider blocks in the root module, and none in modules",
    );
  }
  for (const { type, reason } of leaveOut) {
    const addresses = facts.byType[type] ?? [];
    if (addresses.length === 0) continue;
    throw refused(
      list(addresses),
      "resources that the embedded AWS can make",
      reason,
      "plan these from a folder of their own; nothing was applied",
    );
  }
  if (bearing.length > 0) return;
  throw refused(
    "plan",
    "at least one bucket that carries records: IQ alone is not enough",
    `${facts.byType.aws_s3_bucket?.length ?? 0} buckets, none of them by tag, mapping or lock`,
    "tag it BucketRole = record, or map it under buckets of part11.yaml",
  );
}

/**
 * What the run commits of the gate's findings, before anything is applied: what waivers let through, and what stays unknown without
 * failing the gate. A failure, and an unknown that fails it, is never committed, and the run that meets one is FAILED.
 */
export function committedPlan(plan: string, decisions: Decisions): PlannedPlan {
  const grave = new Set(
    decisions.controls.flatMap(({ id, findings }) =>
      findings
        .filter(({ severity }) => severity === "high" || severity === "critical")
        .map((one) => `${id} ${one.address} ${one.attribute}`),
    ),
  );
  const isAccepted = ({ control, address, attribute, status }: GateFinding) =>
    status === "waived" || (status === "unknown" && !grave.has(`${control} ${address} ${attribute}`));
  const findings = gateFindingsOf(decisions).filter(isAccepted);
  if (findings.length === 0) return { plan, apply: true, findings };
  const reason =
    "The plan of a folder has no synth text: what only that says stays unknown, as far as it fails no gate; what is waived or attested stands in the waivers that were given.";
  return { plan, apply: true, findings, reason };
}

/**
 * What a refresh of this plan may read otherwise than it was applied, beside what the target commits for every plan: tags that a
 * resource leaves out.
 */
export function committedDrift({ drift }: TargetProfile, plan: unknown): TargetProfile["drift"] {
  const changes = (plan as { resource_changes?: readonly PlannedChange[] }).resource_changes ?? [];
  const untagged = changes.filter(({ mode, change: { after } }) => mode === "managed" && after && after.tags === null);
  const types = [...new Set(untagged.map(({ type }) => type))].sort();
  const missing = types.filter((type) => !drift.some((one) => one.type === type && one.attribute === "tags"));
  const reason = "not set reads back as an empty map";
  return [...drift, ...missing.map((type) => ({ type, attribute: "tags", reason }))];
}

function list(names: readonly string[]): string {
  return `${names.slice(0, NAMED).join(", ")}${names.length > NAMED ? ` and ${names.length - NAMED} more` : ""}`;
}
