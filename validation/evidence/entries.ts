// SPDX-License-Identifier: Apache-2.0
import type { Statement } from "../approvals/statement";

/** A file of the bundle, named by what is in it. */
export interface EvidenceRef {
  /** Path below the bundle, `/` between parts. */
  readonly path: string;
  readonly sha256: string;
  /** Bytes. */
  readonly size: number;
}

export type StepResult = "PASS" | "FAIL" | "NOT RUN" | "BLOCKED" | "NOT APPLICABLE";

/** What was seen of a step's positive twin or of its mutant. */
export interface Observation {
  readonly result: "PASS" | "FAIL" | "NOT RUN";
  readonly actual: string;
}

/** What one source says of an attribute; `value` as compared: references resolved, policies normalised, sets sorted. */
export type Reading =
  | { readonly kind: "value"; readonly value: unknown }
  | { readonly kind: "unknown" }
  | { readonly kind: "not-set" }
  /** Read from a source other than the configuration, which leaves the attribute out: what stands there when nobody sets it. */
  | { readonly kind: "default"; readonly value: unknown; readonly source: string }
  | { readonly kind: "not-available"; readonly reason: string };

/** One controlled attribute of one resource, read from four sources. */
export interface IqRow {
  /** `<address>#<attribute>`, unique in a run. */
  readonly id: string;
  readonly address: string;
  readonly attribute: string;
  readonly config: Reading;
  readonly plan: Reading;
  readonly state: Reading;
  readonly live: Reading;
  readonly result: IqRowResult;
}

export type IqRowResult = "PASS" | "FAIL" | "NOT AVAILABLE";

export interface StepFinished {
  readonly protocol: string;
  readonly step: string;
  readonly result: StepResult;
  /** What was observed, as observed. */
  readonly actual: string;
  /** Why, for every result but PASS. */
  readonly reason?: string;
  /** ARN of the principal that made the calls. */
  readonly principal?: string;
  /** The layer that refused, as the answer shows it. */
  readonly layer?: string;
  readonly twin?: Observation;
  readonly mutant?: Observation;
  readonly evidence: readonly EvidenceRef[];
  readonly rows?: readonly IqRow[];
}

export interface GateFinding {
  readonly control: string;
  readonly address: string;
  readonly attribute: string;
  /** `waived`: failed or unknown, and let through by a waiver or an attestation that the decisions name. */
  readonly status: "fail" | "unknown" | "error" | "waived";
}

/** A control that found something and was not allowed to decide. */
export interface PendingControl {
  readonly control: string;
  readonly title: string;
  /** What it waits for. */
  readonly reason: string;
}

/** Who executes, as read from the target and from the machine; nobody types it. */
export interface Executor {
  /** Answer of STS GetCallerIdentity of the target; of an emulator it is the emulator's own account. */
  readonly identity: { readonly arn: string; readonly account: string; readonly target: "emulator" | "aws" };
  readonly login: {
    readonly name: string;
    /** Variables of the CI that runs this, or the user of the operating system, who is not authenticated. */
    readonly source: "github-actions" | "gitlab-ci" | "operating-system";
    /** Id of the CI's run. */
    readonly run?: string;
  };
}

/** An execution that went before, by the root of its bundle. */
export interface EarlierAttempt {
  readonly number: number;
  readonly run: string;
  /** SHA-256 of its manifest.json. */
  readonly manifestSha256: string;
  readonly status: "COMPLETE" | "FAILED" | "INCOMPLETE";
  readonly startedAt: string;
  readonly finishedAt: string;
  /** Why it was made; of the first attempt null. */
  readonly reason: string | null;
}

/** One approval, with the files that bear it out: statement first, then signature and page. */
export interface GivenApproval {
  readonly statement: Statement;
  /** Every name under which the list knows the person. */
  readonly logins: readonly string[];
  /** How it was made, and what it is not. */
  readonly made: string;
  readonly files: readonly EvidenceRef[];
}

