// SPDX-License-Identifier: Apache-2.0
import { Part11Error } from "../error";
import { type HoldOutcome, type HoldRequest, tried } from "./add-hold";
import type { HoldEntry, HoldRecord } from "./hold-record";
import { type HeldObjects, selected } from "./selection";

export interface ReleaseRequest extends HoldRequest {
  /** Another person than `by`, who agreed to the release. */
  readonly approver: string;
}

/**
 * Closes one matter on every selected version that it holds by the record. The hold itself is lifted only where no other
 * matter holds the version; a hold that the record does not know is never lifted. Retention is not touched.
 *
 * @throws APPROVER_SAME; SUBJECT_NOT_FOUND when nothing is selected; what keeps the record from being written
 */
export async function releaseHold(
  objects: HeldObjects,
  record: HoldRecord,
  request: ReleaseRequest,
  now: () => Date,
): Promise<HoldOutcome[]> {
  const { selection, matter, reason, by, approver } = request;
  const { bucket } = selection;
  const caller = await objects.caller();
  refuseSamePerson(request, caller);
  const versions = await selected(objects, selection);
  const outcomes: HoldOutcome[] = [];
  for (const version of versions) {
    const matters = record.openMatters(bucket, version);
    if (!matters.includes(matter)) {
      outcomes.push({ version, outcome: "unchanged" });
      continue;
    }
    const outcome = await tried(version, async () => {
      if (matters.length > 1) return "kept-for-other";
      if (await objects.isHeld(bucket, version)) await objects.setHold(bucket, version, false);
      if (await objects.isHeld(bucket, version)) throw new Error("S3 says that it is still held");
      return "released";
    });
    if (outcome.outcome !== "failed") {
      const action = outcome.outcome as HoldEntry["action"];
      const at = now().toISOString();
      record.append({ schemaVersion: 1, at, action, matter, reason, by, approver, caller, bucket, ...version });
    }
    outcomes.push(outcome);
  }
  return outcomes;
}

/** The approver is neither the person nor, by the name of the session, whoever is logged in. */
function refuseSamePerson({ by, approver }: ReleaseRequest, caller: string): void {
  const name = (person: string) => person.trim().normalize("NFKC").toLowerCase();
  const session = caller.slice(caller.lastIndexOf("/") + 1);
  if (![by, session].map(name).includes(name(approver))) return;
  throw new Part11Error({
    code: "APPROVER_SAME",
    what: "release not approved",
    where: "--approver",
    expected: "another person than the one who releases",
    got: approver,
    todo: "have a second person agree to the release",
  });
}
