// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import { readJsonFile } from "../json";
import type { PlanArtifacts } from "./artifacts";
import { readPlanChanges } from "./plan-changes";
import { MAX_SYNTH_BYTES } from "./terraform-folder";

/** A few lines that say what a plan would do and, where the stack says so itself, what cannot be undone. */
export function planSummary(artifacts: PlanArtifacts): string[] {
  const { changes, unchanged } = readPlanChanges(path.join(artifacts.out, "plan.json"));
  const byAction = new Map<string, number>();
  for (const { action } of changes) byAction.set(action, (byAction.get(action) ?? 0) + 1);
  const counts = [...byAction].sort().map(([action, count]) => `${count} to ${action}`);
  const resources = [...counts, ...(unchanged > 0 ? [`${unchanged} unchanged`] : [])].join(", ") || "none";
  const { stack, environment, target, out } = artifacts;
  return [
    `${stack} ${environment}, target ${target}${target === "offline" ? " (never applied)" : ""}`,
    `resources: ${resources}`,
    ...stackSummary(path.join(out, "cdk.tf.json")),
    `written: ${out}`,
  ];
}

/** The lines of the stack's own output `part11_plan_summary` (a string, a list or an object of lines). */
function stackSummary(synthFile: string): string[] {
  const synth = readJsonFile(synthFile, { maxBytes: MAX_SYNTH_BYTES }) as {
    output?: Record<string, { value?: unknown }>;
  };
  const value = synth.output?.part11_plan_summary?.value;
  if (value === undefined || value === null) return [];
  if (typeof value !== "object") return String(value).trimEnd().split("\n");
  if (Array.isArray(value)) return value.map(String);
  return Object.entries(value).map(
    ([name, said]) => `${name}: ${typeof said === "object" ? JSON.stringify(said) : said}`,
  );
}