/** The machine's clock beside a second source, at one moment. Times of the machine in UTC, ISO 8601 with milliseconds and `Z`. */
export interface ClockReading {
  readonly source: {
    /** `aws`: independent of this machine. `same-machine`: another process, whose time is this machine's own. */
    readonly kind: "aws" | "same-machine";
    /** Who answered what. */
    readonly name: string;
  };
  readonly askedAt: string;
  readonly answeredAt: string;
  /** Milliseconds of a clock that nobody sets, when the answer was there; only differences mean something. */
  readonly monotonicMs: number;
  /** As it was sent: whole seconds. */
  readonly dateHeader: string;
  /** `dateHeader` minus `answeredAt`, milliseconds. */
  readonly skewMs: number;
}

/** The closed set of journal entries: type and body. The schema of each is `validation/schema/journal-entry.schema.json`. */
export interface EntryBodies {
  readonly "run-started": {
    /** 1: before approvals were known, 2: before the second clock; both of an emulator only. */
    readonly schemaVersion: 1 | 2 | 3;
    /** Id of the run and of its bundle: letters, digits, `.`, `_`, `-`. */
    readonly run: string;
    readonly system: string;
    readonly environment: "production" | "qualification" | "development";
    readonly operator: { readonly name: string; readonly host?: string };
    readonly source: { readonly commit: string | null; readonly dirty: boolean | null };
    /** Since version 2. */
    readonly executor?: Executor;
    /** Since version 2. `earlier` is empty, and `reason` null, exactly of the first. */
    readonly attempt?: {
      readonly number: number;
      readonly reason: string | null;
      readonly earlier: readonly EarlierAttempt[];
    };
    /** The bundle of the system's chain that this one follows; absent of the first, and outside a chain. */
    readonly after?: {
      /** Number of this bundle in the chain, from 2. */
      readonly sequence: number;
      readonly run: string;
      /** SHA-256 of its manifest.json. */
      readonly manifestSha256: string;
    };
  };
  readonly approvals: {
    /** Executed whatever was approved. */
    readonly provisional: boolean;
    readonly protocols: ReadonlyArray<{ readonly protocol: string; readonly protocolSha256: string }>;
    /** The list of allowed signers. */
    readonly signers?: EvidenceRef;
    readonly given: readonly GivenApproval[];
  };
  readonly "tool-versions": {
    readonly tools: ReadonlyArray<{ readonly name: string; readonly version: string; readonly sha256?: string }>;
  };
  readonly target: {
    readonly name: string;
    readonly kind: "emulator" | "aws";
    readonly account: string;
    readonly regions: readonly string[];
    /** What the target profile commits before the run. */
    readonly commitments: EvidenceRef;
    readonly patches: ReadonlyArray<{ readonly id: string; readonly source: string }>;
  };
  readonly preflight: {
    /** When it was done: before the journal was opened, for its result decides whether there is a run. UTC. */
    readonly startedAt: string;
    readonly finishedAt: string;
    /** Raw requests and answers. */
    readonly evidence: readonly EvidenceRef[];
    readonly checks: ReadonlyArray<{
      readonly id: string;
      readonly title: string;
      readonly result: "PASS" | "FAIL";
      /** Each probe with the answer it must get; absent when the check could not be made. */
      readonly expected?: string;
      readonly actual: string;
    }>;
  };
  /** Since version 3: before anything is fixed, and after everything was executed. */
  readonly clock: ClockReading & { readonly when: "start" | "end" };
  readonly "plan-made": {
    readonly plan: string;
    /** SHA-256 of the binary plan: the file that apply takes. */
    readonly planSha256: string;
    /** SHA-256 of plan.json, cdk.tf.json, lock file and settings, by name. */
    readonly digests: Readonly<Record<string, string>>;
    /** When it was made, before the journal was opened. UTC. */
    readonly startedAt: string;
    readonly finishedAt: string;
    /** The synthesized stack and the lock file; plan files may hold sensitive values and are named by digest only. */
    readonly evidence: readonly EvidenceRef[];
  };
  readonly "gate-decided": {
    readonly plan: string;
    /** The binary plan whose JSON was judged. */
    readonly planSha256: string;
    readonly verdict: "pass" | "fail" | "error";
    /** The document that the policies judged: with it and them, anybody can decide again. */
    readonly facts: EvidenceRef;
    readonly decisions: EvidenceRef;
    readonly findings: readonly GateFinding[];
    /** Controls that decided nothing, since what they ask for comes with a later release. */
    readonly pending: readonly PendingControl[];
  };
  readonly "protocol-fixed": {
    readonly protocol: string;
    readonly kind: "IQ" | "OQ";
    /** SHA-256 of the canonical protocol. */
    readonly protocolSha256: string;
    readonly file: EvidenceRef;
    readonly steps: number;
  };
  readonly "apply-started": { readonly plan: string; readonly planSha256: string };
  readonly "apply-finished": {
    readonly plan: string;
    readonly status: "complete" | "partial" | "failed";
    readonly exitCode: number;
    readonly resources: number;
    readonly evidence: readonly EvidenceRef[];
  };
  readonly "second-plan": {
    readonly plan: string;
    /** Of `terraform plan -detailed-exitcode`: 0 empty, 2 changes, 1 error. */
    readonly exitCode: number;
    /** Addresses that the second plan would change. */
    readonly changes: readonly string[];
    /** What the refresh read otherwise than the apply left it, without asking for a change: top-level attributes. */
    readonly drift: ReadonlyArray<{
      readonly address: string;
      readonly type: string;
      readonly attributes: readonly string[];
    }>;
    readonly evidence: readonly EvidenceRef[];
  };
  readonly "step-started": { readonly protocol: string; readonly step: string };
  readonly "step-finished": StepFinished;
  /** Something broke outside a step; the run can no longer be complete. */
  readonly "run-error": { readonly during: string; readonly code: string; readonly message: string };
  readonly "run-finished": {
    readonly outcome: "finished" | "stopped";
    /** Whether the key that seals the bundle was made for this run only, given to it, or lies in AWS KMS. */
    readonly sealKey: "ephemeral" | "given" | "kms";
    /** ARN of the key in AWS KMS; there exactly of such a key. */
    readonly sealKeyArn?: string;
    /** Files that no other entry refers to, because what wrote them broke off; a complete run has none. */
    readonly evidence?: readonly EvidenceRef[];
  };
}

