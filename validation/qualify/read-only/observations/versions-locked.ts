// SPDX-License-Identifier: Apache-2.0
import {
  type DefaultRetention,
  GetObjectLockConfigurationCommand,
  GetObjectRetentionCommand,
  ListObjectVersionsCommand,
  type ObjectVersion,
} from "@aws-sdk/client-s3";
import type { ServiceClients } from "../../../iq";
import { expectAnswer } from "../../../oq/challenge";
import { CALLER, type Observation } from "../observation";

/** Versions that are listed of each bucket: one answer of S3. */
const LISTED = 1000;
/** Versions of them whose lock is asked for. */
const JUDGED = 20;
/** Buckets whose objects nobody may delete before their day. */
const LOCKED_ROLES = ["record", "audit"];
const DAY_MS = 86_400_000;
/** S3 counts the retention from when it has the object, which it tells in whole seconds. */
const TOLERANCE_MS = 60_000;

/** What lies in the buckets of records and of the audit trail is locked as their default says. */
export const versionsLocked: Observation = {
  step: {
    id: "OQ-read-versions-locked",
    title: "Versions that lie in locked buckets are locked",
    controls: ["P11-10c-01", "P11-10c-02"],
    requirements: ["URS-009"],
    clauses: ["11.10(c)"],
    kind: "positive",
    principal: CALLER,
    action: `GetObjectLockConfiguration of every bucket with the role ${LOCKED_ROLES.join(" or ")}, ListObjectVersions of its first ${LISTED} versions, GetObjectRetention of the first ${JUDGED} of them that the default still holds; no object is read`,
    expected:
      "each version that the default still holds is in COMPLIANCE mode until its own day plus the bucket's default retention or longer; there is at least one such version; a bucket without any is named",
    acceptance: "as expected; that a lock refuses is not seen by this step",
  },
  async run({ arn, clients, zone, now }) {
    return expectAnswer({ arn }, versionsLocked.step.title, async () => {
      const buckets = zone
        .ofType("aws_s3_bucket")
        .filter(({ values }) => LOCKED_ROLES.includes((values.tags as Record<string, string> | null)?.BucketRole ?? ""))
        .map(({ values }) => String(values.bucket));
      const looks = await Promise.all(buckets.map((bucket) => look(clients(zone.regionOf(bucket)), bucket, now())));
      const wrong = looks.flatMap((one) => one.wrong);
      const seen = looks.map(
        ({ bucket, judged, past }) => `${bucket}: ${judged} versions judged, ${past} past their day and not judged`,
      );
      const none = looks.every(({ judged }) => judged === 0) ? ["no version whose lock can be judged"] : [];
      return { ok: wrong.length + none.length === 0, seen: [...seen, ...none, ...wrong].join("; ") };
    });
  },
};

async function look({ s3 }: ServiceClients, Bucket: string, now: Date) {
  const { ObjectLockConfiguration } = await s3.send(new GetObjectLockConfigurationCommand({ Bucket }));
  const defaults = ObjectLockConfiguration?.Rule?.DefaultRetention;
  const { Versions = [] } = await s3.send(new ListObjectVersionsCommand({ Bucket, MaxKeys: LISTED }));
  const listed = Versions.map((version) => ({ version, due: dueOf(version, defaults) }));
  // One whose day is over may be gone tomorrow, and rightly: its lock tells nothing.
  const held = listed.filter(({ due }) => due === undefined || due >= now.getTime());
  const judged = held.slice(0, JUDGED);
  const wrong: string[] = [];
  for (const { version, due } of judged) {
    const { Key, VersionId } = version;
    const { Retention } = await s3.send(new GetObjectRetentionCommand({ Bucket, Key, VersionId }));
    const until = Retention?.RetainUntilDate?.getTime();
    const isLocked = Retention?.Mode === "COMPLIANCE" && until !== undefined && due !== undefined;
    if (!isLocked || until + TOLERANCE_MS < due) {
      wrong.push(
        `version ${VersionId} of ${Bucket} is ${Retention?.Mode ?? "not locked"} until ${until === undefined ? "no day" : new Date(until).toISOString()}`,
      );
    }
  }
  return { bucket: Bucket, judged: judged.length, past: listed.length - held.length, wrong };
}

/** When a version may be deleted by the default of its bucket; undefined where that says nothing. */
function dueOf({ LastModified }: ObjectVersion, defaults: DefaultRetention | undefined): number | undefined {
  const { Days, Years } = defaults ?? {};
  if (LastModified === undefined || (Days === undefined && Years === undefined)) return undefined;
  // The shortest year that there is: whether S3 counts leap days is not for this step to know.
  return LastModified.getTime() + (Days ?? Years! * 365) * DAY_MS;
}
