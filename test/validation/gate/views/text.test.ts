// SPDX-License-Identifier: Apache-2.0
import * as fc from "fast-check";
import { type ControlDecision, type Decisions, decisionText, type Finding, visible } from "../../../../validation/gate";
import { drawn } from "../../../drawn";

const PLAIN = { colour: false };

function finding(over: Partial<Finding> = {}): Finding {
  return {
    address: "aws_s3_bucket.raw",
    attribute: "rule.default_retention.mode",
    severity: "critical",
    status: "fail",
    expected: "COMPLIANCE",
    actual: "GOVERNANCE",
    construct: "landing-zone/raw/lock",
    message: "not locked",
    fix: "Set the mode.",
    ...over,
  };
}

function control(over: Partial<ControlDecision> = {}): ControlDecision {
  const plain = { id: "P11-10c-02", title: "Lock mode", severity: "critical", clauses: ["11.10(c)"] } as const;
  return { ...plain, status: "pass", findings: [], ...over };
}

function decisions(verdict: Decisions["verdict"], controls: readonly ControlDecision[]): Decisions {
  return {
    schemaVersion: 1,
    verdict,
    environment: "production",
    target: "aws",
    digests: {
      plan: "a".repeat(64),
      synth: null,
      lock: null,
      policy: "b".repeat(64),
      settings: null,
      waivers: null,
      bundle: null,
    },
    tools: {},
    evaluatedResources: { count: 3, digest: "c".repeat(64) },
    controls,
  };
}

