// SPDX-License-Identifier: Apache-2.0
import { ModuleError } from "../errors";
import type { PolicyStatement } from "../policy-document";
import { isNarrow } from "../vendor-directory/checks";

/** From where a sender may send. At least one network or endpoint; either is enough. */
export interface SenderNetwork {
  /** Public networks of the sender, /24 or narrower, /64 in IPv6. @default - none */
  readonly cidrs?: readonly string[];
  /** VPC endpoints of S3 that the sender comes through. @default - none */
  readonly vpcEndpointIds?: readonly string[];
}

/**
 * Refuses requests to S3 from anywhere else. A request through a VPC endpoint has no source address and one from the
 * internet no endpoint, so that a missing key matches and a sender who was given one way has no other.
 * @throws NETWORK_INVALID
 * @see IAM user guide, "AWS global condition context keys", aws:SourceIp, aws:SourceVpce
 */
export function denyOtherNetworks(network: SenderNetwork, where: string): PolicyStatement {
  const { cidrs = [], vpcEndpointIds = [] } = network;
  const wrong = cidrs.find((cidr) => !isNarrow(cidr)) ?? vpcEndpointIds.find((id) => !/^vpce-[0-9a-f]{8,17}$/.test(id));
  if (wrong !== undefined || cidrs.length + vpcEndpointIds.length === 0) {
    throw new ModuleError("NETWORK_INVALID", {
      what: "network of the sender not usable",
      where,
      expected: "networks of /24 or narrower (/64 in IPv6) or ids of VPC endpoints, at least one",
      got: wrong === undefined ? "none" : JSON.stringify(wrong),
      todo: "name the addresses that the sender's connections leave from",
    });
  }
  return {
    Sid: "DenyOtherNetworks",
    Effect: "Deny",
    Action: "s3:*",
    Resource: "*",
    Condition: {
      ...(cidrs.length > 0 ? { NotIpAddress: { "aws:SourceIp": cidrs } } : {}),
      ...(vpcEndpointIds.length > 0 ? { StringNotEquals: { "aws:SourceVpce": vpcEndpointIds } } : {}),
    },
  };
}

/**
 * Refuses bytes whose SHA-256 the request does not carry under its signature: S3 compares that hash with what arrives
 * and refuses the rest. Presigned URLs sign no payload. That the object also keeps the checksum no condition can ask,
 * so the inventory and the ledger show it.
 * @see S3 API reference, "Authenticating requests: Signature Version 4 authentication specific policy keys"
 */
export function denyUnhashedBytes(bucketArn: string): PolicyStatement[] {
  const deny = { Effect: "Deny", Action: "s3:PutObject", Resource: `${bucketArn}/*` } as const;
  return [
    {
      ...deny,
      Sid: "DenyUnsignedBytes",
      Condition: {
        StringEquals: { "s3:x-amz-content-sha256": ["UNSIGNED-PAYLOAD", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"] },
      },
    },
    { ...deny, Sid: "DenyPresigned", Condition: { StringNotEquals: { "s3:authType": "REST-HEADER" } } },
  ];
}
