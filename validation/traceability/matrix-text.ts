// SPDX-License-Identifier: Apache-2.0

import type { Deviation } from "../deviations";
import { visible } from "../gate/escape/terminal";
import { wrap } from "../gate/wrap";
import { ROW_STATUSES, type TraceMatrix } from "./matrix";

const ID_WIDTH = 9;
const STATUS_WIDTH = 20;

/**
 * The matrix on a screen: runs with their figures, a line for each requirement, then orphans, deviations and what keeps a
 * report from being FINAL.
 *
 * @param columns width of the screen
 */
export function matrixText(matrix: TraceMatrix, columns: number): string {
  const lines = [
    ...head(matrix),
    "",
    ...requirements(matrix),
    "",
    ...section("orphans", matrix.orphans, ({ kind, id, because }) => `${kind} ${id}: ${because}`),
    ...section("deviations", matrix.deviations, deviation),
    ...section("blockers", matrix.blockers, ({ code, where, what }) => `${code} ${where}: ${what}`),
    matrix.mayConcludeFit
      ? "nothing here keeps a report from being FINAL; people review and approve it"
      : "no report over these runs is FINAL or concludes that the system is fit for its intended use",
  ];
  return `${lines.map((line) => wrap(visible(line), columns, 2)).join("\n")}\n`;
}

function head({ system, environment, target, runs, dispositions }: TraceMatrix): string[] {
  return [
    `${system} (${environment}), target ${target.name} (${target.kind})`,
    ...runs.map(({ run, attempt, status, balance, isPinned }) => {
      const signer = isPinned ? "sealed by the given key" : "signer not pinned";
      return `run ${run}, attempt ${attempt}: ${status}, ${signer}; ${balance.equation}`;
    }),
    dispositions ? `dispositions ${dispositions.file}, SHA-256 ${dispositions.sha256}` : "no file of dispositions",
  ];
}

function requirements({ requirements: rows }: TraceMatrix): string[] {
  const counts = ROW_STATUSES.map((status) => [status, rows.filter((row) => row.status === status).length] as const);
  const shown = counts.filter(([, count]) => count > 0).map(([status, count]) => `${count} ${status}`);
  return [
    `requirements ${rows.length}: ${shown.join(", ")}`,
    ...rows.map(({ id, status, because, steps, controls, text }) => {
      const passed =
        steps.length > 0
          ? `${steps.filter(({ result }) => result === "PASS").length} of ${steps.length} steps passed`
          : `no step, ${controls.filter(({ result }) => result === "pass").length} of ${controls.length} controls passed`;
      const told = status === "VERIFIED" ? text : because.join("; ");
      return `${id.padEnd(ID_WIDTH)}${status.padEnd(STATUS_WIDTH)}${passed}; ${told}`;
    }),
  ];
}

/** With the digest that a disposition repeats. */
function deviation({ id, severity, state, because, place, actual, digest }: Deviation): string {
  return `${id}  ${severity}, ${state} (${because}); ${place}: ${actual}; digest ${digest}`;
}

function section<T>(name: string, list: readonly T[], line: (one: T) => string): string[] {
  return [`${name} ${list.length === 0 ? "none" : list.length}`, ...list.map((one) => `  ${line(one)}`), ""];
}
