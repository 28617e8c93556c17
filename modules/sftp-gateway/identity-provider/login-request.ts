// SPDX-License-Identifier: Apache-2.0
import { isIP } from "node:net";
import { isVendorId } from "../../vendor-directory/vendor-id";

/** What Transfer asks at a login (Transfer Family user guide, "Using AWS Lambda to integrate your identity provider"). */
export interface LoginRequest {
  readonly user: string;
  readonly sourceIp: string;
  readonly serverId: string;
  readonly protocol: string;
  /** Absent where the login is tried with a key. */
  readonly password?: string;
}

/** The request in an event of Transfer; undefined where it is not understood. */
export function readLoginRequest(event: unknown): LoginRequest | undefined {
  if (typeof event !== "object" || event === null) return undefined;
  const { username, sourceIp, serverId, protocol, password } = event as Readonly<Record<string, unknown>>;
  if (typeof username !== "string" || typeof serverId !== "string" || typeof protocol !== "string") return undefined;
  if (typeof sourceIp !== "string" || isIP(sourceIp) === 0) return undefined;
  const request = { user: username, sourceIp, serverId, protocol };
  // Transfer leaves the password of a key login out, or sends an empty one.
  if (password === undefined || password === null || password === "") return request;
  return typeof password === "string" ? { ...request, password } : undefined;
}

/** The user as it may stand in a log: people type passwords where the name belongs. */
export function loggedUser(user: string): string {
  return isVendorId(user) ? user : "(no vendor id)";
}
