// SPDX-License-Identifier: Apache-2.0
import { parseDispositions } from "../../../validation/deviations";
import { RequirementLinks } from "../../../validation/requirements/links";
import { CONTROLS, REQUIREMENTS } from "../traceability/sample-trace";

export const NOW = new Date("2026-12-01T00:00:00Z");
export const LINKS = new RequirementLinks(REQUIREMENTS, CONTROLS);

const SIGNED = `    recordedBy: ann.lee@example.org
    recordedAt: 2026-11-22T10:00:00+01:00
    approver: quality.head@example.org
    approvedAt: 2026-11-23T10:00:00Z
`;

/** A file in order; members of the first disposition may be given otherwise, and lists be added. */
export function dispositions(
  of: { readonly deviation?: string; readonly digest?: string; readonly lines?: string },
  more = "",
): string {
  const { deviation = "DEV-sample-run-1-OQ-SHORTEN", digest = "0".repeat(64), lines = CORRECTED } = of;
  return `schemaVersion: 1
run: sample-run
dispositions:
  - deviation: ${deviation}
    digest: "${digest}"
    type: system
    cause: The bucket policy of the challenged bucket was left as it had been.
    impact: None on records, and the step was executed again.
${lines}    action: The policy is taken off before the first challenge.
${SIGNED}${more}`;
}

export const CORRECTED = `    disposition: corrected
    retest: {required: true, run: second-run}
`;

export const ACCEPTED = `    disposition: accepted
    retest: {required: false, justification: The step asks for more than the requirement does.}
`;

export const TRANSFERRED = `    disposition: transferred
    retest: {required: false, justification: It is followed up in the next release.}
    tracking: CHG-2026-117
`;

export function notApplicable(step: string): string {
  return `notApplicable:
  - step: ${step}
    reason: The system has no such component in this environment.
${SIGNED}`;
}

export function outOfScope(requirement: string): string {
  return `outOfScope:
  - requirement: ${requirement}
    reason: Signing stays with the system that the sponsor has for it.
${SIGNED}`;
}

export function parsed(text: string | Uint8Array, now = NOW) {
  return parseDispositions(Buffer.from(text as string), "deviations.yaml", now);
}
