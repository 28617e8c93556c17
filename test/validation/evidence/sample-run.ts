// SPDX-License-Identifier: Apache-2.0
// A whole run against a recorded target: every entry and file that a real one has, with answers written down beforehand.
import { parseAllowedSigners, ROLES, readApproval } from "../../../validation/approvals";
import { namedFiles } from "../../../validation/approvals/approvals-folder";
import {
  Bundle,
  boundProtocol,
  type Commitments,
  type EntryBodies,
  type Executor,
  type GateFinding,
  type IqRow,
  type Protocol,
  type ProtocolStep,
  protocolHash,
  type RunTarget,
  type SealKey,
  type StepFinished,
  type Summary,
} from "../../../validation/evidence";
import { sha256Hex } from "../../../validation/json";
import { renderReport } from "../../../validation/report";
import { LIST, recordOf, statementOf } from "../approvals/people";

export const TARGET = { name: "emulator", kind: "emulator" } as const;

const DISPOSABLE_FINDING: GateFinding = {
  control: "P11-10c-06",
  address: "aws_s3_bucket_policy.disposable",
  attribute: "policy",
  status: "fail",
};

export const COMMITMENTS: Commitments = {
  schemaVersion: 1,
  target: TARGET,
  plans: [
    { plan: "production", apply: false, findings: [] },
    { plan: "target", apply: true, findings: [] },
    { plan: "disposable", apply: true, findings: [DISPOSABLE_FINDING], reason: "the lock alone must refuse there" },
  ],
  notRun: [
    { step: "OQ-TRAIL-TO-LOGS", reason: "the emulator delivers no CloudTrail events to CloudWatch Logs" },
    { step: "IQ-aws_s3_bucket_inventory.raw", reason: "the emulator has no inventory configuration" },
  ],
  drift: [{ type: "aws_s3_bucket", attribute: "policy", reason: "mirrors a resource of its own" }],
  cannotShow: [{ property: "Durability", reason: "objects lie in memory" }],
  notApplicable: [],
  notAvailable: [{ row: "aws_cloudtrail.audit#enable_log_file_validation", reason: "the emulator does not return it" }],
};

const step = (id: string, more: Partial<ProtocolStep> = {}): ProtocolStep => ({
  id,
  title: `Check of ${id}`,
  controls: ["P11-10c-01"],
  requirements: ["URS-012"],
  clauses: ["21 CFR 11.10(c)"],
  action: "read the resource through the AWS SDK",
  expected: "config, plan, state and live agree",
  acceptance: "every row PASS",
  ...more,
});

const negative = (id: string, title: string, more: Partial<ProtocolStep> = {}): ProtocolStep =>
  step(id, {
    title,
    kind: "negative",
    principal: "challenger role",
    layer: "object-lock",
    action: "s3:DeleteObject with VersionId",
    expected: "403 AccessDenied, the version stays readable",
    acceptance: "code = AccessDenied and SHA-256 unchanged",
    twin: "s3:GetObject of the same version",
    mutant: "the same call on a bucket without a lock",
    ...more,
  });

export const IQ: Protocol = {
  schemaVersion: 1,
  id: "IQ-landing-zone",
  kind: "IQ",
  title: "Installation qualification of the landing zone",
  target: TARGET.name,
  steps: [
    step("IQ-aws_s3_bucket.raw", {
      title: "aws_s3_bucket.raw",
      readBack: { address: "aws_s3_bucket.raw", attributes: ["object_lock_enabled", "policy", "kms_key_id"] },
    }),
    step("IQ-aws_cloudtrail.audit", {
      title: "aws_cloudtrail.audit",
      clauses: ["21 CFR 11.10(e)"],
      readBack: {
        address: "aws_cloudtrail.audit",
        attributes: ["is_multi_region_trail", "enable_log_file_validation"],
      },
    }),
    step("IQ-aws_s3_bucket_inventory.raw", { title: "aws_s3_bucket_inventory.raw", requires: "aws" }),
  ],
};

export const OQ: Protocol = {
  schemaVersion: 1,
  id: "OQ-landing-zone",
  kind: "OQ",
  title: "Operational qualification of the landing zone",
  target: TARGET.name,
  steps: [
    negative("OQ-DELETE-LOCKED", "Delete a locked version"),
    negative("OQ-SHORTEN", "Shorten a retention", { action: "s3:PutObjectRetention with an earlier date" }),
    negative("OQ-PLAIN-HTTP", "PUT over plain HTTP", { layer: "bucket-policy", principal: "writer role" }),
    step("OQ-OVERWRITE", { title: "Overwrite makes a version", kind: "positive", expected: "a second version id" }),
    step("OQ-TRAIL-TO-LOGS", { title: "CloudTrail event reaches the log group", requires: "aws" }),
  ],
};

