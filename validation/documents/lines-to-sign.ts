// SPDX-License-Identifier: Apache-2.0
import type { Approvals, Cell, Column, History } from "./model";

/** What 21 CFR 11.50(a) asks to stand beside a signature, and who signs in which role. */
export const APPROVAL_COLUMNS: readonly Column[] = [
  { title: "Role", share: 15 },
  { title: "Meaning of the signature", share: 27 },
  { title: "Printed name, job title", share: 20 },
  { title: "Signature", share: 20 },
  { title: "Date, time, offset to UTC", share: 18 },
];

/** Nothing stands in a line that nobody has signed. */
export function approvalRows({ lines }: Approvals): readonly (readonly Cell[])[] {
  return lines.map(({ role, meaning, signed }) => [
    role,
    meaning,
    signed?.printedName ?? "",
    signed?.made ?? "",
    signed?.at ?? "",
  ]);
}

export const HISTORY_COLUMNS: readonly Column[] = [
  { title: "Version", share: 12 },
  { title: "Date", share: 18 },
  { title: "Change", share: 30 },
  { title: "Reason", share: 25 },
  { title: "Changed by", share: 15 },
];

export function historyRows({ revisions }: History): readonly (readonly Cell[])[] {
  return revisions.map(({ version, date, change, reason, changedBy }) => [version, date, change, reason, changedBy]);
}
