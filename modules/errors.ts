// SPDX-License-Identifier: Apache-2.0

/** Every code a construct of this library can throw. Closed: users and tests match on it. */
export type ModuleErrorCode =
  | "RETENTION_INVALID"
  | "RETENTION_TOO_SHORT"
  | "RETENTION_TOO_LONG_OUTSIDE_PRODUCTION"
  | "RETENTION_MODE"
  | "NAME_INVALID"
  | "ACCOUNT_INVALID"
  | "REGION_INVALID"
  | "NETWORK_INVALID"
  | "PREFIX_INVALID"
  | "TAG_INVALID"
  | "ADMINISTRATOR_MISSING"
  | "SUBSCRIBER_MISSING"
  | "HANDLER_NOT_BUILT"
  | "IMAGE_INVALID"
  | "VENDOR_INVALID"
  | "VENDOR_KEY"
  | "VENDOR_PREFIX"
  | "GATEWAY_INVALID"
  | "IDENTITY_REFUSED"
  | "LONG_LIVED_KEY"
  | "PUSH_INVALID"
  | "SETTINGS_INVALID";

/** An error in one sentence: what, where (construct path), expected, got, what to do. */
export class ModuleError extends Error {
  constructor(
    readonly code: ModuleErrorCode,
    parts: { what: string; where: string; expected: string; got: string; todo: string },
  ) {
    super(`${parts.what} in ${parts.where}: expected ${parts.expected}, got ${parts.got}; ${parts.todo}`);
    this.name = "ModuleError";
  }
}
