// SPDX-License-Identifier: Apache-2.0
import type { OpenedDeviation } from "../../deviations";

const SIGNED = {
  recordedBy: "ann.lee@example.org",
  recordedAt: "2026-11-22T10:00:00+01:00",
  approver: "quality.head@example.org",
  approvedAt: "2026-11-23T10:00:00Z",
};

/** Time at which the files are read. */
export const NOW = new Date("2026-12-01T00:00:00Z");

const CORRECTED = { disposition: "corrected", retest: { required: true, run: "self-test-retest" } };
export const ACCEPTED = {
  disposition: "accepted",
  retest: { required: false, justification: "The step asks for more than anybody needs." },
};

/** deviations.yaml with one deviation, corrected and retested unless it says otherwise. */
export function dispositionsOf({ id, run, digest }: OpenedDeviation, more: object = CORRECTED): Buffer {
  const entry = {
    deviation: id,
    digest,
    type: "system",
    cause: "The policy of the challenged bucket was left as it had been.",
    impact: "None on records, and the step was executed again.",
    action: "The policy is taken off before the first challenge.",
    ...SIGNED,
    ...more,
  };
  return file(run, { dispositions: [entry] });
}

/** deviations.yaml that calls one step not applicable. */
export function notApplicableStep(run: string, step: string): Buffer {
  const reason = "The system has no such component in this environment.";
  return file(run, { notApplicable: [{ step, reason, ...SIGNED }] });
}

// JSON is YAML.
function file(run: string, lists: object): Buffer {
  return Buffer.from(JSON.stringify({ schemaVersion: 1, run, ...lists }, null, 1));
}