export type EntryType = keyof EntryBodies;

/** SHA-256 in hexadecimal, 64 digits. */
export type Sha256 = string;

/** One line of `journal.jsonl`. */
export type JournalEntry<T extends EntryType = EntryType> = {
  [K in T]: {
    /** 0, 1, 2, … without a gap. */
    readonly seq: number;
    /** Hash of the entry before; 64 zeros for the first. */
    readonly prev: Sha256;
    /** UTC, ISO 8601 with milliseconds and `Z`; never earlier than the entry before. */
    readonly at: string;
    readonly type: K;
    readonly body: EntryBodies[K];
    /** SHA-256 of the canonical entry without this member. */
    readonly hash: Sha256;
  };
}[T];

/** Entries of one type, in the order they were written. */
export function entriesOf<T extends EntryType>(entries: readonly JournalEntry[], type: T): JournalEntry<T>[] {
  return entries.filter((entry): entry is JournalEntry & JournalEntry<T> => entry.type === type);
}

/** Every file that an entry refers to. */
export function evidenceRefsOf({ type, body }: JournalEntry): readonly EvidenceRef[] {
  switch (type) {
    case "target":
      return [body.commitments];
    case "approvals":
      return [...(body.signers ? [body.signers] : []), ...body.given.flatMap(({ files }) => files)];
    case "gate-decided":
      return [body.facts, body.decisions];
    case "protocol-fixed":
      return [body.file];
    case "preflight":
    case "plan-made":
    case "apply-finished":
    case "second-plan":
    case "step-finished":
      return body.evidence;
    case "run-finished":
      return body.evidence ?? [];
    default:
      return [];
  }
}
