// SPDX-License-Identifier: Apache-2.0
import type { TrailEvent } from "../facts";

type Json = { readonly [name: string]: unknown };

/**
 * What a record of CloudTrail says of an object of S3; undefined for any other record.
 *
 * @see CloudTrail user guide, "CloudTrail record contents"; S3 user guide, "CloudTrail log file entries for Amazon S3"
 */
export function trailEvent(record: Json): TrailEvent | undefined {
  const asked = part(record, "requestParameters");
  const { bucketName, key } = asked;
  if (record.eventSource !== "s3.amazonaws.com" || typeof bucketName !== "string" || typeof key !== "string") {
    return undefined;
  }
  const identity = part(record, "userIdentity");
  const issuer = part(part(identity, "sessionContext"), "sessionIssuer");
  return {
    at: text(record.eventTime) ?? "",
    name: text(record.eventName) ?? "",
    who: text(identity.arn) ?? text(issuer.arn) ?? text(identity.invokedBy) ?? "nobody named",
    sourceIp: text(record.sourceIPAddress) ?? "",
    bucket: bucketName,
    key,
    versionId: text(part(record, "responseElements")["x-amz-version-id"]) ?? text(asked.versionId) ?? null,
    errorCode: text(record.errorCode) ?? null,
    requestId: text(record.requestID) ?? "",
    eventId: text(record.eventID) ?? "",
  };
}

function part(of: Json, name: string): Json {
  const value = of[name];
  return typeof value === "object" && value !== null ? (value as Json) : {};
}

function text(value: unknown): string | undefined {
  return typeof value === "string" && value !== "" ? value : undefined;
}
