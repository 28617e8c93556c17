// SPDX-License-Identifier: Apache-2.0
import { visible } from "../../gate/escape/terminal";
import { wrap } from "../../gate/wrap";
import type { Proof } from "../judge/proof";
import {
  copiesOf,
  eventCells,
  eventsOf,
  mirrorCells,
  STATE_WORDS,
  subjectText,
  trailCells,
  transferCells,
  versionLines,
} from "./lines";

const STATE_WIDTH = 16;
const TITLE_WIDTH = 19;

/** The proof as text: the verdict, the links, and what was seen. @param columns of the terminal */
export function proofText({ verdict, links, facts }: Proof, columns: number): string {
  const line = (text: string, indent = 2) => wrap(visible(text), columns, indent);
  const named = (name: string, text: string) => line(`  ${name.padEnd(14)}${text}`, 16);
  const section = (title: string, lines: readonly string[]) => (lines.length === 0 ? [] : ["", title, ...lines]);
  const rows = (cells: ReadonlyArray<readonly string[]>) =>
    cells.map((row) => line(`  ${row.filter((cell) => cell !== "").join("  ")}`, 4));
  const { object, replica, ledger, trail, transfer } = facts;
  return `${[
    line(subjectText(facts)),
    line(`as of ${facts.asOf}`),
    "",
    line(verdict.sentence),
    "",
    ...links.map(({ state, title, says }) =>
      line(`${STATE_WORDS[state].padEnd(STATE_WIDTH)}${title.padEnd(TITLE_WIDTH)}${says}`, STATE_WIDTH + TITLE_WIDTH),
    ),
    ...section("Object", "seen" in object && object.seen ? versionLines(object.seen).map((l) => named(...l)) : []),
    ...section(
      "seen" in ledger ? `Ledger events, chain ${visible(ledger.seen.chain)}` : "",
      rows(eventsOf(facts).map(eventCells)),
    ),
    ...section("Copies of these events in the audit bucket", rows(copiesOf(facts).map(mirrorCells))),
    ...section("CloudTrail records", "seen" in trail ? rows(trail.seen.events.map(trailCells)) : []),
    ...section("Transfer log", transfer && "seen" in transfer ? rows(transfer.seen.lines.map(transferCells)) : []),
    ...section(
      "Replica",
      replica !== "none" && "seen" in replica && replica.seen.version
        ? versionLines(replica.seen.version).map((l) => named(...l))
        : [],
    ),
  ].join("\n")}\n`;
}
