// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import fc from "fast-check";
import { loadDispositions, MAX_DISPOSITIONS_BYTES } from "../../../validation/deviations";
import { Part11Error } from "../../../validation/error";
import { drawn } from "../../drawn";
import { removeTemporaryFolders, temporaryFolder } from "../plan/fixture-app/project";
import { ACCEPTED, dispositions, NOW, notApplicable, outOfScope, parsed, TRANSFERRED } from "./sample-dispositions";

afterAll(removeTemporaryFolders);

const GOOD = dispositions({}, notApplicable("OQ-EXTEND") + outOfScope("URS-029"));

/** The file in order with one thing changed, which must be there. */
function changed(from: string, to: string, text = GOOD): string {
  expect(text).toContain(from);
  return text.replace(from, () => to);
}

function refusal(text: string | Uint8Array): Part11Error {
  try {
    parsed(text);
  } catch (error) {
    if (error instanceof Part11Error) return error;
    throw error;
  }
  throw new Error("was accepted");
}

test("a file in order is read, each entry with its line", () => {
  const { run, dispositions: all, notApplicable: steps, outOfScope: left } = parsed(GOOD);
  expect([run, all[0]?.line, steps[0]?.line, left[0]?.line]).toEqual(["sample-run", 4, 17, 24]);
  expect([all[0]?.approver, steps[0]?.step, left[0]?.requirement]).toEqual([
    "quality.head@example.org",
    "OQ-EXTEND",
    "URS-029",
  ]);
});

test.each([
  ["accepted", ACCEPTED],
  ["transferred", TRANSFERRED],
])("a deviation may be %s without a retest", (disposition, lines) => {
  expect(parsed(dispositions({ lines })).dispositions[0]).toMatchObject({ disposition, retest: { required: false } });
});

test("a file of a run without deviations may be empty", () => {
  expect(parsed("schemaVersion: 1\nrun: sample-run\n")).toMatchObject({
    dispositions: [],
    notApplicable: [],
    outOfScope: [],
  });
});

describe("an entry that can never hold is refused with its line", () => {
  const refusals: [string, string, string, RegExp][] = [
    [
      "approved by who recorded it",
      "approver: quality.head@example.org",
      "approver: Lee.Ann@example.ORG",
      /deviations\.yaml:14 approver: expected somebody else than recorded it/,
    ],
    [
      "approved by the same person's other mailbox",
      "approver: quality.head@example.org",
      "approver: ann.lee+qa@example.org",
      /expected somebody else/,
    ],
    [
      "approved before it was recorded",
      "approvedAt: 2026-11-23T10:00:00Z",
      "approvedAt: 2026-11-22T08:59:59Z",
      /:15 approvedAt: expected a time not before/,
    ],
    [
      "approved tomorrow",
      "approvedAt: 2026-11-23T10:00:00Z",
      "approvedAt: 2026-12-01T00:00:01Z",
      /expected 2026-12-01T00:00:00\.000Z or earlier/,
    ],
    [
      "recorded on a day that there is not",
      "recordedAt: 2026-11-22T",
      "recordedAt: 2026-11-31T",
      /:13 recordedAt: expected a time that exists/,
    ],
    [
      "recorded at an hour that there is not",
      "recordedAt: 2026-11-22T10",
      "recordedAt: 2026-11-22T27",
      /expected a time that exists/,
    ],
    [
      "with a cause that says nothing",
      "cause: The bucket policy of the challenged bucket was left as it had been.",
      "cause: error error error error error",
      /:7 cause: expected 4 different words or more/,
    ],
    [
      "with a justification that says nothing",
      "justification: The step asks for more than the requirement does.",
      "justification: because because because because",
      /retest: expected 4 different words/,
    ],
    [
      "with characters that nobody sees",
      "cause: The bucket",
      "cause: The\u202e bucket",
      /:7 cause: expected characters that can be seen.*\\u\{202e\}/,
    ],
    [
      "corrected without a retest",
      "retest: {required: true, run: second-run}",
      "retest: {required: false, justification: It was looked at by two people.}",
      /disposition: expected corrected with a retest/,
    ],
    [
      "with a retest of no run",
      "retest: {required: true, run: second-run}",
      "retest: {required: true}",
      /retest: expected the run of a required retest/,
    ],
    [
      "with a run and a reason for none",
      "retest: {required: true, run: second-run}",
      "retest: {required: true, run: second-run, justification: It was looked at by two people.}",
      /retest: expected the run/,
    ],
    [
      "accepted with a retest",
      "disposition: corrected",
      "disposition: accepted",
      /disposition: expected corrected with a retest/,
    ],
    [
      "corrected and tracked elsewhere",
      "    action: The policy",
      "    tracking: CHG-1\n    action: The policy",
      /expected tracking exactly of what is transferred/,
    ],
  ];

  it.each(refusals)("%s", (_title, from, to, message) => {
    const text = from.startsWith("justification") ? dispositions({ lines: ACCEPTED }) : GOOD;
    const { code, message: got } = refusal(changed(from, to, text));
    expect([code, got]).toEqual(["DEVIATION_REFUSED", expect.stringMatching(message)]);
  });

  it("transferred to nowhere", () => {
    const text = changed("    tracking: CHG-2026-117\n", "", dispositions({ lines: TRANSFERRED }));
    expect(refusal(text).message).toMatch(/expected tracking exactly of what is transferred, got none/);
  });

  it("that speaks of a deviation for the second time", () => {
    const [head, entry] = dispositions({}).split("dispositions:\n");
    expect(refusal(`${head}dispositions:\n${entry}${entry}`).message).toMatch(
      /deviations\.yaml:16 deviation: .*got a second one for that of line 4/,
    );
  });

  it.each([
    ["a step", notApplicable("OQ-EXTEND")],
    ["a requirement", outOfScope("URS-029")],
  ])("that is approved by who recorded it, of %s", (_title, text) => {
    const same = changed(
      "approver: quality.head@example.org",
      "approver: ann.lee@example.org",
      `schemaVersion: 1\nrun: sample-run\n${text}`,
    );
    expect(refusal(same).code).toBe("DEVIATION_REFUSED");
  });
});

