// SPDX-License-Identifier: Apache-2.0
import type { DocumentHead } from "./model";

/** Names and values that stand on every page beside title, id and status. */
export function headItems(head: DocumentHead): ReadonlyArray<readonly [string, string]> {
  return [
    ["System", head.system],
    ["Environment", head.environment],
    ["Version", head.version],
    ["Effective", head.effectiveDate],
    ["Supersedes", head.supersedes],
  ];
}

/** The status and what no page may be read without. */
export function stampOf({ status, stamp }: DocumentHead): string {
  return stamp === undefined ? status : `${status}: ${stamp}`;
}