const value = (v: unknown) => ({ kind: "value", value: v }) as const;

const row = (address: string, attribute: string, v: unknown, more: Partial<IqRow> = {}): IqRow => ({
  id: `${address}#${attribute}`,
  address,
  attribute,
  config: value(v),
  plan: value(v),
  state: value(v),
  live: value(v),
  result: "PASS",
  ...more,
});

export const RAW_POLICY = {
  Statement: [{ Effect: "Deny", Action: ["s3:*"], Condition: { Bool: { "aws:SecureTransport": ["false"] } } }],
};

const ROWS: Readonly<Record<string, readonly IqRow[]>> = {
  "IQ-aws_s3_bucket.raw": [
    row("aws_s3_bucket.raw", "object_lock_enabled", true),
    row("aws_s3_bucket.raw", "policy", RAW_POLICY),
    row("aws_s3_bucket.raw", "kms_key_id", "arn:aws:kms:eu-central-1:111122223333:key/1", {
      plan: { kind: "unknown" },
    }),
  ],
  "IQ-aws_cloudtrail.audit": [
    row("aws_cloudtrail.audit", "is_multi_region_trail", true),
    row("aws_cloudtrail.audit", "enable_log_file_validation", true, {
      live: { kind: "not-available", reason: "the emulator does not return it" },
      result: "NOT AVAILABLE",
    }),
  ],
};

/** What a test may change of the run; every default is the honest, complete one. */
export interface Variation {
  readonly commitments?: Commitments;
  readonly protocols?: readonly Protocol[];
  /** Changes a step's record before it is written; undefined leaves the step without a result. */
  readonly result?: (finished: StepFinished) => StepFinished | undefined;
  readonly verdict?: "pass" | "fail" | "error";
  readonly key?: SealKey;
  /** Issued protocols, approved by four people. @default - a provisional run */
  readonly approved?: boolean;
  /** Approvals of an approved run, changed. */
  readonly approvals?: (entry: EntryBodies["approvals"]) => EntryBodies["approvals"];
  /** 1: as runs were recorded before approvals, 2: before the second clock. @default 3 */
  readonly journalVersion?: 1 | 2 | 3;
  /** Changes a reading of the clocks before it is written; undefined leaves it out. */
  readonly clock?: (reading: EntryBodies["clock"]) => EntryBodies["clock"] | undefined;
  readonly attempt?: EntryBodies["run-started"]["attempt"];
  /** @default "sample-run" */
  readonly run?: string;
  /** @default "Clinical landing zone <sample>" */
  readonly system?: string;
  readonly after?: EntryBodies["run-started"]["after"];
  /** How long after the fixed instant it begins, hours. @default 0 */
  readonly hoursLater?: number;
  readonly outcome?: "finished" | "stopped";
  /** Where it was executed. @default - the emulator */
  readonly target?: RunTarget;
}

/** A clock that starts at a fixed instant, or hours later, and goes on by a second with each look. */
export function steppingClock(hoursLater = 0): () => Date {
  let now = Date.UTC(2026, 10, 21, 8 + hoursLater, 0, 0, 125);
  return () => {
    now += 1000;
    return new Date(now);
  };
}

/** Runs the sample to its end in a folder that does not exist yet. */
export function sampleRun(folder: string, vary: Variation = {}): Summary {
  const target = vary.target ?? TARGET;
  const clock = steppingClock(vary.hoursLater);
  const bundle = Bundle.create(folder, vary.commitments ?? { ...COMMITMENTS, target }, clock);
  const written = (vary.protocols ?? [IQ, OQ]).map((protocol) => ({ ...protocol, target: target.name }));
  const protocols = vary.approved ? written.map((protocol) => ({ ...protocol, issue: ISSUE })) : written;
  open(bundle, protocols, vary);
  lookAtClock(bundle, "start", clock(), vary);
  for (const protocol of protocols) bundle.fixProtocol(protocol);
  for (const { plan, apply, findings } of COMMITMENTS.plans) {
    makeAndJudge(bundle, plan, findings, plan === "production" ? vary.verdict : undefined);
    if (apply) applyPlan(bundle, plan);
  }
  for (const protocol of protocols) {
    for (const planned of protocol.steps) execute(bundle, protocol, planned, vary.result ?? ((same) => same));
  }
  lookAtClock(bundle, "end", clock(), vary);
  return bundle.close({ outcome: vary.outcome ?? "finished", key: vary.key, render: renderReport });
}

