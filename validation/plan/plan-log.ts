// SPDX-License-Identifier: Apache-2.0

/** What the JSON log of `terraform plan -json` says. */
export interface PlanLog {
  /** Every line was understood, and none tells of a change, a drift or an output that changes. */
  readonly nothingDiffers: boolean;
  /** Managed resources that were compared with what is live. */
  readonly refreshed: number;
  /** `Error: summary: detail`, one each. */
  readonly errors: readonly string[];
}

interface LogLine {
  readonly type?: string;
  readonly hook?: { readonly resource?: { readonly addr?: string } };
  readonly diagnostic?: { readonly severity?: string; readonly summary?: string; readonly detail?: string };
  readonly changes?: Readonly<Record<string, unknown>>;
  readonly outputs?: Readonly<Record<string, { readonly action?: string }>>;
}

/** Types of lines that a plan without any difference may hold, beside the summary. */
const HARMLESS = new Set([
  "version",
  "log",
  "diagnostic",
  "outputs",
  "refresh_start",
  "refresh_complete",
  "apply_start",
  "apply_progress",
  "apply_complete",
]);

/**
 * Reads the JSON log of a plan. A line that is not understood may tell of a difference.
 *
 * Source: Terraform, "Machine-Readable UI", format 1.2.
 */
export function readPlanLog(log: string): PlanLog {
  const lines = log
    .split("\n")
    .filter((line) => line !== "")
    .map(parse);
  const refreshed = lines.filter(({ type }) => type === "refresh_complete").map(({ hook }) => hook?.resource?.addr);
  return {
    nothingDiffers: lines.filter(isEmptySummary).length === 1 && lines.every((line) => isHarmless(line)),
    refreshed: new Set(refreshed).size,
    errors: lines.flatMap(({ diagnostic }) => (diagnostic?.severity === "error" ? [textOf(diagnostic)] : [])),
  };
}

function isEmptySummary({ type, changes }: LogLine): boolean {
  const counts = Object.values(changes ?? {}).filter((value) => typeof value === "number");
  return type === "change_summary" && counts.length > 0 && counts.every((count) => count === 0);
}

function isHarmless(line: LogLine): boolean {
  if (isEmptySummary(line)) return true;
  const stays = Object.values(line.outputs ?? {}).every(({ action }) => action === undefined || action === "noop");
  return HARMLESS.has(line.type ?? "") && stays;
}

function textOf({ summary, detail }: NonNullable<LogLine["diagnostic"]>): string {
  return `Error: ${[summary, detail].filter(Boolean).join(": ").replace(/\s+/g, " ")}`;
}

function parse(line: string): LogLine {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null ? value : {};
  } catch {
    return {};
  }
}
