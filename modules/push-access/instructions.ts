// SPDX-License-Identifier: Apache-2.0
import type { MftProduct, Sender } from "./sender";

export interface Place {
  readonly region: string;
  readonly bucketName: string;
  readonly prefix: string;
  readonly roleArn: string;
  readonly landing: "inbox" | "raw";
}

/**
 * What the product's own manual calls its way to S3; of another agent nothing is known.
 * @see Axway SecureTransport administrator's guide, "Amazon S3 transfer sites"; Globalscape EFT, "Cloud Download and Upload Actions"
 */
const CONNECTORS: Readonly<Record<MftProduct, string>> = {
  "Axway SecureTransport": "an Amazon S3 transfer site",
  "Fortra GoAnywhere": "its resource for Amazon S3",
  "Globalscape EFT": "a Cloud: Upload action with a connection profile for Amazon S3",
  "another agent": "the agent's way to Amazon S3",
};

/** What the people at the sender's side set up, in plain text: an output of the stack, handed over as it is. */
export function instructions(sender: Sender, place: Place): string {
  return [...where(place), ...session(sender, place), ...steps(sender), ...limits(sender, place), ""].join("\n");
}

function where({ region, bucketName, prefix, landing }: Place): string[] {
  return [
    `Bucket:  ${bucketName} (${landing}), region ${region}`,
    `Prefix:  ${prefix}`,
    `Address: s3://${bucketName}/${prefix}${landing === "raw" ? "<today in UTC, YYYY-MM-DD>/" : ""}<name of the file>`,
  ];
}

function session(sender: Sender, { roleArn }: Place): string[] {
  const role = `Role:    ${roleArn}, sessions of one hour`;
  if (sender.kind === "datasync") return [role];
  const { trust } = sender;
  if ("roleArns" in trust) return [role, `         assumed by ${trust.roleArns.join(", ")} (sts:AssumeRole)`];
  if ("oidc" in trust) return [role, `         with a token for ${trust.oidc.subject} (sts:AssumeRoleWithWebIdentity)`];
  const { trustAnchorArn, commonName } = trust.rolesAnywhere;
  return [
    role,
    `         by the certificate of ${commonName} with aws_signing_helper as credential_process:`,
    `         --trust-anchor-arn ${trustAnchorArn}`,
    `         --profile-arn <a profile of Roles Anywhere for this role alone> --role-arn ${roleArn}`,
  ];
}

function steps(sender: Sender): string[] {
  switch (sender.kind) {
    case "application":
      return ["Send:    PutObject with ChecksumSHA256 and a body in memory, or x-amz-content-sha256 set for a stream."];
    case "batch":
      return [
        "Once:    aws configure set s3.payload_signing_enabled true",
        "Send:    aws s3api put-object --checksum-sha256 <base64 of the file's SHA-256> --bucket … --key … --body …",
        "         (the CLI signs no payload whose checksum it works out itself, and aws s3 sync lists the bucket)",
      ];
    case "mft":
      return [
        `Make:    ${CONNECTORS[sender.product]} in ${sender.product}`,
        "Sign in: by assumed role or by the machine's own credentials. A connector that takes nothing but the access key",
        "         of a user cannot be used, since none is issued: send by SFTP, or by the AWS CLI on the same machine",
        "Set:     upload only, to the final name; no temporary name and rename, no delete, no listing, no ACL,",
        "         no encryption key (the bucket's own key is used; a request that names one is refused)",
        "Check:   that it sends Content-MD5 or a checksum: S3 takes nothing into a locked bucket without",
        ...(sender.sendsSha256 ? ["Sign:    the SHA-256 of every payload; unsigned payloads are refused"] : []),
        ...from(sender.network),
      ];
    case "datasync":
      return [`Runs:    ${sender.schedule}, verified afterwards (${sender.verify ?? "ONLY_FILES_TRANSFERRED"})`];
  }
}

function from({ cidrs = [], vpcEndpointIds = [] }: { cidrs?: readonly string[]; vpcEndpointIds?: readonly string[] }) {
  return [`From:    ${[...cidrs, ...vpcEndpointIds].join(", ")}; from anywhere else everything is refused`];
}

function limits(sender: Sender, { landing }: Place): string[] {
  const locked =
    "What was sent cannot be taken back: a file sent again is a new version, and supersedes the one before.";
  const hashed =
    landing === "inbox"
      ? "It is hashed, recorded and, if it is expected, promoted to the records."
      : "It is a record from its first byte.";
  if (sender.kind === "datasync") return [locked, hashed];
  return ["Refused: reading, listing, deleting, any other prefix.", locked, hashed];
}