function lookAtClock(bundle: Bundle, when: "start" | "end", now: Date, vary: Variation): void {
  if ((vary.journalVersion ?? 3) < 3) return;
  const reading = (vary.clock ?? ((same) => same))({
    when,
    source:
      (vary.target ?? TARGET).kind === "aws"
        ? { kind: "aws", name: "STS" }
        : { kind: "same-machine", name: "the emulator" },
    askedAt: now.toISOString(),
    answeredAt: now.toISOString(),
    monotonicMs: now.getTime() - Date.UTC(2026, 10, 21),
    dateHeader: now.toUTCString(),
    skewMs: -now.getUTCMilliseconds(),
  });
  if (reading) bundle.journal.append("clock", reading);
}

/** Of the protocols of an approved run. */
export const ISSUE = { version: "1", issuedAt: "2026-11-20T08:00:00Z", reason: "First issue." };

function executorOn({ kind }: NonNullable<Variation["target"]>): Executor {
  return {
    identity: { arn: "arn:aws:iam::111122223333:user/part11", account: "111122223333", target: kind },
    login: { name: "an engineer", source: "operating-system" },
  };
}

/** The approvals of four people for each protocol, their files put into the bundle. */
function approve(bundle: Bundle, protocols: readonly Protocol[]): EntryBodies["approvals"] {
  const signers = parseAllowedSigners(Buffer.from(LIST), "allowed_signers");
  const given = protocols.flatMap((protocol) =>
    ROLES.map((role) => {
      const record = recordOf(statementOf(role, { document: boundProtocol(protocol)! }));
      const { statement, logins, made } = readApproval(record, { signers });
      const files = namedFiles(record).map(([name, bytes]) => bundle.addFile(`approvals/${name}`, bytes));
      return { statement, logins, made, files };
    }),
  );
  const list = bundle.addFile("approvals/allowed_signers", LIST);
  return { provisional: false, protocols: named(protocols), signers: list, given };
}

function named(protocols: readonly Protocol[]): EntryBodies["approvals"]["protocols"] {
  return protocols.map((protocol) => ({ protocol: protocol.id, protocolSha256: protocolHash(protocol) }));
}

function open(bundle: Bundle, protocols: readonly Protocol[], vary: Variation): void {
  const { journal, commitmentsRef } = bundle;
  const schemaVersion = vary.journalVersion ?? 3;
  journal.append("run-started", {
    schemaVersion,
    run: vary.run ?? "sample-run",
    system: vary.system ?? "Clinical landing zone <sample>",
    environment: "qualification",
    operator: { name: "an engineer", host: "a machine" },
    source: { commit: "0123456789abcdef0123456789abcdef01234567", dirty: false },
    ...(schemaVersion === 1
      ? {}
      : {
          executor: executorOn(vary.target ?? TARGET),
          attempt: vary.attempt ?? { number: 1, reason: null, earlier: [] },
        }),
    ...(vary.after && { after: vary.after }),
  });
  if (schemaVersion > 1) {
    const provisional = { provisional: true, protocols: named(protocols), given: [] };
    const change = vary.approvals ?? ((same) => same);
    journal.append("approvals", change(vary.approved ? approve(bundle, protocols) : provisional));
  }
  const tools = [
    { name: "terraform", version: "1.14.0", sha256: sha256Hex("terraform") },
    { name: "hashicorp/aws", version: "5.100.0", sha256: sha256Hex("provider") },
    { name: "node", version: "20.20.2" },
  ];
  journal.append("tool-versions", { tools });
  const { name, kind } = vary.target ?? TARGET;
  journal.append("target", {
    name,
    kind,
    account: "111122223333",
    regions: ["eu-central-1", "eu-west-1"],
    commitments: commitmentsRef,
    patches: [{ id: "s3-lock-shorten", source: "S3 User Guide, Object Lock" }],
  });
  const checks = [
    { id: "clock", title: "clock agrees with the target", result: "PASS", actual: "0.2 s apart" } as const,
  ];
  const evidence = [bundle.addJson("transcripts/preflight.json", [])];
  journal.append("preflight", { ...BEFORE, evidence, checks });
}

