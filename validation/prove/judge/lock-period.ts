// SPDX-License-Identifier: Apache-2.0
import type { DefaultLock, Lock } from "../facts";

const DAY_MS = 86_400_000;
/** S3 dates a multipart upload by its start, and clocks differ. */
const TOLERANCE_MS = 300_000;

interface Circumstances {
  /** Lock that the bucket gives. */
  readonly given: DefaultLock;
  readonly lastModified: string;
  readonly asOf: string;
  /** Whether a legal hold keeps the version whatever its retention. */
  readonly held: boolean;
}

/** Why a lock is weaker than the one that its bucket gives; undefined when it is not. */
export function weakerLock(lock: Lock | null, { given, lastModified, asOf, held }: Circumstances): string | undefined {
  if (lock === null) return "it has no lock";
  if (lock.mode !== "COMPLIANCE" && lock.mode !== given.mode) {
    return `its lock is ${lock.mode}, and the bucket gives ${given.mode}`;
  }
  const retainUntil = Date.parse(lock.retainUntil);
  const due = Date.parse(lastModified) + ((given.years ?? 0) * 365 + (given.days ?? 0)) * DAY_MS;
  // What is no time compares false with everything.
  if (!(retainUntil >= due - TOLERANCE_MS)) {
    return `it is locked until ${lock.retainUntil}, and the bucket's lock would last until ${new Date(due).toISOString()}`;
  }
  if (!held && !(retainUntil > Date.parse(asOf))) return `its lock ended at ${lock.retainUntil}`;
  return undefined;
}
