// SPDX-License-Identifier: Apache-2.0
import type { UnblindedStudy } from "../ingest";
import type { RecordBucket } from "../record-bucket";
import { inboundPrefix } from "./inbound-prefix";

/** A role, made by the zone or beside it. */
interface Reader {
  /** Literal ARN. */
  readonly arn: string;
}

/** Refuses content to everybody but `readers`, from wherever: nobody widens that by a policy of a role (P11-10d-19). */
export function confineReading(bucket: RecordBucket, readers: readonly Reader[]): void {
  refuse(bucket, "DenyReadingByOthers", [`${bucket.arn}/*`], readers);
}

/**
 * Refuses what lies in the folders of unblinded studies to everybody but `readers`, promotion and a scanner: who else may
 * read the inbox may not read these. A vendor's folder for trying out is not divided by studies.
 */
export function confineUnblinded(
  inbox: RecordBucket,
  studies: readonly UnblindedStudy[],
  readers: readonly Reader[],
): void {
  if (studies.length === 0) return;
  const prefixes = studies.flatMap(({ vendor, study }) => [
    inboundPrefix({ vendor, study }),
    `clinical/inbound/test/${vendor}/`,
  ]);
  const below = [...new Set(prefixes)].sort().map((prefix) => `${inbox.arn}/${prefix}*`);
  refuse(inbox, "DenyReadingUnblinded", below, readers);
}

function refuse(
  { baseline }: RecordBucket,
  Sid: string,
  Resource: readonly string[],
  readers: readonly Reader[],
): void {
  baseline.addStatement({
    Sid,
    Effect: "Deny",
    Principal: "*",
    Action: ["s3:GetObject", "s3:GetObjectVersion"],
    Resource: Resource.length === 1 ? Resource[0]! : Resource,
    Condition: { ArnNotEquals: { "aws:PrincipalArn": readers.map(({ arn }) => arn).sort() } },
  });
}
