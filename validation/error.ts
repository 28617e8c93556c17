// SPDX-License-Identifier: Apache-2.0
import { isNativeError } from "node:util/types";

/** Every code an error of the CLI can carry. Closed: a new failure gets a new code here, and a test pins it. */
export type ErrorCode =
  | "USAGE"
  | "FILE_NOT_FOUND"
  | "FILE_TOO_LARGE"
  | "NOT_UTF8"
  | "NOT_JSON"
  | "DUPLICATE_KEY"
  | "FORBIDDEN_KEY"
  | "TOO_DEEP"
  | "NOT_CANONICAL"
  | "JOURNAL_BROKEN"
  | "JOURNAL_CLOSED"
  | "CLOCK_WENT_BACK"
  | "BUNDLE_ALTERED"
  | "BUNDLE_EXISTS"
  | "BUNDLE_PATH"
  | "KEY_UNUSABLE"
  | "SEAL_NOT_MADE"
  | "CERTIFICATE_UNUSABLE"
  | "TIME_STAMP_REFUSED"
  | "SCHEMA_MISMATCH"
  | "INTERRUPTED"
  | "TOOL_MISSING"
  | "TERRAFORM_MISSING"
  | "OPA_MISSING"
  | "DOWNLOAD_FAILED"
  | "CHECKSUM_MISMATCH"
  | "PROVIDER_MISSING"
  | "VENV_FAILED"
  | "CDKTF_JSON_MISSING"
  | "SYNTH_FAILED"
  | "STACK_UNKNOWN"
  | "OUT_NOT_EMPTY"
  | "OUT_NOT_WRITABLE"
  | "TERRAFORM_FAILED"
  | "PLAN_CHANGED"
  | "PLAN_OFFLINE"
  | "PLAN_FORMAT"
  | "PLAN_FOREIGN"
  | "SYNTH_FOREIGN"
  | "SYNTH_MISMATCH"
  | "LOCK_FORMAT"
  | "SETTINGS_INVALID"
  | "WAIVERS_INVALID"
  | "WAIVER_REFUSED"
  | "SUBJECT_NOT_FOUND"
  | "APPLY_FAILED"
  | "GATE_REFUSED"
  | "HANDLER_MISSING"
  | "TRANSPORT"
  | "NOT_IMPLEMENTED"
  | "PACKAGE_DAMAGED"
  | "PYTHON_MISSING"
  | "PORT_TAKEN"
  | "EMULATOR_START"
  | "POLICY_DIGEST"
  | "POLICY_FOREIGN"
  | "BUNDLE_REFUSED"
  | "POLICY_BUILD"
  | "ENGINE"
  | "ENGINE_PROOF"
  | "CONTROL_UNKNOWN"
  | "TABLE_MALFORMED"
  | "APPROVER_SAME"
  | "APPROVAL_REFUSED"
  | "APPROVALS_MISSING"
  | "PROTOCOL_DIFFERS"
  | "ATTEMPT_REFUSED"
  | "CHAIN_REFUSED"
  | "HOLD_RECORD"
  | "IMPORT_RECORD"
  | "VENDORS_INVALID"
  | "VENDOR_REFUSED"
  | "REQUIREMENTS_INVALID"
  | "REQUIREMENT_REFUSED"
  | "DEVIATIONS_INVALID"
  | "DEVIATION_REFUSED"
  | "INCIDENTS_INVALID"
  | "RUN_FOREIGN"
  | "PARAMETERS_INVALID"
  | "DEPOSIT_REFUSED"
  | "DEPOSIT_DIFFERS"
  | "TARGET_REFUSED"
  | "DIR_REFUSED"
  | "WRITE_REFUSED"
  | "COST_NOT_ACCEPTED"
  | "INTERNAL";

export interface ErrorParts {
  /** Closed code, stable across versions: tests and users match on it. */
  readonly code: ErrorCode;
  /** What went wrong, lower-case, no full stop. */
  readonly what: string;
  /** Where: a file, an address, an option, a step. */
  readonly where: string;
  readonly expected: string;
  readonly got: string;
  /** What the reader should do next. */
  readonly todo: string;
}

/** An error in one sentence: what, where, expected, got, what to do. */
export class Part11Error extends Error {
  readonly code: ErrorCode;
  readonly parts: ErrorParts;

  constructor(parts: ErrorParts, options?: ErrorOptions) {
    super(`${parts.what} in ${parts.where}: expected ${parts.expected}, got ${parts.got}; ${parts.todo}`, options);
    this.name = "Part11Error";
    this.code = parts.code;
    this.parts = parts;
  }
}

/** Any error as one with a code: INTERNAL, with what it said, unless it has one. @param where the verb that it stopped */
export function withCode(error: unknown, where: string): Part11Error {
  if (error instanceof Part11Error) return error;
  return new Part11Error(
    {
      code: "INTERNAL",
      what: "unexpected error",
      where,
      expected: "no error but those that part11 knows",
      got: (isNativeError(error) ? error.message : String(error)) || "an error without a message",
      todo: "report it with the output of the same command under PART11_DEBUG=1",
    },
    { cause: error },
  );
}
