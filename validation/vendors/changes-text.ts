// SPDX-License-Identifier: Apache-2.0
import { visible } from "../gate/escape/terminal";
import { wrap } from "../gate/wrap";
import type { ItemChange } from "./items";
import type { PlanChange } from "./plan-changes";

const SIGNS: Readonly<Record<ItemChange["kind"], string>> = { added: "+", changed: "~", removed: "-" };

/** What the next plan will do: items of the vendors table, and what it makes beside it; one a line and what it says below. */
export function changesText(items: readonly ItemChange[], others: readonly PlanChange[], columns: number): string {
  return section("vendors table", items, columns) + section("beside the table", others, columns);
}

function section(title: string, changes: readonly ItemChange[], columns: number): string {
  if (changes.length === 0) return `${title}: nothing changes\n`;
  const lines = changes.flatMap(({ kind, vendor, item, says }) => [
    wrap(`  ${SIGNS[kind]} ${visible(`${vendor}  ${item}`)}`, columns, 6),
    ...says.map((one) => wrap(`      ${visible(one)}`, columns, 8)),
  ]);
  const counts = (["added", "changed", "removed"] as const).map(
    (kind) => `${changes.filter((change) => change.kind === kind).length} ${kind}`,
  );
  return `${[`${title}, by the next plan: ${counts.join(", ")}`, ...lines].join("\n")}\n`;
}
