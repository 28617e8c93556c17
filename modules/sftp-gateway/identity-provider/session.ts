// SPDX-License-Identifier: Apache-2.0
import { vendorFolders } from "../../vendor-directory/vendor-folders";

/** Longest session policy that Transfer takes (Transfer Family user guide, "Session policies for S3 buckets"). */
export const MAX_SESSION_POLICY_CHARACTERS = 2048;

/** Where sessions put files, and as whom. */
export interface SessionSettings {
  /** ARN of the bucket that receives. */
  readonly bucketArn: string;
  /** ARN pattern of the keys that may be used through S3; which one, the vendor's role says. */
  readonly keyArn: string;
  /** Region of both. */
  readonly region: string;
  /** ARN of a vendor's role without the vendor's id. */
  readonly roleArnPrefix: string;
}

/** What a session may do, as Transfer reads it from a Lambda function: policy and home are texts of JSON. */
export interface Session {
  readonly Role: string;
  readonly Policy: string;
  readonly HomeDirectoryType: "LOGICAL";
  readonly HomeDirectoryDetails: string;
}

/**
 * The session of one vendor: each study is a folder of its root, `test` is the lane for trying things out. Several
 * mappings, since one of "/" stands alone (Transfer Family user guide, "Rules for using logical directories").
 */
export function sessionOf(vendor: string, studies: readonly string[], settings: SessionSettings): Session {
  const bucket = settings.bucketArn.slice(settings.bucketArn.indexOf(":::") + 3);
  const folders = vendorFolders(vendor, studies);
  return {
    Role: `${settings.roleArnPrefix}${vendor}`,
    Policy: sessionPolicy(
      folders.map(({ prefix }) => prefix),
      settings,
    ),
    HomeDirectoryType: "LOGICAL",
    HomeDirectoryDetails: JSON.stringify(
      folders.map(({ name, prefix }) => ({ Entry: `/${name}`, Target: `/${bucket}/${prefix.slice(0, -1)}` })),
    ),
  };
}

/**
 * Upload below the prefixes and nothing else, no folders either. Listing takes the prefixes with their slash, or `acme` would show what
 * `acme2` sent. The key may be used through S3 only; Decrypt is needed for multipart uploads.
 */
function sessionPolicy(prefixes: readonly string[], { bucketArn, keyArn, region }: SessionSettings): string {
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Sid: "Upload",
        Effect: "Allow",
        Action: ["s3:PutObject", "s3:AbortMultipartUpload"],
        Resource: prefixes.map((prefix) => `${bucketArn}/${prefix}*`),
      },
      // A folder is made by an empty object whose key ends so (Transfer Family user guide, "Prevent users from running mkdir").
      { Sid: "DenyFolders", Effect: "Deny", Action: "s3:PutObject", Resource: `${bucketArn}/*/` },
      {
        Sid: "List",
        Effect: "Allow",
        Action: "s3:ListBucket",
        Resource: bucketArn,
        Condition: { StringLike: { "s3:prefix": prefixes.map((prefix) => `${prefix}*`) } },
      },
      {
        Sid: "Key",
        Effect: "Allow",
        Action: ["kms:GenerateDataKey", "kms:Decrypt"],
        Resource: keyArn,
        Condition: { StringEquals: { "kms:ViaService": `s3.${region}.amazonaws.com` } },
      },
    ],
  });
}
