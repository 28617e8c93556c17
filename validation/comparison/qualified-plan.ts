// SPDX-License-Identifier: Apache-2.0
import type { KeyObject } from "node:crypto";
import { Part11Error } from "../error";
import {
  type EvidenceRef,
  entriesOf,
  type JournalEntry,
  type RunRecord,
  readSealedRun,
  type SealedRun,
} from "../evidence";
import type { Facts } from "../facts";
import { assertSchema } from "../json";

/** A plan of a sealed run, as its bundle holds it. */
export interface QualifiedPlan {
  readonly name: string;
  readonly facts: Facts;
  /** cdk.tf.json. */
  readonly synth: unknown;
}

/** A run with one of its plans. */
export interface QualifiedRun {
  readonly record: RunRecord;
  readonly plan: QualifiedPlan;
  readonly keyId: string;
  /** Whether the auditor's key sealed it. */
  readonly isPinned: boolean;
}

export interface QualifiedChoice {
  /** Name of the plan in the bundle. @default - the only one that fits */
  readonly name: string | undefined;
  /** Which plans fit where none is named. */
  readonly fits: (plan: { readonly apply: boolean; readonly findings: number; readonly facts: Facts }) => boolean;
}

/**
 * A plan of an intact bundle.
 *
 * @param signer public key that the auditor got by another way than the bundle
 * @throws FILE_NOT_FOUND, BUNDLE_ALTERED; USAGE where no plan fits, or more than one
 */
export function qualifiedRun(folder: string, signer: KeyObject | undefined, choice: QualifiedChoice): QualifiedRun {
  return qualifiedPlan(readSealedRun(folder, signer), folder, choice);
}

/** As `qualifiedRun`, of a bundle that was read. @throws USAGE where no plan fits, or more than one */
export function qualifiedPlan(sealed: SealedRun, folder: string, choice: QualifiedChoice): QualifiedRun {
  const { record, read, keyId, isPinned } = sealed;
  const made = new Map(entriesOf(record.entries, "plan-made").map(({ body }) => [body.plan, body]));
  const plans = entriesOf(record.entries, "gate-decided").map(({ body }) => ({
    committed: record.commitments.plans.find(({ plan }) => plan === body.plan),
    name: body.plan,
    facts: factsOf(read, body.facts),
  }));
  const fitting = plans.filter(({ name, committed, facts }) => {
    if (choice.name !== undefined) return name === choice.name;
    return (
      committed !== undefined && choice.fits({ apply: committed.apply, findings: committed.findings.length, facts })
    );
  });
  const [only] = fitting;
  if (!only || fitting.length > 1)
    throw ambiguous(
      folder,
      plans.map(({ name }) => name),
      fitting.length,
    );
  const synth = synthOf(read, made.get(only.name));
  return { record, plan: { name: only.name, facts: only.facts, synth }, keyId, isPinned };
}

function factsOf(read: (ref: EvidenceRef) => unknown, ref: EvidenceRef): Facts {
  const facts = read(ref);
  assertSchema("facts", facts, ref.path);
  return facts as Facts;
}

function synthOf(read: (ref: EvidenceRef) => unknown, made: JournalEntry<"plan-made">["body"] | undefined): unknown {
  const ref = made?.evidence.find(({ path }) => path.endsWith("/cdk.tf.json"));
  return ref && read(ref);
}

function ambiguous(folder: string, names: readonly string[], fitting: number): Part11Error {
  return new Part11Error({
    code: "USAGE",
    what: "plan not chosen",
    where: folder,
    expected: `one of ${names.join(", ")}`,
    got: `${fitting} that fit`,
    todo: "name one with --qualified",
  });
}
