// SPDX-License-Identifier: Apache-2.0
import type { RunRecord } from "../../evidence";
import { inWords, LEFT_TO_PEOPLE, type PeriodicReview, type QuestionId } from "../../review";
import type { Block, Cell, DocumentModel, Table } from "../model";
import { approvals, code, facts, list, paragraph, result, section, table } from "./blocks";
import { documentOf } from "./head";

/** The periodic review record: whether what was qualified still is, with everything that nobody looked at. */
export function periodicReviewRecord({ summary }: RunRecord, review: PeriodicReview): DocumentModel {
  const { since, until } = review.period;
  const asOf = `${until}T00:00:00.000Z`;
  const reviewed = { summary: { ...summary, bundle: `${summary.bundle}-${until}`, finishedAt: asOf } };
  const revision = {
    version: "1",
    date: until,
    change: `First issue, written from evidence bundle ${summary.bundle} and the inputs named.`,
    reason: `Periodic review of ${since} to ${until}.`,
    changedBy: "part11 review, a program; no person changed anything.",
  };
  const control = { version: "1", effectiveDate: "not set, no approval is known", status: "DRAFT", revision } as const;
  return documentOf(
    "REV",
    reviewed,
    "DRAFT",
    [
      approvals(
        "Decision, to be made by people",
        [
          "System owner",
          "What is open was dealt with or is accepted; the system stays in use under the conditions named.",
        ],
        [
          "Quality",
          "The review was made by the procedure, and what the program did not look at was looked at otherwise.",
        ],
      ),
      ...section("Conclusion", ...conclusion(review)),
      ...section("Questions", ...questions(review)),
      ...section("What changed", ...changed(review)),
      ...section("What ends", ...ending(review)),
      ...section("What happened", ...happened(review)),
      ...section("Tools and digests", toolsTable(review), digestsTable(review)),
      ...section("Left to people", paragraph("No answer above speaks of these:"), list(...LEFT_TO_PEOPLE)),
    ],
    control,
  );
}

function conclusion({ from, to, period, conclusion: said, stillQualified, inputs }: PeriodicReview): readonly Block[] {
  return [
    facts(
      ["Period", `${period.since} to ${period.until}, UTC days, both included`],
      ["Conclusion", [{ result: stillQualified ? "IN ORDER" : "NOT SHOWN" }, said]],
      ["Qualification", [{ code: from.bundle }, `${from.status}, ended ${from.finishedAt}`]],
      ["Sealed by", [{ code: from.keyId }, from.isPinned ? "the key that was given" : "nobody said whose key it is"]],
      ["Plan that was qualified", [from.plan, { code: from.planSha256 }]],
      ["Plan of now", code(to.planSha256)],
      ["Plan against the deployed state", to.deployedSha256 ? code(to.deployedSha256) : "none was given beside it"],
    ),
    table(
      "Files that people gave",
      { File: 40, "SHA-256": 60 },
      inputs.map(({ file, sha256 }) => [file, code(sha256)]),
    ),
  ];
}

/** Each question with what is open, what nobody looked at, and what was seen, each line marked as one of these. */
function questions({ items }: PeriodicReview): readonly Block[] {
  return [
    table(
      "One line each",
      { Question: 50, State: 25, Open: 12, "Not looked at": 13 },
      items.map(({ title, state, open, notLookedAt }) => [
        title,
        result(state.toUpperCase()),
        String(open.length),
        String(notLookedAt.length),
      ]),
    ),
    ...items.map(
      ({ id, title, state, open, notLookedAt, seen }): Block => ({
        kind: "record",
        id,
        title,
        result: state.toUpperCase(),
        items: [
          { name: "Open", value: open.length > 0 ? open : "nothing" },
          { name: "Not looked at", value: notLookedAt.length > 0 ? notLookedAt : "nothing" },
          { name: "Seen", value: seen.length > 0 ? seen : "nothing" },
        ],
        tables: [],
      }),
    ),
  ];
}

/** A table that answers a question. An empty one says that there is none, which nobody knows of what was not looked at. */
function answered({ items }: PeriodicReview, of: QuestionId, answer: Table): readonly Block[] {
  const { notLookedAt } = items.find(({ id }) => id === of)!;
  const unseen = notLookedAt.map((text) => paragraph(`${answer.caption}, not looked at: ${text}.`));
  return unseen.length > 0 && answer.rows.length === 0 ? unseen : [...unseen, answer];
}

function changed(review: PeriodicReview): readonly Block[] {
  const { drift, items } = review;
  const { open } = items.find(({ id }) => id === "changes")!;
  return [
    table(
      "Differences from the plan that was qualified",
      { Difference: 100 },
      open.map((text) => [text]),
    ),
    ...answered(
      review,
      "drift",
      table(
        "Drift of what is deployed",
        { Address: 45, What: 55 },
        drift.map(({ address, what }) => [code(address), what]),
      ),
    ),
  ];
}

function ending(review: PeriodicReview): readonly Block[] {
  return answered(
    review,
    "waivers",
    table(
      "Waivers and attestations",
      { Control: 14, Place: 34, "Answered for by": 18, "Last day": 14, State: 20 },
      review.waivers.map(({ kind, source, control, address, attribute, by, expires, state }): Cell[] => [
        code(control),
        [{ code: address }, attribute],
        by,
        expires,
        [{ result: state.toUpperCase() }, `${kind}, ${source === "now" ? "of now" : "of the qualification"}`],
      ]),
    ),
  );
}

function happened({ incidents, deviations }: PeriodicReview): readonly Block[] {
  return [
    incidents === null
      ? paragraph("Incidents were not looked at: no record of them was given.")
      : table(
          `Incidents from ${incidents.from} to ${incidents.until}, recorded by ${incidents.recordedBy}`,
          { Incident: 15, Day: 13, What: 37, State: 12, Reference: 23 },
          incidents.incidents.map(({ id, day, what, state, reference }) => [
            code(id),
            day,
            what,
            result(state.toUpperCase()),
            reference,
          ]),
        ),
    table(
      "Deviations of the qualification",
      { Deviation: 45, Place: 25, Severity: 14, State: 16 },
      deviations.map(({ id, place, severity, state }) => [code(id), place, severity, result(state.toUpperCase())]),
    ),
  ];
}

function toolsTable({ tools }: PeriodicReview) {
  return table(
    "Tools of the run, and those installed now",
    { Tool: 34, "In the run": 24, Now: 24, State: 18 },
    tools.map(({ name, qualified, now, state }) => [
      name,
      inWords(qualified),
      inWords(now),
      result(state.toUpperCase()),
    ]),
  );
}

function digestsTable({ digests }: PeriodicReview) {
  const shown = (digest: string | null) => (digest === null ? "none" : code(digest));
  return table(
    "Policies, settings and lock file by SHA-256",
    { File: 14, "In the run": 34, Now: 34, State: 18 },
    digests.map(({ name, qualified, now, state }) => [name, shown(qualified), shown(now), result(state.toUpperCase())]),
  );
}
