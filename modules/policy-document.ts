// SPDX-License-Identifier: Apache-2.0

/** One IAM statement as it is written into a policy. */
export interface PolicyStatement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal?: "*" | Readonly<Record<string, string | readonly string[]>>;
  readonly Action: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** JSON text of a policy; keys keep their order, so that a diff shows what changed. */
export function policyJson(statements: readonly PolicyStatement[]): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

/**
 * Refuses to everybody what does not come by TLS.
 *
 * @param action what is refused, as `s3:*`
 * @param resource ARN or ARNs that the policy stands on
 * @see IAM user guide, "AWS global condition context keys", aws:SecureTransport
 */
export function denyPlainHttp(action: string, resource: string | readonly string[]): PolicyStatement {
  return {
    Sid: "DenyPlainHttp",
    Effect: "Deny",
    Principal: "*",
    Action: action,
    Resource: resource,
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
}
