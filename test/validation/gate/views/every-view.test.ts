// SPDX-License-Identifier: Apache-2.0
import { FORMATS, type Format, type Outcome, render } from "../../../../validation/gate";
import { STYLE } from "../../../../validation/gate/views/style";
import { control, decisions, EVERY_STATUS, FAILED, finding, PASSED, REFUSED } from "./sample";

const NOW = new Date("2026-11-21T12:00:00Z");
/** The text is one screen: it counts statuses, and shortens digests. */
const WHOLE = FORMATS.filter((format) => format !== "text");

const shown = (format: Format, outcome: Outcome) => render(format, outcome, { now: NOW });

describe.each(WHOLE)("%s", (format) => {
  const view = shown(format, FAILED);

  it.each([
    ["the verdict and the environment", [/fail/, /production/]],
    ["every control", EVERY_STATUS.map(({ id }) => new RegExp(id))],
    ["every title", EVERY_STATUS.map(({ title }) => new RegExp(title))],
    ["every reason", EVERY_STATUS.flatMap(({ reason }) => (reason ? [new RegExp(reason)] : []))],
    ["the address and the attribute", [/aws_s3_bucket\.raw/, /rule\.default_retention\.mode/]],
    ["expected and actual", [/COMPLIANCE/, /GOVERNANCE/]],
    ["the construct", [/zone\/raw\/lock/]],
    ["the fix", [/Set the mode\./]],
    ["the clause", [/11\.10\(c\)/]],
    ["the digests", [/a{64}/, /b{64}/]],
    ["the tools", [/1\.22\.0/, /0\.1\.0/]],
  ])("shows %s", (_, parts) => {
    for (const part of parts) expect(view).toMatch(part);
  });

  it("shows the status of every control beside it", () => {
    const { length } = EVERY_STATUS.filter(({ id, status }) => {
      const word = status.replace("_", "[ _]");
      return new RegExp(`${id}[^]{0,400}?${word}|${word}[^]{0,400}?${id}`).test(view);
    });
    expect(length).toBe(EVERY_STATUS.length);
  });

  it("shows who waived a finding of a control that fails", () => {
    const people = { by: "author-a", approver: "approver-b", ticket: "ticket-c", reason: "because-d" };
    const waiver = { kind: "waiver", ...people, at: "2026-11-21", expires: "2027-01-31" } as const;
    const waived = finding({ address: "aws_s3_bucket.old", waiver });
    const outcome = decisions("fail", [control({ status: "fail", findings: [finding(), waived] })]);
    for (const value of [...Object.values(people), waiver.at, waiver.expires]) {
      expect(shown(format, outcome)).toContain(value);
    }
  });

  it("shows the digests that a waiver or an attestation repeats", () => {
    const digests = { expectedDigest: "d".repeat(64), valueDigest: "e".repeat(64) };
    const view = shown(format, decisions("fail", [control({ status: "fail", findings: [finding(digests)] })]));
    for (const [name, hex] of Object.entries(digests)) expect(view).toMatch(new RegExp(`${name}[^]{0,200}?${hex}`));
  });

  it("shows who attested what a plan does not show", () => {
    const evidence = { reference: "report-a", digest: "e".repeat(64) };
    const waiver = { kind: "attestation", by: "witness-b", evidence, at: "2026-11-21", expires: "2027-01-31" } as const;
    const attested = control({ status: "waived", findings: [finding({ status: "unknown", waiver })] });
    for (const value of ["report-a", "e".repeat(64), "witness-b", waiver.at, waiver.expires]) {
      expect(shown(format, decisions("pass", [attested]))).toContain(value);
    }
  });
});

describe.each([
  ["html", shown("html", FAILED)],
  ["json", shown("json", FAILED).replace(/.*("addresses":\["aws_kms_key.judged"\],"count":21).*/s, "$1")],
  ["text that is verbose", render("text", FAILED, { text: { colour: false, verbose: true } })],
])("%s", (_, view) => {
  it("tells of a pass what was judged, and how much of it", () => {
    expect(view).toContain("aws_kms_key.judged");
    expect(view).toMatch(/\b2[01]\b/);
  });
});

describe("the style of html", () => {
  it("gives the names beside a finding the room of the longest, so that none runs into its value", () => {
    const [, columns] = /\.finding dl \{ grid-template-columns: ([^;]+);/.exec(STYLE) ?? [];
    expect(columns).toContain("max-content");
  });
});

describe.each(FORMATS)("%s", (format) => {
  it("has the same bytes for the same decisions", () => {
    expect(shown(format, FAILED)).toBe(shown(format, FAILED));
  });

  it("ends with a line end", () => {
    for (const outcome of [FAILED, PASSED, REFUSED]) expect(shown(format, outcome)).toMatch(/[^\n]\n$/);
  });

  it("says by its code why nothing was judged", () => {
    expect(shown(format, REFUSED)).toContain("NOT_JSON");
  });
});

/** How a reader of the format sees that not all is well. */
const RED: Readonly<Record<Format, (view: string) => boolean>> = {
  text: (view) => /^part11 gate {2}(fail|error)/.test(view),
  json: (view) => JSON.parse(view).verdict !== "pass",
  sarif: (view) => JSON.parse(view).runs[0].results.some(({ level }: { level: string }) => level === "error"),
  junit: (view) => !/<testsuites [^>]*failures="0" errors="0"/.test(view),
  markdown: (view) => /^## (❌|⛔)/m.test(view),
  github: (view) => view.startsWith("::error "),
  html: (view) => /<p class="verdict bad">/.test(view),
  oscal: (view) =>
    JSON.parse(view)["assessment-results"].results[0].findings[0].target.status.state === "not-satisfied",
};

describe.each(FORMATS)("%s is red", (format) => {
  it.each([
    ["for a finding", FAILED, true],
    ["for a verdict that no finding explains", decisions("fail", [control()]), true],
    ["when nothing was judged", REFUSED, true],
    ["not for a pass", PASSED, false],
    [
      "not for a pass with an unknown that is let through",
      decisions("pass", [
        control({ severity: "low", status: "unknown", findings: [finding({ status: "unknown", severity: "low" })] }),
      ]),
      false,
    ],
    [
      "not for a pass with pending findings",
      decisions(
        "pass",
        EVERY_STATUS.filter(({ status }) => status === "pending"),
      ),
      false,
    ],
    [
      "not for a pass with waived findings",
      decisions(
        "pass",
        EVERY_STATUS.filter(({ status }) => status === "waived"),
      ),
      false,
    ],
  ])("%s", (_, outcome, red) => {
    expect(RED[format](shown(format, outcome))).toBe(red);
  });
});
