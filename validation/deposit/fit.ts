// SPDX-License-Identifier: Apache-2.0
import { Part11Error } from "../error";
import type { Summary } from "../evidence";
import type { ArchiveFacts } from "./archive";
import { endOf, type Period } from "./period";

/** Tag of a bucket that says what it is for; the modules set it (21 CFR 11.10(k)). */
const ENVIRONMENT_TAG = "Environment";

/** What a bundle is evidence of. One that does not say that it was approved is provisional. */
export type Standing = "qualification" | "development";

export function standingOf({ target, execution }: Summary): Standing {
  return target.kind === "aws" && execution?.provisional === false ? "qualification" : "development";
}

/**
 * Whether a bucket is one that a bundle may lie in. Evidence of a qualification lies in a production bucket under
 * COMPLIANCE for as long as the records that it supports; provisional bundles and those of an emulator, which prove nothing of an
 * environment on AWS, lie in a development bucket.
 *
 * @param now beginning of the deposit
 * @throws DEPOSIT_REFUSED
 */
export function assertFits(bucket: string, facts: ArchiveFacts, standing: Standing, keep: Period, now: Date): void {
  const { versioning, lock, tags } = facts;
  const wanted = standing === "qualification" ? "production" : "development";
  const environment = tags[ENVIRONMENT_TAG] ?? "none";
  if (environment !== wanted)
    throw refused(bucket, `a bucket tagged ${ENVIRONMENT_TAG} ${wanted}, for ${standing} evidence`, environment);
  if (!versioning) throw refused(bucket, "versioning", "none");
  if (standing === "development") return;
  if (lock?.mode !== "COMPLIANCE") throw refused(bucket, "a default lock in COMPLIANCE mode", lock?.mode ?? "no lock");
  if (retainedUntil(now, lock) < endOf(now, keep))
    throw refused(bucket, `a default retention of at least ${keep.count} ${keep.unit}`, said(lock));
}

function retainedUntil(now: Date, { days, years }: NonNullable<ArchiveFacts["lock"]>): Date {
  if (years !== undefined) return endOf(now, { count: years, unit: "years" });
  return endOf(now, { count: days ?? 0, unit: "days" });
}

function said({ days, years }: NonNullable<ArchiveFacts["lock"]>): string {
  return years === undefined ? `${days ?? 0} days` : `${years} years`;
}

function refused(bucket: string, expected: string, got: string): Part11Error {
  return new Part11Error({
    code: "DEPOSIT_REFUSED",
    what: "nothing deposited",
    where: bucket,
    expected,
    got,
    todo: "give the evidence bucket of the bundle's environment",
  });
}
