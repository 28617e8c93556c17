// SPDX-License-Identifier: Apache-2.0
// A small run against a recorded target: every kind of entry and file that a real one has.
import {
  Bundle,
  type ClockReading,
  type Commitments,
  type EntryBodies,
  type IqRow,
  type Protocol,
  type ProtocolStep,
  protocolHash,
  type SealKey,
  type StepFinished,
} from "../../evidence";
import type { Facts } from "../../facts";
import { sha256Hex } from "../../json";
import { renderReport } from "../../report";
import { approve, ISSUE } from "./approved";

const TARGET = { name: "self-test", kind: "emulator" } as const;
const PLAN = "stack";
export const ADDRESS = "aws_s3_bucket_versioning.raw";
export const ATTRIBUTE = "versioning_configuration.status";
/** Step that only AWS could run. */
export const ON_AWS = "OQ-ON-AWS";
/** Step that a lock refuses, beside its twin and its mutant. */
export const CHALLENGE = "OQ-DELETE-LOCKED";
export const READ_BACK = "IQ-VERSIONING";

export const COMMITMENTS: Commitments = {
  schemaVersion: 1,
  target: TARGET,
  plans: [{ plan: PLAN, apply: true, findings: [] }],
  drift: [],
  cannotShow: [{ property: "Durability", reason: "the target is a record of answers" }],
  notRun: [{ step: ON_AWS, reason: "only AWS validates its log files" }],
  notApplicable: [],
  notAvailable: [],
};

const LINKS = { controls: ["P11-10c-02"], requirements: ["URS-012"], clauses: ["21 CFR 11.10(c)"] };

export const IQ: Protocol = {
  schemaVersion: 1,
  id: "IQ",
  kind: "IQ",
  title: "Installation qualification",
  target: TARGET.name,
  steps: [
    {
      id: READ_BACK,
      title: "Versioning of the bucket",
      ...LINKS,
      action: "read the bucket's versioning",
      expected: "config, plan, state and live agree",
      acceptance: "every row PASS",
      readBack: { address: ADDRESS, attributes: [ATTRIBUTE] },
    },
  ],
};

export const OQ: Protocol = {
  schemaVersion: 1,
  id: "OQ",
  kind: "OQ",
  title: "Operational qualification",
  target: TARGET.name,
  steps: [
    {
      id: CHALLENGE,
      title: "Delete a locked version",
      ...LINKS,
      kind: "negative",
      principal: "challenger",
      layer: "S3 Object Lock",
      action: "s3:DeleteObject with VersionId",
      expected: "403 AccessDenied",
      acceptance: "refused by the lock, and the version is still there",
      twin: "s3:GetObject of the same version",
      mutant: "the same call on a bucket without a lock",
    },
    {
      id: ON_AWS,
      title: "Validate log files",
      ...LINKS,
      action: "validate the trail's digests",
      expected: "every digest holds",
      acceptance: "no file altered",
      requires: "aws",
    },
  ],
};

export interface SampleRun {
  /** @default "self-test-run" */
  readonly run?: string;
  /** @default "111122223333" */
  readonly account?: string;
  /** Time of the first entry, milliseconds. @default 2026-11-21T08:00:00Z */
  readonly from?: number;
  /** @default "emulator" */
  readonly kind?: "emulator" | "aws";
  /** Whether people approved the protocols before. @default on AWS only */
  readonly approved?: boolean;
  readonly key: SealKey;
  /** @default - Node alone */
  readonly tools?: EntryBodies["tool-versions"]["tools"];
  /** The plan that is judged and applied. @default - one of which nothing is known but its digests */
  readonly plan?: { readonly facts: Facts; readonly synth: object };
  /** Changes the result of a step before it is written; undefined leaves the step without one. */
  readonly result?: (finished: StepFinished) => StepFinished | undefined;
}

/** Writes the bundle of one run into a folder that is not there yet. */
export function sampleRun(folder: string, sample: SampleRun): void {
  let now = sample.from ?? Date.UTC(2026, 10, 21, 8);
  const clock = () => {
    now += 1000;
    return new Date(now);
  };
  const target = { ...TARGET, kind: sample.kind ?? TARGET.kind };
  const bundle = Bundle.create(folder, { ...COMMITMENTS, target }, clock);
  const { run = "self-test-run", result = (same) => same } = sample;
  const approved = sample.approved ?? target.kind === "aws";
  const protocols = [IQ, OQ].map((protocol) => (approved ? { ...protocol, issue: ISSUE } : protocol));
  openRun(
    bundle,
    run,
    { kind: target.kind, account: sample.account ?? "111122223333" },
    protocols,
    approved,
    sample.tools ?? [{ name: "node", version: process.versions.node }],
  );
  const looksAtClock = (when: "start" | "end") => {
    bundle.journal.append("clock", { when, ...readingAt(clock(), target.kind) });
  };
  looksAtClock("start");
  makePlan(bundle, run, sample.plan);
  for (const protocol of protocols) {
    bundle.fixProtocol(protocol);
    for (const step of protocol.steps) {
      const body = { protocol: protocol.id, step: step.id };
      if (step.requires !== "aws") bundle.journal.append("step-started", body);
      const finished = result(resultOf(bundle, step, body, run));
      if (finished) bundle.journal.append("step-finished", finished);
    }
  }
  looksAtClock("end");
  bundle.close({ outcome: "finished", key: sample.key, render: renderReport });
}