describe("a file that is no plain record is refused", () => {
  const refusals: [string, string, string, string][] = [
    ["with an anchor", "type: system", "type: &t system", "DEVIATIONS_INVALID"],
    ["with a tag", "type: system", "type: !!str system", "DEVIATIONS_INVALID"],
    ["with a key twice", "type: system", "type: system\n    type: other", "DEVIATIONS_INVALID"],
    ["with two documents", "schemaVersion: 1", "schemaVersion: 1\n---\nschemaVersion: 1", "DEVIATIONS_INVALID"],
    ["with a member that there is not", "type: system", "type: system\n    severity: minor", "SCHEMA_MISMATCH"],
    ["without an approver", "    approver: quality.head@example.org\n", "", "SCHEMA_MISMATCH"],
    ["without a time zone", "approvedAt: 2026-11-23T10:00:00Z", "approvedAt: 2026-11-23T10:00:00", "SCHEMA_MISMATCH"],
    [
      "with a letter that looks like another in a name",
      "approver: quality",
      "approver: qu\u0430lity",
      "SCHEMA_MISMATCH",
    ],
    ["with a prototype for a key", "type: system", "__proto__: system", "SCHEMA_MISMATCH"],
    ["with a type that there is not", "type: system", "type: nothing", "SCHEMA_MISMATCH"],
    [
      "with a reason of one word",
      "reason: The system has no such component in this environment.",
      "reason: none",
      "SCHEMA_MISMATCH",
    ],
  ];

  it.each(refusals)("%s", (_title, from, to, code) => {
    expect(refusal(changed(from, to)).code).toBe(code);
  });

  it("with bytes that are no UTF-8", () => {
    expect(refusal(Buffer.concat([Buffer.from(GOOD), Buffer.from([0xff])])).code).toBe("DEVIATIONS_INVALID");
  });

  it("that is larger than any of them", () => {
    const file = path.join(temporaryFolder(), "deviations.yaml");
    fs.writeFileSync(file, "#".repeat(MAX_DISPOSITIONS_BYTES + 1));
    expect(() => loadDispositions(file, NOW)).toThrow(expect.objectContaining({ code: "FILE_TOO_LARGE" }));
  });

  it("in whatever way it is damaged, with a code and never a crash", () => {
    const codes = ["DEVIATIONS_INVALID", "SCHEMA_MISMATCH", "DEVIATION_REFUSED"];
    fc.assert(
      fc.property(fc.nat(GOOD.length - 1), fc.nat(40), fc.string({ unit: "binary", maxLength: 12 }), (at, cut, put) => {
        try {
          parsed(`${GOOD.slice(0, at)}${put}${GOOD.slice(at + cut)}`);
        } catch (error) {
          expect([(error as Part11Error).code, error]).toEqual([
            expect.stringMatching(codes.join("|")),
            expect.any(Part11Error),
          ]);
        }
      }),
      drawn("damaged dispositions", 300),
    );
  });
});
