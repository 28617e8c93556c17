// SPDX-License-Identifier: Apache-2.0

/** The item that refuses a vendor at every login, whatever else the table says (docs/decisions/0017). */
export interface DenyItem {
  readonly vendor: string;
  readonly item: "deny";
  readonly by: string;
  /** Instant, UTC. */
  readonly at: string;
  readonly reason: string;
}

/** What disabling a vendor touches: the table that the identity provider reads, and the vendor's role. */
export interface DisablePort {
  /** Puts the item unless there is one, which then stays: the first reason counts. @returns the item that stands */
  putDeny(item: DenyItem): Promise<DenyItem>;
  /** Sets the inline policy of a role. */
  putRolePolicy(role: string, name: string, document: string): Promise<void>;
}

export interface Disabled {
  readonly deny: DenyItem;
  /** Whether somebody had disabled the vendor before. */
  readonly before: boolean;
  /** Why open sessions could not be revoked; undefined when they are. */
  readonly sessionsOpen?: string;
}

/** The name that the IAM console gives the policy, so that both replace one another. */
export const REVOKE_POLICY = "AWSRevokeOlderSessions";

/**
 * Refuses a vendor's logins from now on and revokes the sessions that its role has open. The item comes first: a new
 * session must not begin between the two. A failure of the second leaves the first standing and is told.
 */
export async function disableVendor(port: DisablePort, role: string, item: DenyItem): Promise<Disabled> {
  const deny = await port.putDeny(item);
  const before = deny.at !== item.at || deny.by !== item.by || deny.reason !== item.reason;
  try {
    await port.putRolePolicy(role, REVOKE_POLICY, revokeOlderSessions(item.at));
    return { deny, before };
  } catch (error) {
    return { deny, before, sessionsOpen: error instanceof Error ? `${error.name}: ${error.message}` : String(error) };
  }
}

/** Milliseconds by which this machine's clock may be behind that of AWS. The deny item keeps new sessions out meanwhile. */
const CLOCK_MARGIN_MS = 300_000;

/**
 * Denies everything to credentials that were given out until five minutes after an instant; for those given out later the
 * role is as it was.
 * IAM user guide, "Revoking IAM role temporary security credentials", read 2026-11-22.
 */
export function revokeOlderSessions(at: string): string {
  const until = new Date(Date.parse(at) + CLOCK_MARGIN_MS).toISOString();
  return JSON.stringify({
    Version: "2012-10-17",
    Statement: [
      {
        Effect: "Deny",
        Action: ["*"],
        Resource: ["*"],
        Condition: { DateLessThan: { "aws:TokenIssueTime": [until] } },
      },
    ],
  });
}