function openRun(
  bundle: Bundle,
  run: string,
  { kind, account }: { kind: "emulator" | "aws"; account: string },
  protocols: readonly Protocol[],
  approved: boolean,
  tools: EntryBodies["tool-versions"]["tools"],
): void {
  const { journal, commitmentsRef } = bundle;
  journal.append("run-started", {
    schemaVersion: 3,
    run,
    system: "self-test",
    environment: "qualification",
    operator: { name: "self-test" },
    source: { commit: null, dirty: null },
    executor: {
      identity: { arn: `arn:aws:iam::${account}:role/self-test`, account, target: kind },
      login: { name: "self-test", source: "operating-system" },
    },
    attempt: { number: 1, reason: null, earlier: [] },
  });
  const named = protocols.map((protocol) => ({ protocol: protocol.id, protocolSha256: protocolHash(protocol) }));
  const provisional = { provisional: true, protocols: named, given: [] };
  journal.append("approvals", approved ? approve(bundle, protocols) : provisional);
  journal.append("tool-versions", { tools });
  journal.append("target", {
    ...TARGET,
    kind,
    account,
    regions: ["eu-central-1"],
    commitments: commitmentsRef,
    patches: [],
  });
  const checks = [{ id: "clock", title: "clocks agree", result: "PASS", actual: "0.1 s apart" } as const];
  const evidence = [bundle.addJson("transcripts/preflight.json", [run])];
  journal.append("preflight", { ...BEFORE, evidence, checks });
}

/** A reading of the clock, which stands at a whole second, with a second source that agrees. */
function readingAt(now: Date, kind: "emulator" | "aws"): ClockReading {
  const at = now.toISOString();
  return {
    source: { kind: kind === "aws" ? "aws" : "same-machine", name: "record of answers" },
    askedAt: at,
    answeredAt: at,
    monotonicMs: now.getTime() - Date.UTC(2026, 10, 20),
    dateHeader: now.toUTCString(),
    skewMs: 0,
  };
}

const BEFORE = { startedAt: "2026-11-20T09:00:00.000Z", finishedAt: "2026-11-20T09:00:30.000Z" };

function makePlan(bundle: Bundle, run: string, given: SampleRun["plan"]): void {
  const planSha256 = sha256Hex(`${run} plan.bin`);
  const planJson = given?.facts.meta.digests.plan ?? sha256Hex(`${run} plan.json`);
  const { journal } = bundle;
  const synth = bundle.addJson("plans/cdk.tf.json", given?.synth ?? { run });
  journal.append("plan-made", {
    plan: PLAN,
    planSha256,
    digests: { "plan.json": planJson, "cdk.tf.json": synth.sha256 },
    ...BEFORE,
    evidence: [synth],
  });
  const digests = { plan: planJson };
  journal.append("gate-decided", {
    plan: PLAN,
    planSha256,
    verdict: "pass",
    facts: bundle.addJson("plans/facts.json", given?.facts ?? { meta: { digests } }),
    decisions: bundle.addJson("gate/decisions.json", {
      schemaVersion: 1,
      verdict: "pass",
      digests,
      controls: [{ id: "P11-10c-02", status: "pass", findings: [] }],
    }),
    findings: [],
    pending: [],
  });
  journal.append("apply-started", { plan: PLAN, planSha256 });
  const log = bundle.addFile("apply/stack.log", `${run}: Apply complete! Resources: 1 added.\n`);
  journal.append("apply-finished", { plan: PLAN, status: "complete", exitCode: 0, resources: 1, evidence: [log] });
  journal.append("second-plan", { plan: PLAN, exitCode: 0, changes: [], drift: [], evidence: [] });
}

function resultOf(
  bundle: Bundle,
  step: ProtocolStep,
  body: Pick<StepFinished, "protocol" | "step">,
  run: string,
): StepFinished {
  if (step.requires === "aws") {
    return { ...body, result: "NOT RUN", actual: "", reason: COMMITMENTS.notRun[0]!.reason, evidence: [] };
  }
  if (step.readBack) return { ...body, result: "PASS", actual: "1 attribute read", evidence: [], rows: [ROW] };
  return {
    ...body,
    result: "PASS",
    actual: "refused: 403 AccessDenied",
    principal: "arn:aws:sts::111122223333:assumed-role/challenger/self-test",
    layer: "S3 Object Lock",
    twin: { result: "PASS", actual: "allowed: HTTP 200" },
    mutant: { result: "PASS", actual: "allowed: HTTP 204" },
    evidence: [bundle.addJson(`oq/${step.id}.json`, { run, status: 403 })],
  };
}

const READING = { kind: "value", value: "Enabled" } as const;
const ROW: IqRow = {
  id: `${ADDRESS}#${ATTRIBUTE}`,
  address: ADDRESS,
  attribute: ATTRIBUTE,
  config: READING,
  plan: READING,
  state: READING,
  live: READING,
  result: "PASS",
};
