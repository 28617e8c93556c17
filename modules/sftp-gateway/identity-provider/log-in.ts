// SPDX-License-Identifier: Apache-2.0
import { isVendorId } from "../../vendor-directory/vendor-id";
import { type Decision, type DenialReason, decide, type LoginSettings } from "./decision";
import { type LoginRequest, loggedUser, readLoginRequest } from "./login-request";
import { isSecondComponent } from "./second-component";
import type { Session } from "./session";
import { type DirectoryItem, readVendorRecord } from "./vendor-record";

/** What a login needs from outside. */
export interface LoginPorts {
  /** All items of one vendor as they stand now, from one consistent read. */
  readonly itemsOf: (vendor: string) => Promise<readonly DirectoryItem[]>;
  /** Text of a secret: the hash of a second component. */
  readonly secret: (arn: string) => Promise<string | undefined>;
  readonly now: () => Date;
  readonly log: (line: LoginLine) => void;
}

/** What is written of a login, and all that is: no password, no key, no raw event. */
export interface LoginLine {
  readonly event: "login";
  readonly time: string;
  readonly user: string;
  readonly ip: string;
  readonly server: string;
  readonly method: "key" | "password" | "unknown";
  readonly decision: "allowed" | "denied" | "error";
  readonly reason: string;
  /** Keys that would open the session; which one did stands in the log of the server. */
  readonly fingerprints: readonly string[];
}

/** What Transfer is answered; without a role the login is refused. */
export type LoginAnswer = (Session & { readonly PublicKeys?: readonly string[] }) | Record<string, never>;

const REFUSED: LoginAnswer = {};

/**
 * Answers one event of Transfer and logs one line.
 * @throws an error without details when directory or secret cannot be read: Transfer refuses, and the function's errors alarm
 */
export async function logIn(event: unknown, settings: LoginSettings, ports: LoginPorts): Promise<LoginAnswer> {
  const now = ports.now();
  const request = readLoginRequest(event);
  if (!request) {
    const nobody = { user: "", sourceIp: "", serverId: "" };
    ports.log({ ...lineOf(nobody, "unknown", now), decision: "denied", reason: "request not understood" });
    return REFUSED;
  }
  const line = lineOf(request, request.password === undefined ? "key" : "password", now);
  const decision = await decided(request, now, settings, ports).catch(() => undefined);
  if (!decision) {
    ports.log({ ...line, decision: "error", reason: "directory or secret not readable" });
    throw new Error("the login could not be decided: directory or secret not readable");
  }
  if (!decision.allowed) {
    ports.log({ ...line, decision: "denied", reason: decision.reason satisfies DenialReason });
    return REFUSED;
  }
  const { session, keys } = decision;
  ports.log({ ...line, decision: "allowed", reason: "", fingerprints: keys.map(({ fingerprint }) => fingerprint) });
  return keys.length > 0 ? { ...session, PublicKeys: keys.map(({ publicKey }) => publicKey) } : session;
}

async function decided(
  { password, ...request }: LoginRequest,
  now: Date,
  settings: LoginSettings,
  ports: LoginPorts,
): Promise<Decision> {
  const items = isVendorId(request.user) ? await ports.itemsOf(request.user) : [];
  if (password === undefined) return decide({ ...request, password: "none" }, items, now, settings);
  const secretArn = readVendorRecord(items)?.secretArn;
  const stored = secretArn === undefined ? undefined : await ports.secret(secretArn);
  const right = await isSecondComponent(password, stored);
  return decide({ ...request, password: right ? "right" : "wrong" }, items, now, settings);
}

function lineOf(
  { user, sourceIp, serverId }: Pick<LoginRequest, "user" | "sourceIp" | "serverId">,
  method: LoginLine["method"],
  now: Date,
) {
  return {
    event: "login",
    time: now.toISOString(),
    user: loggedUser(user),
    ip: sourceIp,
    server: /^s-[0-9a-f]{1,32}$/.test(serverId) ? serverId : "",
    method,
    fingerprints: [],
  } as const;
}
