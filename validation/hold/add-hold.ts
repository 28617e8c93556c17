// SPDX-License-Identifier: Apache-2.0
import type { HoldEntry, HoldRecord } from "./hold-record";
import { type HeldObjects, type ObjectVersion, type Selection, selected } from "./selection";

/** Who asks for a hold, and why. */
export interface HoldRequest {
  readonly selection: Selection;
  /** Id of the legal matter. */
  readonly matter: string;
  readonly reason: string;
  /** The person who does it. */
  readonly by: string;
}

/** What became of one version. */
export interface HoldOutcome {
  readonly version: ObjectVersion;
  /** `unchanged`: the matter held it before, or does not hold it now; `failed`: see `why`. */
  readonly outcome: HoldEntry["action"] | "unchanged" | "failed";
  readonly why?: string;
}

/**
 * Puts a legal hold on every selected version for one matter, reads it back, and records it. A version that cannot be
 * held is named and the others are held all the same. Versions that arrive later are not held.
 *
 * @throws SUBJECT_NOT_FOUND when nothing is selected; what keeps the record from being written
 */
export async function addHold(
  objects: HeldObjects,
  record: HoldRecord,
  request: HoldRequest,
  now: () => Date,
): Promise<HoldOutcome[]> {
  const { selection, matter, reason, by } = request;
  const { bucket } = selection;
  const versions = await selected(objects, selection);
  const caller = await objects.caller();
  const outcomes: HoldOutcome[] = [];
  for (const version of versions) {
    const known = record.openMatters(bucket, version).includes(matter);
    const outcome = await tried(version, async () => {
      const before = await objects.isHeld(bucket, version);
      if (!before) await objects.setHold(bucket, version, true);
      if (!before && !(await objects.isHeld(bucket, version))) throw new Error("S3 says that it is not held");
      return before && known ? "unchanged" : "held";
    });
    if (outcome.outcome === "held") {
      const at = now().toISOString();
      record.append({ schemaVersion: 1, at, action: "held", matter, reason, by, caller, bucket, ...version });
    }
    outcomes.push(outcome);
  }
  return outcomes;
}

/** What was done, or why it was not: one version's refusal keeps no other from being held or released. */
export async function tried(version: ObjectVersion, act: () => Promise<HoldOutcome["outcome"]>): Promise<HoldOutcome> {
  try {
    return { version, outcome: await act() };
  } catch (error) {
    const { name, message } = error as Error;
    return { version, outcome: "failed", why: name === "Error" ? message : `${name}: ${message}` };
  }
}
