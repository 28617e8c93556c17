// SPDX-License-Identifier: Apache-2.0

/** What is told of a delivery: how far a file came, or what is wrong with what was expected. */
export type NoticeStatus =
  | "RECEIVED"
  | "STORED"
  | "ATTRIBUTED"
  | "MANIFEST_OK"
  | "MANIFEST_MISMATCH"
  | "MANIFEST_MISSING"
  | "PROMOTED"
  | "QUARANTINED"
  | "SUPERSEDED"
  | "TRANSFER_FAILED"
  | "OVERDUE"
  | "UNEXPECTED"
  | "DUPLICATE_CONTENT"
  | "OUT_OF_RANGE";

/** What a vendor's contact is sent: the receipt, and why a file was not taken. */
export const RECEIPTS: readonly NoticeStatus[] = [
  "RECEIVED",
  "QUARANTINED",
  "MANIFEST_MISMATCH",
  "MANIFEST_MISSING",
  "TRANSFER_FAILED",
];

/** Stands for a name that people who work blinded must not read (docs/decisions/0023). */
export const WITHHELD = "withheld: unblinded, or not known to be blinded";

export interface Notice {
  readonly status: NoticeStatus;
  /** Vendor id, or `_unattributed`. */
  readonly vendor: string;
  /** Study id, or `none`. */
  readonly study: string;
  /** What it is about, in the order in which it is read; a value that is undefined is left out. */
  readonly facts: Readonly<Record<string, string | number | undefined>>;
}

/** A message as SNS takes it (SNS API Publish). */
export interface NoticeMessage {
  readonly subject: string;
  /** JSON of one text for each protocol. */
  readonly body: string;
  readonly attributes: { readonly vendor: string; readonly study: string; readonly status: NoticeStatus };
}

/** The message of a notice: lines for people, JSON for programs. */
export function messageOf({ status, vendor, study, facts }: Notice): NoticeMessage {
  const told = Object.entries({ status, vendor, study, ...facts }).filter(([, value]) => value !== undefined);
  const lines = told.map(([name, value]) => `${name.padEnd(10)} ${readable(String(value))}`);
  return {
    // Of names and ids of the settings only: SNS takes 100 characters of ASCII, and a file may be called anything.
    subject: `${vendor} ${study}: ${status}`.slice(0, 100),
    body: JSON.stringify({
      default: JSON.stringify({ schemaVersion: 1, ...Object.fromEntries(told) }),
      email: `${[...lines, ...closing(status)].join("\n")}\n`,
    }),
    attributes: { vendor, study, status },
  };
}

function closing(status: NoticeStatus): readonly string[] {
  if (status !== "RECEIVED") return [];
  return ["", "The SHA-256 is of all bytes received. If it is not that of your file, send the file again."];
}

/** What turns, hides or breaks a line is written out: a name must read as what it is. */
function readable(text: string): string {
  return text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (sign) => `\\u{${sign.codePointAt(0)!.toString(16)}}`);
}
