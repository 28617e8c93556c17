// SPDX-License-Identifier: Apache-2.0
import type { StepFinished } from "./entries";
import type { ProtocolStep } from "./protocol";

/**
 * How the rows of a result depart from what its protocol step names. A step that passed or failed has exactly one row
 * for each attribute of its resource; one that did not come so far may have none, and none that is not named.
 */
export function rowProblems({ readBack }: ProtocolStep, { result, rows = [] }: StepFinished): string[] {
  const planned = new Set((readBack?.attributes ?? []).map((attribute) => rowId(readBack!.address, attribute)));
  const got = new Set(rows.map(({ id }) => id));
  const misnamed = rows.filter(({ id, address, attribute }) => id !== rowId(address, attribute));
  const executed = result === "PASS" || result === "FAIL";
  const problems = misnamed.map(({ id }) => `row ${id} is not named by its address and attribute`);
  for (const id of got) if (!planned.has(id)) problems.push(`row ${id} is not in the protocol`);
  for (const id of executed ? planned : []) if (!got.has(id)) problems.push(`row ${id} of the protocol is missing`);
  if (result === "PASS" && readBack && planned.size === 0) problems.push("passed without an attribute to compare");
  return problems;
}

/** Id of an IQ row. */
export function rowId(address: string, attribute: string): string {
  return `${address}#${attribute}`;
}
