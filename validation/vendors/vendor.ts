// SPDX-License-Identifier: Apache-2.0

/** A vendor as `vendors.yaml` says: one SFTP user, one role, one prefix. Days are UTC, YYYY-MM-DD. */
export interface Vendor {
  readonly id: string;
  readonly name: string;
  /** @default true */
  readonly enabled?: boolean;
  readonly contacts: readonly { readonly name: string; readonly email: string }[];
  /** First and last day on which the vendor may log in. */
  readonly from: string;
  readonly until: string;
  readonly cidrs: readonly string[];
  readonly keys: readonly VendorKey[];
  /** ARN of the secret that holds the hash of the second component. @default - the key alone */
  readonly secretArn?: string;
  readonly studies: readonly VendorStudy[];
  readonly history?: readonly HistoryEntry[];
}

/** False once it was offboarded. */
export function isEnabled({ enabled }: Pick<Vendor, "enabled">): boolean {
  return enabled ?? true;
}

export interface VendorKey {
  /** One line of OpenSSH. */
  readonly publicKey: string;
  /** @default - first day of the vendor */
  readonly notBefore?: string;
  readonly notAfter: string;
}

export interface VendorStudy {
  readonly id: string;
  readonly deliveries?: readonly Delivery[];
}

export type Cadence =
  | { readonly every: "day" | "once"; readonly at: string }
  | { readonly every: "week"; readonly on: Weekday; readonly at: string }
  | { readonly every: "month"; readonly on: number; readonly at: string };

/** In the order of `Date.getUTCDay`. */
export const WEEKDAYS = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** What is expected of a vendor for a study. */
export interface Delivery {
  readonly name: string;
  /** Pattern of the file name: `*` any text, `?` one character, `{date}` eight digits. */
  readonly files: string;
  readonly from: string;
  /** @default - last day of the vendor */
  readonly until?: string;
  readonly cadence: Cadence;
  readonly window: { readonly hoursBefore: number; readonly hoursAfter: number };
  readonly sizeBytes: { readonly min: number; readonly max: number };
  readonly manifest: "required" | "optional" | "none";
  readonly sha256File: "required" | "optional" | "none";
  readonly recordClass: string;
  readonly blinding: "blinded" | "unblinded";
}

export type VendorAction = "added" | "key-rotated" | "offboarded";

/** Who changed a vendor, when and why, and who approved it. */
export interface HistoryEntry {
  readonly on: string;
  readonly action: VendorAction;
  readonly by: string;
  readonly approver: string;
  readonly reason: string;
  /** SHA-256 fingerprints of the keys it is about. */
  readonly keys?: readonly string[];
  /** Fingerprints of lost keys, which no vendor may ever have again. */
  readonly revoked?: readonly string[];
}
