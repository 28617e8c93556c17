// SPDX-License-Identifier: Apache-2.0
import type { Answered } from "./call";

/** What can refuse a call. Read from the answer, never from the expectation. */
export type Layer =
  | "bucket policy"
  | "identity policy"
  | "public access block"
  | "S3 Object Lock"
  | "S3 checksum validation"
  | "condition of the write"
  | "SFTP login"
  | "rights of the SFTP session"
  | "home of the SFTP session"
  | "not named by the answer";

/** By what words or code AWS says which layer refused (IAM user guide, "Troubleshoot access denied error messages"; S3 error codes). */
const SIGNS: ReadonlyArray<readonly [Layer, (code: string, message: string) => boolean]> = [
  ["S3 checksum validation", (code) => code === "BadDigest"],
  // DynamoDB API reference, TransactWriteItems, "Cancellation reasons".
  [
    "condition of the write",
    (code, message) => code === "TransactionCanceledException" && /ConditionalCheckFailed/.test(message),
  ],
  ["SFTP login", (code) => code === "AUTHENTICATION_FAILED"],
  ["rights of the SFTP session", (code) => code === "PERMISSION_DENIED"],
  ["home of the SFTP session", (code) => code === "NO_SUCH_FILE"],
  ["S3 Object Lock", (code, message) => code === "InvalidBucketState" && /Object Lock configuration/i.test(message)],
  ["S3 Object Lock", (_, message) => /protected by object lock/i.test(message)],
  ["public access block", (_, message) => /Block ?Public/i.test(message)],
  ["bucket policy", (_, message) => /explicit deny in a resource-based policy/.test(message)],
  ["identity policy", (_, message) => /no identity-based policy allows/.test(message)],
  ["identity policy", (_, message) => /explicit deny in an identity-based policy/.test(message)],
];

export function layerOf(code: string, message: string): Layer {
  return SIGNS.find(([, speaks]) => speaks(code, message))?.[0] ?? "not named by the answer";
}

/** The refusal that a step expects, exactly. */
export interface ExpectedRefusal {
  readonly layer: Layer;
  readonly code: string;
  /** Status of HTTP, or of SSH and SFTP; left out where AWS and the emulator's protocol differ and the code decides. */
  readonly status?: number;
  /** The refusal stands inside the answer to a batch, which itself succeeds. */
  readonly perKey?: true;
}

export const BY_BUCKET_POLICY: ExpectedRefusal = { layer: "bucket policy", status: 403, code: "AccessDenied" };
export const BY_IDENTITY_POLICY: ExpectedRefusal = { layer: "identity policy", status: 403, code: "AccessDenied" };
/** DynamoDB answers with 400 where S3 says 403 (DynamoDB API reference, "Common errors"). */
export const BY_TABLE_RIGHTS: ExpectedRefusal = { layer: "identity policy", code: "AccessDeniedException" };
export const BY_CONDITION: ExpectedRefusal = {
  layer: "condition of the write",
  status: 400,
  code: "TransactionCanceledException",
};
export const BY_SFTP_LOGIN: ExpectedRefusal = { layer: "SFTP login", status: 51, code: "AUTHENTICATION_FAILED" };
export const BY_SFTP_RIGHTS: ExpectedRefusal = {
  layer: "rights of the SFTP session",
  status: 3,
  code: "PERMISSION_DENIED",
};
export const BY_SFTP_HOME: ExpectedRefusal = { layer: "home of the SFTP session", status: 2, code: "NO_SUCH_FILE" };
export const BY_LOCK: ExpectedRefusal = { layer: "S3 Object Lock", status: 403, code: "AccessDenied" };
/** S3 API, DeleteObjects: the batch answers 200 and names inside what it did with each key. */
export const BY_LOCK_PER_KEY: ExpectedRefusal = { ...BY_LOCK, status: 200, perKey: true };

/** `403 AccessDenied by the bucket policy`: the expectation as the protocol writes it. */
export function refusalText({ status, code, layer, perKey }: ExpectedRefusal): string {
  if (perKey) return `HTTP ${status} with a per-key error ${code} by the ${layer}, nothing under Deleted`;
  return `${status === undefined ? "" : `${status} `}${code} by the ${layer}`;
}

/** What is not as expected of an answer; undefined when it is the expected refusal. */
export function departure(answer: Answered<unknown>, expected: ExpectedRefusal): string | undefined {
  if (answer.outcome === "allowed") return "the call was not refused";
  if (answer.perKey !== expected.perKey) return `refused ${answer.perKey ? "per key" : "as a whole call"}`;
  if (answer.code !== expected.code) return `refused with ${answer.code} instead of ${expected.code}`;
  if (expected.status !== undefined && answer.status !== expected.status) {
    return `refused with status ${answer.status} instead of ${expected.status}`;
  }
  const layer = layerOf(answer.code, answer.message);
  return layer === expected.layer ? undefined : `refused by another layer: ${layer}`;
}