const DRIFT = [{ address: "aws_s3_bucket.raw", type: "aws_s3_bucket", attributes: ["policy"] }];

/** Before the journal was opened. */
const BEFORE = { startedAt: "2026-11-20T09:00:00.000Z", finishedAt: "2026-11-20T09:00:30.000Z" };

function makeAndJudge(
  bundle: Bundle,
  plan: string,
  found: readonly GateFinding[],
  verdict?: "pass" | "fail" | "error",
) {
  const planSha256 = sha256Hex(`${plan} plan.bin`);
  const planJson = sha256Hex(`${plan} plan.json`);
  const synth = bundle.addJson(`plans/${plan}/cdk.tf.json`, { resource: {} });
  const digests = { "plan.json": planJson, "cdk.tf.json": synth.sha256 };
  bundle.journal.append("plan-made", { plan, planSha256, digests, ...BEFORE, evidence: [synth] });
  const facts = bundle.addJson(`plans/${plan}/facts.json`, { meta: { digests: { plan: planJson } } });
  const controls = found.map((f) => ({
    id: f.control,
    status: f.status,
    findings: [{ address: f.address, attribute: f.attribute, status: f.status }],
  }));
  const waiting = { title: "expected deliveries are known", reason: "comes with a later release" };
  const decided = verdict ?? (found.length === 0 ? "pass" : "fail");
  const decisions = bundle.addJson(`gate/${plan}.json`, {
    schemaVersion: 1,
    verdict: decided,
    digests: { plan: planJson },
    controls: [...controls, { id: "P11-10f-01", status: "pending", ...waiting, findings: [] }],
  });
  const pending = [{ control: "P11-10f-01", ...waiting }];
  bundle.journal.append("gate-decided", {
    plan,
    planSha256,
    verdict: decided,
    facts,
    decisions,
    findings: found,
    pending,
  });
}

function applyPlan(bundle: Bundle, plan: string): void {
  bundle.journal.append("apply-started", { plan, planSha256: sha256Hex(`${plan} plan.bin`) });
  const log = bundle.addFile(`apply/${plan}.log`, "Apply complete! Resources: 42 added, 0 changed, 0 destroyed.\n");
  bundle.journal.append("apply-finished", { plan, status: "complete", exitCode: 0, resources: 42, evidence: [log] });
  bundle.journal.append("second-plan", { plan, exitCode: 0, changes: [], drift: DRIFT, evidence: [] });
}

function execute(
  bundle: Bundle,
  protocol: Protocol,
  planned: ProtocolStep,
  change: (finished: StepFinished) => StepFinished | undefined,
): void {
  const { id } = planned;
  const committed = COMMITMENTS.notRun.find((entry) => entry.step === id);
  const base = { protocol: protocol.id, step: id, evidence: [] };
  if (committed) {
    const skipped = change({ ...base, result: "NOT RUN", actual: "", reason: committed.reason });
    if (skipped) bundle.journal.append("step-finished", skipped);
    return;
  }
  bundle.journal.append("step-started", { protocol: protocol.id, step: id });
  const finished = change(protocol.kind === "IQ" ? inspected(base, id) : challenged(bundle, base, planned));
  if (finished) bundle.journal.append("step-finished", finished);
}

function inspected(base: Pick<StepFinished, "protocol" | "step" | "evidence">, id: string): StepFinished {
  const rows = ROWS[id] ?? [];
  return { ...base, result: "PASS", actual: `${rows.length} attributes read`, rows };
}

function challenged(
  bundle: Bundle,
  base: Pick<StepFinished, "protocol" | "step">,
  planned: ProtocolStep,
): StepFinished {
  const refused = { status: 403, body: "<Error><Code>AccessDenied</Code></Error>\u202e" };
  const raw = bundle.addJson(`oq/${planned.id}.json`, {
    request: { method: "DELETE", path: "/raw/1" },
    response: refused,
  });
  return {
    ...base,
    result: "PASS",
    actual: "403 AccessDenied\nSHA-256 of the version unchanged",
    evidence: [raw],
    ...(planned.principal ? { principal: "arn:aws:sts::111122223333:assumed-role/challenger/run" } : {}),
    ...(planned.layer ? { layer: planned.layer } : {}),
    ...(planned.twin ? { twin: { result: "PASS", actual: "200, same bytes" } as const } : {}),
    ...(planned.mutant ? { mutant: { result: "PASS", actual: "204, the version was gone" } as const } : {}),
  };
}
