// SPDX-License-Identifier: Apache-2.0
import { visible } from "../../gate/escape/terminal";
import { wrap } from "../../gate/wrap";
import { csv } from "../csv";
import type { ArrivalRow } from "./arrivals";
import { type ArrivalsReport, countsOf, ledgerSentence, minute } from "./report";

const STATUS_WIDTH = 12;

/** The arrivals as text: what needs a look first. @param columns of the terminal */
export function arrivalsText(report: ArrivalsReport, columns: number): string {
  const { study, asOf, rows } = report;
  const counts = countsOf(rows).map(([status, count]) => `${count} ${status}`);
  const open = rows.filter(({ problems }) => problems.length > 0);
  const rest = rows.filter(({ problems }) => problems.length === 0);
  const section = (title: string, part: readonly ArrivalRow[]) =>
    part.length === 0 ? [] : ["", title, ...part.flatMap((row) => rowLines(row, columns))];
  return `${[
    wrap(
      `Arrivals of ${visible(study)} as of ${minute(asOf)} UTC: ${counts.join(", ") || "nothing expected"}`,
      columns,
      2,
    ),
    wrap(visible(`ledger: ${ledgerSentence(report)}`), columns, 8),
    ...section("Needs a look", open),
    ...section("In order", rest),
  ].join("\n")}\n`;
}

function rowLines(row: ArrivalRow, columns: number): readonly string[] {
  const { status, vendor, delivery, due, version, record, problems } = row;
  const line = (name: string, text: string) =>
    wrap(`${name.padEnd(STATUS_WIDTH)}${visible(text)}`, columns, STATUS_WIDTH);
  const what = version?.name ?? delivery?.files ?? "";
  const received = version && `received ${minute(version.receivedAt)}`;
  const times = [received, due !== null && `due ${minute(due)}`, record === "direct" && "put into raw by its sender"];
  return [
    line(status, `${vendor}  ${what}  ${times.filter(Boolean).join(", ")}`),
    ...(version ? [line("", `${version.bytes ?? "unknown"} bytes, sha256 ${version.sha256 ?? "unknown"}`)] : []),
    ...problems.map(({ kind, says }) => line("", `! ${kind}: ${says}`)),
  ];
}

const HEAD = [
  ...["vendor", "delivery", "status", "due UTC", "received UTC", "file", "version", "bytes", "sha256"],
  ...["promoted", "blinding", "problems"],
];

function promotedWord(record: ArrivalRow["record"]): string {
  if (record === null || record === "direct") return record ?? "";
  return record === "promoted" ? "yes" : "no";
}

/** The arrivals as CSV, one row a file or a time due. */
export function arrivalsCsv({ rows }: ArrivalsReport): string {
  return csv(
    HEAD,
    rows.map(({ vendor, delivery, status, due, version, record, problems }) => [
      ...[vendor, delivery?.name ?? "", status, due === null ? "" : minute(due)],
      ...[version ? minute(version.receivedAt) : "", version?.name ?? "", version?.versionId ?? ""],
      ...[version?.bytes?.toString() ?? "", version?.sha256 ?? "", promotedWord(record)],
      ...[delivery?.blinding ?? "", problems.map(({ kind, says }) => `${kind}: ${says}`).join("; ")],
    ]),
  );
}
