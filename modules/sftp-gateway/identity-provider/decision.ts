// SPDX-License-Identifier: Apache-2.0
import { dayOf } from "../../vendor-directory/day";
import type { LoginRequest } from "./login-request";
import { MAX_SESSION_POLICY_CHARACTERS, type Session, type SessionSettings, sessionOf } from "./session";
import { isWithin } from "./source-network";
import { type DirectoryItem, isDenied, readVendorRecord, type VendorRecord } from "./vendor-record";

/** What a server asks for at each login (Transfer API, IdentityProviderDetails); a password alone is not among them. */
export type AuthenticationMethods = "PUBLIC_KEY" | "PUBLIC_KEY_AND_PASSWORD";

export interface LoginSettings extends SessionSettings {
  readonly methods: AuthenticationMethods;
}

/** The request with the outcome of the password's check, which comes first so that its time tells nothing. */
export interface CheckedRequest extends Omit<LoginRequest, "password"> {
  /** `none`: the login is tried with a key. */
  readonly password: "none" | "right" | "wrong";
}

export type DenialReason =
  | "protocol not offered"
  | "unknown user"
  | "disabled at once"
  | "directory not understood"
  | "not enabled"
  | "not yet"
  | "expired"
  | "network not listed"
  | "no valid key"
  | "password not offered"
  | "no second component"
  | "second component not asked for"
  | "wrong password"
  | "session policy too long";

export type Decision =
  | { readonly allowed: false; readonly reason: DenialReason }
  | {
      readonly allowed: true;
      readonly session: Session;
      /** Keys that open the session, for a login by key; none for one by password. */
      readonly keys: readonly { readonly fingerprint: string; readonly publicKey: string }[];
    };

/** Whether the login is let in. Allowed is only what every item says; anything missing or not understood denies. */
export function decide(
  request: CheckedRequest,
  items: readonly DirectoryItem[],
  now: Date,
  settings: LoginSettings,
): Decision {
  const denied = (reason: DenialReason): Decision => ({ allowed: false, reason });
  if (request.protocol !== "SFTP") return denied("protocol not offered");
  if (items.length === 0) return denied("unknown user");
  if (isDenied(items)) return denied("disabled at once");
  const vendor = readVendorRecord(items);
  if (!vendor || items.some((item) => item.vendor !== request.user)) return denied("directory not understood");
  const today = dayOf(now);
  if (!vendor.enabled) return denied("not enabled");
  if (today < vendor.from) return denied("not yet");
  if (today > vendor.until) return denied("expired");
  if (!isWithin(request.sourceIp, vendor.cidrs)) return denied("network not listed");
  const keys = vendor.keys.filter(({ notBefore, notAfter }) => notBefore <= today && today <= notAfter);
  if (keys.length === 0) return denied("no valid key");
  const refusal = componentRefusal(request, vendor, settings.methods);
  if (refusal) return denied(refusal);
  const session = sessionOf(request.user, vendor.studies, settings);
  if (session.Policy.length > MAX_SESSION_POLICY_CHARACTERS) return denied("session policy too long");
  return { allowed: true, session, keys: request.password === "none" ? keys : [] };
}

function componentRefusal(
  { password }: CheckedRequest,
  { secretArn }: VendorRecord,
  methods: AuthenticationMethods,
): DenialReason | undefined {
  if (methods === "PUBLIC_KEY") {
    if (password !== "none") return "password not offered";
    return secretArn === undefined ? undefined : "second component not asked for";
  }
  if (secretArn === undefined) return "no second component";
  return password === "wrong" ? "wrong password" : undefined;
}
