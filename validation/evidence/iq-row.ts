// SPDX-License-Identifier: Apache-2.0
import { canonicalJson } from "../json";
import type { IqRow, IqRowResult, Reading } from "./entries";

/**
 * What the four readings of an attribute amount to. PASS: config, state and live are equal, and plan is equal or
 * unknown. NOT AVAILABLE: the same, with live not readable on this target. Everything else is FAIL.
 */
export function iqRowResult(row: Pick<IqRow, "config" | "plan" | "state" | "live">): IqRowResult {
  const agreed = same(row.config, row.state) && (row.plan.kind === "unknown" || same(row.plan, row.config));
  if (!agreed) return "FAIL";
  if (row.live.kind === "not-available") return "NOT AVAILABLE";
  return same(row.live, row.state) ? "PASS" : "FAIL";
}

function same(a: Reading, b: Reading): boolean {
  if (a.kind === "value" && b.kind === "value") return canonicalJson(a.value) === canonicalJson(b.value);
  return a.kind === "not-set" && b.kind === "not-set";
}
