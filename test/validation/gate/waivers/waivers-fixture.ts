// SPDX-License-Identifier: Apache-2.0
import type { Attestation, Waiver, WaiverFacts } from "../../../../validation/facts";
import type { ControlMetadata } from "../../../../validation/gate";
import { sha256Hex } from "../../../../validation/json";

export const AS_OF = "2026-11-21";

/** A file in order, of a waiver and an attestation. Lines are those of the text. */
export const GOOD = `schemaVersion: 1
waivers:
  - control: FIX-01
    address: aws_s3_bucket.raw
    attribute: mode
    actual: GOVERNANCE
    digest: ${sha256Hex("COMPLIANCE")}
    valueDigest: ${"cd".repeat(32)}
    reason: The vendor migrates its buckets until December.
    author: ann.lee
    approver: bo.chen@example.org
    ticket: QA-17
    granted: 2026-11-01
    expires: 2026-12-01
attestations:
  - control: FIX-02
    address: aws_s3_bucket.raw
    attribute: owner
    valueDigest: ${"ef".repeat(32)}
    by: bo.chen@example.org
    at: 2026-11-10
    evidence: QA-18, attachment 2
    digest: ${"ab".repeat(32)}
    expires: 2026-12-01
`;

export function controlOf(id: string, over: Partial<ControlMetadata> = {}): ControlMetadata {
  return {
    id,
    package: `part11.${id.toLowerCase().replace("-", "_")}`,
    title: `Title of ${id}`,
    description: "Fixture.",
    severity: "high",
    clauses: ["11.10(c)"],
    annex11: [],
    alcoa: [],
    requirements: [],
    resources: ["aws_s3_bucket"],
    attributes: [{ type: "aws_s3_bucket", path: "mode" }],
    environments: ["production"],
    bucket_roles: [],
    failure_msg: "x",
    fix: "x",
    verified_by: [],
    ...over,
  };
}

/** FIX-03 never is waived, FIX-04 waits for its module. */
export const CONTROLS: readonly ControlMetadata[] = [
  controlOf("FIX-01"),
  controlOf("FIX-02", { severity: "critical" }),
  controlOf("FIX-03", { waivable: false }),
  controlOf("FIX-04", { pending: "receive" }),
  controlOf("META-02", { severity: "critical", waivable: false }),
  controlOf("META-07", { waivable: false }),
];

export function waiver(over: Partial<Waiver> = {}): Waiver {
  return {
    kind: "waiver",
    line: 3,
    control: "FIX-01",
    address: "aws_s3_bucket.raw",
    attribute: "mode",
    actual: "B",
    digest: sha256Hex("A"),
    valueDigest: "cd".repeat(32),
    reason: "The vendor migrates its buckets until December.",
    author: "ann.lee",
    approver: "bo.chen",
    ticket: "QA-17",
    granted: "2026-11-01",
    expires: "2026-12-01",
    ...over,
  };
}

export function attestation(over: Partial<Attestation> = {}): Attestation {
  return {
    kind: "attestation",
    line: 20,
    control: "FIX-02",
    address: "aws_s3_bucket.raw",
    attribute: "mode",
    valueDigest: "ef".repeat(32),
    by: "bo.chen",
    at: "2026-11-10",
    evidence: "QA-18, attachment 2",
    digest: "ab".repeat(32),
    expires: "2026-12-01",
    ...over,
  };
}

export function given(...entries: WaiverFacts["entries"]): WaiverFacts {
  return { file: "waivers.yaml", digest: "2".repeat(64), asOf: AS_OF, entries };
}
