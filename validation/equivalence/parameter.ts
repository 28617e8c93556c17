// SPDX-License-Identifier: Apache-2.0

/** Days or years, as Object Lock's default retention is given. */
export type LockDuration = { readonly days: number } | { readonly years: number };

interface Justified {
  /** Why production may differ here. */
  readonly justification: string;
  /** Line of the file. */
  readonly line: number;
}

/** A part of names: a prefix, an environment. */
export interface NameParameter extends Justified {
  readonly kind: "name";
  readonly qualified: string;
  readonly production: string;
}

/** Twelve digits. */
export interface AccountParameter extends Justified {
  readonly kind: "account";
  readonly qualified: string;
  readonly production: string;
}

/** Default retention of one Object Lock configuration; production may lock for longer and not for less. */
export interface LockParameter extends Justified {
  readonly kind: "lock-duration";
  readonly address: string;
  readonly qualified: LockDuration;
  readonly production: LockDuration;
}

export type TextParameter = NameParameter | AccountParameter;
export type Parameter = TextParameter | LockParameter;

/** What a production plan may have otherwise than the qualified one; `equivalence-parameters.schema.json`. */
export interface Parameters {
  readonly file: string;
  readonly sha256: string;
  readonly parameters: readonly Parameter[];
}

/** Object Lock counts a year as 365 days (S3 user guide, "Retention periods"). */
export function daysOf(duration: LockDuration): number {
  return "days" in duration ? duration.days : duration.years * 365;
}
