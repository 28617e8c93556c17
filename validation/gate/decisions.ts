// SPDX-License-Identifier: Apache-2.0

import type { PlanMeta } from "../facts/facts";

/** From least to gravest. */
export const SEVERITIES = ["low", "medium", "high", "critical"] as const;
export type Severity = (typeof SEVERITIES)[number];
/** `pending`: findings of a control whose module comes with a later release; listed, and no reason to fail. */
export type ControlStatus = "pass" | "fail" | "unknown" | "pending" | "not_applicable" | "waived" | "error";

/** What a control may wait for. */
export const PENDING = ["receive"] as const;

/** What a control says of one subject: the one answer shape every view is made from. */
export interface Answer {
  readonly address: string;
  readonly attribute: string;
  readonly status: "pass" | "fail" | "unknown";
  readonly expected: string;
  readonly actual: string;
  /** Raises the control's severity for this subject; it never lowers it. */
  readonly severity?: Severity;
}

/** A path within the resources of a type, without list indexes. */
export interface AttributeOfType {
  readonly type: string;
  readonly path: string;
}

/** What the wasm entry point `part11/decide` returns. */
export interface Evaluation {
  /** By control id. Exactly one of answers (at least one) and not_applicable (the reason). */
  readonly controls: Readonly<
    Record<string, { readonly answers: readonly Answer[]; readonly not_applicable: string | null }>
  >;
  /** Every managed address of a controlled type that was seen. */
  readonly evaluated: readonly string[];
}

export interface Finding {
  readonly address: string;
  readonly attribute: string;
  readonly severity: Severity;
  readonly status: "fail" | "unknown";
  readonly expected: string;
  readonly actual: string;
  /** cdktf construct path; null when it cannot be known. */
  readonly construct: string | null;
  readonly message: string;
  readonly fix: string;
  /**
   * SHA-256 of the UTF-8 bytes of `expected`, hex: the `digest` of a waiver. Absent where no waiver can be given: the
   * finding is unknown, or its control is never waived or pending.
   */
  readonly expectedDigest?: string;
  /**
   * SHA-256 over the answer and all that the control reads about its subject, hex: the `valueDigest` of a waiver or an
   * attestation. Absent where the control is never waived or pending.
   */
  readonly valueDigest?: string;
  /** Who answers for it; absent = nobody, the finding is open. */
  readonly waiver?: FindingWaiver;
}

/** The waiver or attestation that covers a finding. */
export interface FindingWaiver {
  readonly kind: "waiver" | "attestation";
  /** Author of a waiver; who saw the evidence of an attestation. */
  readonly by: string;
  /** Of a waiver. */
  readonly approver?: string;
  /** Of a waiver. */
  readonly ticket?: string;
  /** Of a waiver. */
  readonly reason?: string;
  /** Of an attestation: where the evidence is kept, and its SHA-256. */
  readonly evidence?: { readonly reference: string; readonly digest: string };
  /** UTC day on which the waiver was granted or the evidence seen. */
  readonly at: string;
  /** Last UTC day on which it holds. */
  readonly expires: string;
}

/** What a control judged: resources, or `plan` and other parts of it. */
export interface Subjects {
  readonly count: number;
  /** The first of them by code unit, at most twenty. */
  readonly addresses: readonly string[];
}

export interface ControlDecision {
  readonly id: string;
  readonly title: string;
  readonly severity: Severity;
  readonly clauses: readonly string[];
  readonly status: ControlStatus;
  /** Why not applicable, pending, waived or error. */
  readonly reason?: string;
  /** What was judged, whatever came of it; absent where the control does not apply. */
  readonly subjects?: Subjects;
  /** Fail and unknown only; empty for a pass. */
  readonly findings: readonly Finding[];
}

/** `decisions.json`. The same input gives the same bytes: no time stands in it. */
export interface Decisions {
  readonly schemaVersion: 1;
  readonly verdict: "pass" | "fail" | "error";
  readonly environment: string;
  /** What the provider blocks say: `offline` and `emulator` plans are for no account; null = not understood. */
  readonly target: PlanMeta["target"];
  readonly digests: Readonly<
    Record<"plan" | "synth" | "lock" | "policy" | "settings" | "waivers" | "bundle", string | null>
  >;
  /** UTC day on which waivers were judged, YYYY-MM-DD; absent without a file of waivers. */
  readonly waiversAsOf?: string;
  readonly tools: Readonly<Record<string, string>>;
  readonly evaluatedResources: { readonly count: number; readonly digest: string };
  readonly controls: readonly ControlDecision[];
}

/** METADATA of one control as `policies/part11.json` (the sidecar of the wasm) carries it. */
export interface ControlMetadata {
  readonly id: string;
  readonly package: string;
  readonly title: string;
  readonly description: string;
  readonly severity: Severity;
  readonly clauses: readonly string[];
  readonly annex11: readonly string[];
  readonly alcoa: readonly string[];
  readonly requirements: readonly string[];
  readonly resources: readonly string[];
  readonly attributes: readonly AttributeOfType[];
  readonly environments: readonly string[];
  readonly bucket_roles: readonly string[];
  readonly failure_msg: string;
  readonly fix: string;
  readonly verified_by: readonly string[];
  /** What brings the module that meets the control; until then its findings do not fail the gate. `@default` nothing */
  readonly pending?: (typeof PENDING)[number];
  /** False = no waiver and no attestation covers its findings. `@default` true */
  readonly waivable?: false;
}
