// SPDX-License-Identifier: Apache-2.0
import { visible } from "../gate/escape/terminal";
import { wrap } from "../gate/wrap";
import type { ItemChange } from "./items";

const SIGNS: Readonly<Record<ItemChange["kind"], string>> = { added: "+", changed: "~", removed: "-" };

/** What the next plan will do with the vendors table, one item a line and what it says below. */
export function changesText(changes: readonly ItemChange[], columns: number): string {
  if (changes.length === 0) return "vendors table: nothing changes\n";
  const lines = changes.flatMap(({ kind, vendor, item, says }) => [
    `  ${SIGNS[kind]} ${vendor}  ${item}`,
    ...says.map((one) => wrap(`      ${visible(one)}`, columns, 8)),
  ]);
  const counts = (["added", "changed", "removed"] as const).map(
    (kind) => `${changes.filter((change) => change.kind === kind).length} ${kind}`,
  );
  return `${[`vendors table, by the next plan: ${counts.join(", ")}`, ...lines].join("\n")}\n`;
}
