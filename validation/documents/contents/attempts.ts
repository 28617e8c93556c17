// SPDX-License-Identifier: Apache-2.0
import { entriesOf, type RunRecord } from "../../evidence";
import { type Cell, NOT_RECORDED, type Table } from "../model";
import { code, result, table } from "./blocks";

/** Every execution that led to this one, and this one; those that went before are kept in bundles of their own. */
export function attemptsTable({ entries, summary }: RunRecord): Table {
  const attempt = entriesOf(entries, "run-started")[0]?.body.attempt;
  const { bundle: run, status, startedAt, finishedAt } = summary;
  const own = { number: attempt?.number, run, status, startedAt, finishedAt, reason: attempt?.reason };
  return table(
    "Attempts, each with the SHA-256 of its bundle's manifest.json",
    { Attempt: 9, Run: 20, Status: 12, "From, to (UTC)": 19, Reason: 20, "SHA-256": 20 },
    [...(attempt?.earlier ?? []), { ...own, manifestSha256: "this bundle" }].map((one): Cell[] => [
      one.number === undefined ? NOT_RECORDED : String(one.number),
      code(one.run),
      result(one.status),
      [one.startedAt, one.finishedAt],
      attempt === undefined ? NOT_RECORDED : (one.reason ?? "first execution"),
      code(one.manifestSha256),
    ]),
  );
}
