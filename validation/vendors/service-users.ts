// SPDX-License-Identifier: Apache-2.0

/** A user that Transfer itself manages: it has no network and no expiry, which the review has to say. */
export interface ServiceUser {
  readonly address: string;
  readonly user: string;
  /** Sentences about what this kind of user lacks. */
  readonly lacks: readonly string[];
}

interface Planned {
  readonly address?: unknown;
  readonly type?: unknown;
  readonly change?: { readonly actions?: unknown; readonly after?: unknown };
}

/** Service-managed users of a plan in JSON, unless the plan removes them. @returns undefined for what is no plan */
export function serviceUsers(plan: unknown): readonly ServiceUser[] | undefined {
  const changes = (plan as { resource_changes?: unknown } | null)?.resource_changes;
  if (!Array.isArray(changes)) return undefined;
  return (changes as readonly Planned[])
    .filter(({ type, change }) => type === "aws_transfer_user" && JSON.stringify(change?.actions) !== '["delete"]')
    .map(({ address, change }) => {
      const name = (change?.after as { user_name?: unknown } | null)?.user_name;
      return {
        address: String(address),
        user: typeof name === "string" ? name : "not known before apply",
        lacks: [
          "no CIDR: the key opens it from every network that reaches the server",
          "no expiry: it ends when somebody removes it",
        ],
      };
    });
}