describe("the text of decisions", () => {
  it("reads as one calm screen", () => {
    const unknown = finding({ status: "unknown", severity: "medium", attribute: "kms_key_id", construct: null });
    const controls = [
      control({ status: "fail", findings: [finding()] }),
      control({ id: "P11-30-01", title: "Keys", clauses: ["11.30"], status: "unknown", findings: [unknown] }),
      control({ id: "P11-10b-01", status: "not_applicable", reason: "no inspector" }),
      control({ id: "P11-10e-01" }),
    ];
    expect(decisionText(decisions("fail", controls), PLAIN)).toMatchInlineSnapshot(`
"part11 gate  fail  production

11.10(c)
  P11-10c-02  Lock mode
    fail critical  aws_s3_bucket.raw  rule.default_retention.mode
      in   landing-zone/raw/lock
      want COMPLIANCE
      got  GOVERNANCE
    fix  Set the mode.

11.30
  P11-30-01  Keys
    unknown medium  aws_s3_bucket.raw  kms_key_id
      want COMPLIANCE
      got  GOVERNANCE
    fix  Set the mode.

4 controls: 1 pass, 1 fail, 1 unknown, 1 not applicable; 3 resources judged; target aws
plan aaaaaaaaaaaa  synth not given  lock not given  policy bbbbbbbbbbbb  settings not given  waivers not given  bundle not given
"
`);
  });

  it("shows the digest of the value that was judged, on a line of 80 columns", () => {
    const found = finding({ valueDigest: "e".repeat(64) });
    const text = decisionText(decisions("fail", [control({ status: "fail", findings: [found] })]), {
      colour: false,
      columns: 80,
    });
    const line = text.split("\n").find((one) => one.includes("e".repeat(64)));
    expect(line).toBe(`      value ${"e".repeat(64)}`);
  });

  it("names what is pending in a line each, without its findings", () => {
    const reason = "no module meets it yet";
    const controls = [control({ id: "P11-10a-09", title: "Hashed", status: "pending", reason, findings: [finding()] })];
    expect(decisionText(decisions("pass", controls), PLAIN)).toBe(`part11 gate  pass  production

pending: no module meets it yet
  P11-10a-09  Hashed (1 finding)

1 controls: 1 pending; 3 resources judged; target aws
plan aaaaaaaaaaaa  synth not given  lock not given  policy bbbbbbbbbbbb  settings not given  waivers not given  bundle not given
`);
  });

  it("says how many unknowns a pass holds", () => {
    const findings = [finding({ status: "unknown", severity: "low" })];
    const text = decisionText(decisions("pass", [control({ severity: "low", status: "unknown", findings })]), PLAIN);
    expect(text).toMatch(/^part11 gate {2}pass, 1 unknown {2}production\n/);
  });

  it("says a plain pass when nothing was found", () => {
    expect(decisionText(decisions("pass", [control()]), PLAIN)).toMatch(/^part11 gate {2}pass {2}production\n/);
  });

  it("lists what somebody answers for apart from what is open, and names who", () => {
    const waiver = {
      kind: "waiver",
      by: "ann.lee",
      approver: "bo.chen",
      ticket: "QA-17",
      reason: "Until the vendor has moved.",
      at: "2026-11-01",
      expires: "2026-12-01",
    } as const;
    const waived = control({ status: "waived", reason: "every finding", findings: [finding({ waiver })] });
    const text = decisionText({ ...decisions("pass", [waived]), waiversAsOf: "2026-11-21" }, PLAIN);
    expect(text).toMatch(/^part11 gate {2}pass, 1 waived {2}production\n\nwaived, as of 2026-11-21\n/);
    expect(text).toContain(
      "  P11-10c-02  fail critical  aws_s3_bucket.raw  rule.default_retention.mode  until 2026-12-01",
    );
    expect(text).not.toContain("want");
  });

  it("stays on a screen and says what it leaves out", () => {
    const findings = Array.from({ length: 500 }, (_, i) => finding({ address: `aws_s3_bucket.b${i}` }));
    const text = decisionText(decisions("fail", [control({ status: "fail", findings })]), PLAIN);
    expect(text).toContain("and 492 more findings: --verbose, --format json or --out shows all");
    expect(text.split("\n").length).toBeLessThan(50);
  });

  it("hides what is not known before what fails, and of that the least severe first", () => {
    const of = (address: string, over: Partial<Finding>) => finding({ address, ...over });
    const doubts = Array.from({ length: 8 }, (_, i) => of(`aws_s3_bucket.doubt${i}`, { status: "unknown" }));
    const text = decisionText(
      decisions("fail", [
        control({ status: "fail", findings: [...doubts, of("aws_s3_bucket.minor", { severity: "low" })] }),
        control({ id: "P11-30-01", clauses: ["11.30"], status: "fail", findings: [of("aws_s3_bucket.grave", {})] }),
      ]),
      PLAIN,
    );
    expect(text).toContain("aws_s3_bucket.grave");
    expect(text).toContain("aws_s3_bucket.minor");
    expect(text).not.toContain("aws_s3_bucket.doubt7");
  });

  it("leaves nothing out when it is asked for all", () => {
    const findings = Array.from({ length: 20 }, (_, i) => finding({ address: `aws_s3_bucket.b${i}` }));
    const failed = decisions("fail", [control({ status: "fail", findings })]);
    const text = decisionText(failed, { ...PLAIN, verbose: true });
    expect(findings.filter(({ address }) => !text.includes(`${address}  `))).toEqual([]);
    expect(text).not.toContain("more findings");
  });

  it("says what is wrong with the waivers before other findings hide it", () => {
    const findings = Array.from({ length: 20 }, (_, i) => finding({ address: `aws_s3_bucket.b${i}` }));
    const waivers = { ...finding({ address: "waivers.yaml:3" }), attribute: "valueDigest" };
    const controls = [
      control({ status: "fail", findings }),
      control({ id: "META-07", status: "fail", clauses: ["11.10(a)"], findings: [waivers] }),
    ];
    expect(decisionText(decisions("fail", controls), PLAIN)).toMatch(
      /production\n\n11\.10\(a\)\n {2}META-07 .*\n.*waivers\.yaml:3/,
    );
  });

  it("has no escape sequence unless colour is asked for", () => {
    const failed = decisions("fail", [control({ status: "fail", findings: [finding()] })]);
    expect(decisionText(failed, PLAIN)).not.toContain("\u001b");
    expect(decisionText(failed, { colour: true })).toContain("\u001b[31m");
  });

  it("lists every control with what it judged when it is asked to", () => {
    const controls = [
      control({ subjects: { count: 3, addresses: ["aws_s3_bucket.audit", "aws_s3_bucket.raw"] } }),
      control({ id: "P11-10b-01", title: "Elsewhere", status: "not_applicable", reason: "no inspector" }),
    ];
    expect(decisionText(decisions("pass", controls), { colour: false, verbose: true })).toContain(`
all controls
  P11-10c-02  pass  Lock mode
    3 judged: aws_s3_bucket.audit, aws_s3_bucket.raw, and 1 more
  P11-10b-01  not applicable  Elsewhere
    no inspector
`);
  });

  it("lets no name of a plan speak to the terminal", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.constantFrom(...NAMES), (text, member) => {
        const subjects = { count: 1, addresses: [text] };
        const findings = [finding({ [member]: text })];
        const failed = decisions("fail", [control({ status: "fail", title: text, subjects, findings })]);
        const printed = decisionText(failed, { ...PLAIN, verbose: true });
        expect(printed.replaceAll("\n", "")).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
        expect(printed).not.toMatch(/^\s*::/m);
      }),
      drawn("gate text", 300),
    );
  });
});

const NAMES = ["address", "attribute", "expected", "actual", "construct", "fix"] as const;

describe("visible text", () => {
  it.each([
    ["\u001b[2J", "\\u{1b}[2J"],
    ["a\u202eb", "a\\u{202e}b"],
    ["a\nb\rc\td", "a\\u{a}b\\u{d}c\\u{9}d"],
    ["\u{e0041}", "\\u{e0041}"],
    ["\u200b", "\\u{200b}"],
    ["\u0085\u2028", "\\u{85}\\u{2028}"],
    ["Prüfung 試験 🔒", "Prüfung 試験 🔒"],
  ])("writes %j as %j", (text, shown) => {
    expect(visible(text)).toBe(shown);
  });
});
