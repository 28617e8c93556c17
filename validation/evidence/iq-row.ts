// SPDX-License-Identifier: Apache-2.0
import { canonicalJson } from "../json";
import type { IqRow, IqRowResult, Reading } from "./entries";

/**
 * What the four readings of an attribute amount to. PASS: config, state and live are equal, and plan is equal or
 * unknown. Where config is not set, the others are not set either or at the documented default. NOT AVAILABLE: the same,
 * with live not readable on this target. Everything else is FAIL.
 */
export function iqRowResult(row: Pick<IqRow, "config" | "plan" | "state" | "live">): IqRowResult {
  const asConfigured = (reading: Reading) => agrees(reading, row.config);
  if (!asConfigured(row.state) || !(row.plan.kind === "unknown" || asConfigured(row.plan))) return "FAIL";
  if (row.live.kind === "not-available") return "NOT AVAILABLE";
  return asConfigured(row.live) ? "PASS" : "FAIL";
}

function agrees(reading: Reading, config: Reading): boolean {
  if (reading.kind === "value" && config.kind === "value")
    return canonicalJson(reading.value) === canonicalJson(config.value);
  return config.kind === "not-set" && (reading.kind === "not-set" || reading.kind === "default");
}
