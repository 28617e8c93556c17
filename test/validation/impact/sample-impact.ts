// SPDX-License-Identifier: Apache-2.0
import type { QualifiedRun } from "../../../validation/comparison";
import type { Commitments, ProtocolStep } from "../../../validation/evidence";
import type { Facts, ResourceFacts } from "../../../validation/facts";
import type { ControlMetadata, Policy } from "../../../validation/gate";
import { type Impact, type ImpactInputs, impactOf } from "../../../validation/impact";
import { assertSchema } from "../../../validation/json";
import { type LinkedControl, RequirementLinks } from "../../../validation/requirements/links";
import { factsOf } from "../gate/facts-fixture";
import { controlOf } from "../gate/waivers/waivers-fixture";
import { requirement } from "../traceability/sample-trace";

const reads = (type: string, path: string) => [{ type, path }];

/** One control reads the lock's mode, one the key's rotation, one a bucket's policy. */
export const CONTROLS: readonly ControlMetadata[] = [
  controlOf("LOCK-01", {
    requirements: ["URS-001"],
    resources: ["aws_s3_bucket_object_lock_configuration"],
    attributes: reads("aws_s3_bucket_object_lock_configuration", "rule.default_retention.mode"),
  }),
  controlOf("KEY-01", {
    requirements: ["URS-002"],
    resources: ["aws_kms_key"],
    attributes: reads("aws_kms_key", "enable_key_rotation"),
  }),
  controlOf("POLICY-01", {
    requirements: ["URS-003"],
    resources: ["aws_s3_bucket_policy"],
    attributes: reads("aws_s3_bucket_policy", "policy"),
  }),
];
const OUTSIDE: readonly LinkedControl[] = [
  { id: "OUT-01", title: "Outside", severity: "high", clauses: ["11.10(c)"], requirements: ["URS-002"] },
];
const REQUIREMENTS = ["URS-001", "URS-002", "URS-003"].map((id) => requirement(id, ["OQ"]));
const LINKS = new RequirementLinks(REQUIREMENTS, [...CONTROLS, ...OUTSIDE]);

export const LOCK = "aws_s3_bucket_object_lock_configuration.raw";
export const KEY = "aws_kms_key.raw";
export const BUCKET = "aws_s3_bucket.raw";

const RESOURCES: Readonly<Record<string, Partial<ResourceFacts>>> = {
  [BUCKET]: { type: "aws_s3_bucket", values: { bucket: "acme-raw" } },
  [LOCK]: {
    type: "aws_s3_bucket_object_lock_configuration",
    values: { rule: [{ default_retention: [{ mode: "COMPLIANCE", years: 7 }] }] },
  },
  [KEY]: { type: "aws_kms_key", values: { enable_key_rotation: true } },
};

const SYNTH = {
  resource: {
    aws_s3_bucket: { raw: { bucket: "acme-raw", force_destroy: false } },
    aws_s3_bucket_object_lock_configuration: {
      raw: { rule: { default_retention: { mode: "COMPLIANCE", years: 7 } } },
    },
    aws_kms_key: { raw: { enable_key_rotation: true } },
  },
};

/** Facts of the sample with other resources; null takes one out. The lock refers to the bucket. */
export function sampleFacts(
  changes: Readonly<Record<string, Partial<ResourceFacts> | null>> = {},
  more: Partial<Facts> = {},
): Facts {
  const all = Object.entries({ ...RESOURCES, ...changes }).flatMap(([address, own]) =>
    own === null ? [] : [[address, { ...RESOURCES[address], ...own }] as const],
  );
  const links = { [BUCKET]: { aws_s3_bucket_object_lock_configuration: [LOCK] } };
  return { ...factsOf(Object.fromEntries(all)), links, ...more };
}

function step(id: string, more: Partial<ProtocolStep>): ProtocolStep {
  const of = { title: id, controls: [], requirements: [], clauses: [] };
  return { id, ...of, action: "a", expected: "e", acceptance: "x", ...more };
}

const readBack = (id: string, address: string) => step(id, { readBack: { address, attributes: ["a"] } });

const STEPS = [
  readBack("IQ-BUCKET", BUCKET),
  readBack("IQ-LOCK", LOCK),
  readBack("IQ-KEY", KEY),
  step("OQ-LOCK", { controls: ["LOCK-01"] }),
  step("OQ-KEY", { controls: ["KEY-01"] }),
  step("OQ-ANY", { requirements: ["URS-003"] }),
  step("OQ-OUTSIDE", { controls: ["OUT-01"] }),
];

export interface Sample {
  readonly facts?: Facts;
  readonly synth?: unknown;
  readonly status?: "COMPLETE" | "FAILED";
  /** Result of OQ-KEY. @default "PASS" */
  readonly result?: "PASS" | "NOT RUN";
}

/** Impact of a plan that differs from the qualified one as the sample says. */
export function sampleImpact(sample: Sample): Impact {
  const impact = impactOf(impactInputs(sample));
  assertSchema("impact", impact, "impact");
  return impact;
}

/** What the impact of a sample is made of. */
export function impactInputs({
  facts = sampleFacts(),
  status = "COMPLETE",
  result = "PASS",
  ...sample
}: Sample): ImpactInputs {
  const protocol = { schemaVersion: 1, id: "P", kind: "OQ", title: "P", target: "aws", steps: STEPS } as const;
  const entries = STEPS.map(({ id }) => ({
    type: "step-finished",
    body: { protocol: "P", step: id, result: id === "OQ-KEY" ? result : "PASS", actual: "", evidence: [] },
  }));
  const run = {
    record: {
      summary: { bundle: "run-1", status, target: { name: "aws", kind: "aws" } },
      protocols: [protocol],
      entries,
      commitments: {} as Commitments,
    },
    plan: { name: "stack", facts: sampleFacts(), synth: SYNTH },
    keyId: "a".repeat(64),
    isPinned: true,
  } as unknown as QualifiedRun;
  const policy = { sidecar: { controls: CONTROLS, data: {} } } as unknown as Policy;
  const synth = "synth" in sample ? sample.synth : SYNTH;
  return { run, facts, synth, policy, outside: OUTSIDE, links: LINKS };
}

/** The synthesized sample with another attribute of one resource. */
export function synthWith(type: keyof typeof SYNTH.resource, attribute: string, value: unknown): object {
  const { raw } = SYNTH.resource[type];
  return { resource: { ...SYNTH.resource, [type]: { raw: { ...raw, [attribute]: value } } } };
}

export const again = ({ steps }: Impact) => steps.filter((one) => one.again).map((one) => one.step);
