// SPDX-License-Identifier: Apache-2.0
import * as fc from "fast-check";
import type { Attestation, Facts, Waiver, WaiverFacts } from "../../../../validation/facts";
import { type Answer, type Decisions, decide, type Evaluation, type Policy } from "../../../../validation/gate";
import { JudgedValues } from "../../../../validation/gate/judged-value";
import { assertSchema, sha256Hex } from "../../../../validation/json";
import { drawn } from "../../../drawn";
import { factsOf } from "../facts-fixture";
import * as fixture from "./waivers-fixture";
import { CONTROLS, given } from "./waivers-fixture";

const PLAN = factsOf({ "aws_s3_bucket.raw": {}, "aws_s3_bucket.audit": {} });
/** The same resource with another value of the attribute that the control reads. */
const WORSE = factsOf({ "aws_s3_bucket.raw": { values: { mode: "C" } }, "aws_s3_bucket.audit": {} });
const ELSEWHERE = factsOf({
  "aws_s3_bucket.raw": { refs: { mode: [{ address: "aws_s3_bucket.audit", attribute: "id", ambiguous: false }] } },
  "aws_s3_bucket.audit": {},
});
const POLICY = {
  sidecar: { schemaVersion: 1, opaVersion: "1.22.0", controls: CONTROLS, data: {} },
  wasm: Buffer.alloc(0),
  digest: "1".repeat(64),
} as unknown as Policy;

type Answers = Readonly<Record<string, readonly Answer[]>>;

function answer(status: Answer["status"], over: Partial<Answer> = {}): Answer {
  return { address: "aws_s3_bucket.raw", attribute: "mode", status, expected: "A", actual: "B", ...over };
}

/** Digest of what an answer to these facts is about. */
function digestAbout(id: string, of: Answer, facts: Facts = PLAN): string {
  return new JudgedValues(facts).digest(CONTROLS.find((one) => one.id === id)!, of);
}

/** An entry for the answer that differs from the usual one by what is given, as the gate would print it. */
function waiver(over: Partial<Waiver> = {}, expected = "A"): Waiver {
  const plain = fixture.waiver(over);
  const { address, attribute, actual } = plain;
  const valueDigest = digestAbout(plain.control, answer("fail", { address, attribute, actual, expected }));
  return { ...plain, valueDigest, ...over };
}

function attestation(over: Partial<Attestation> = {}): Attestation {
  const plain = fixture.attestation(over);
  const { address, attribute } = plain;
  return { ...plain, valueDigest: digestAbout(plain.control, answer("unknown", { address, attribute })), ...over };
}

function decided(answers: Answers, waivers?: WaiverFacts, policy = POLICY, plan: Facts = PLAN): Decisions {
  const of = (id: string): Evaluation["controls"][string] =>
    answers[id] ? { answers: answers[id], not_applicable: null } : { answers: [], not_applicable: "nothing there" };
  const controls = Object.fromEntries(policy.sidecar.controls.map(({ id }) => [id, of(id)]));
  return decide({ ...plan, ...(waivers ? { waivers } : {}) }, policy, { controls, evaluated: [] });
}

function control(decisions: Decisions, id: string) {
  return decisions.controls.find((one) => one.id === id)!;
}

describe("a waiver", () => {
  it("covers the failure it names, which stays in sight with who answers for it", () => {
    const decisions = decided({ "FIX-01": [answer("fail")] }, given(waiver()));
    expect(decisions.verdict).toBe("pass");
    expect(control(decisions, "FIX-01")).toMatchObject({
      status: "waived",
      reason: "every finding is waived, until 2026-12-01",
      findings: [
        {
          status: "fail",
          waiver: { kind: "waiver", by: "ann.lee", approver: "bo.chen", ticket: "QA-17", expires: "2026-12-01" },
        },
      ],
    });
  });

  it("leaves the control failed while another finding is open", () => {
    const answers = [answer("fail"), answer("fail", { address: "aws_s3_bucket.audit" })];
    const decisions = decided({ "FIX-01": answers }, given(waiver()));
    expect(decisions.verdict).toBe("fail");
    expect(control(decisions, "FIX-01")).toMatchObject({ status: "fail" });
    expect(control(decisions, "FIX-01").reason).toBeUndefined();
  });

  it("leaves the control unknown when only unknown findings are open", () => {
    const answers = [answer("fail"), answer("unknown", { attribute: "days" })];
    expect(control(decided({ "FIX-01": answers }, given(waiver())), "FIX-01").status).toBe("unknown");
  });

  const besides: ReadonlyArray<readonly [string, Answers, WaiverFacts]> = [
    ["at another address", { "FIX-01": [answer("fail", { address: "aws_s3_bucket.audit" })] }, given(waiver())],
    ["of another attribute", { "FIX-01": [answer("fail", { attribute: "days" })] }, given(waiver())],
    ["of another control", { "FIX-02": [answer("fail")] }, given(waiver())],
    ["that is expected to be something else now", { "FIX-01": [answer("fail", { expected: "C" })] }, given(waiver())],
    ["that is worse than what was approved", { "FIX-01": [answer("fail", { actual: "C" })] }, given(waiver())],
    ["that is unknown", { "FIX-01": [answer("unknown")] }, given(waiver())],
    ["of a control that never is waived", { "FIX-03": [answer("fail")] }, given(waiver({ control: "FIX-03" }))],
    ["once it expired", { "FIX-01": [answer("fail")] }, given(waiver({ expires: "2026-11-20" }))],
  ];

  it.each(besides)("covers no finding %s", (_, answers, waivers) => {
    const decisions = decided(answers, waivers);
    expect(decisions.verdict).toBe("fail");
    expect(decisions.controls.flatMap(({ findings }) => findings.filter((f) => f.waiver))).toEqual([]);
  });

  it("that covers nothing fails the gate by itself, and names its line", () => {
    const decisions = decided({ "FIX-01": [answer("pass")] }, given(waiver({ line: 12 })));
    expect(decisions.verdict).toBe("fail");
    expect(control(decisions, "META-07").findings).toEqual([
      expect.objectContaining({
        address: "waivers.yaml:12",
        attribute: "covers",
        severity: "critical",
        expected: "a failure of FIX-01 at aws_s3_bucket.raw",
        actual: "not found",
      }),
    ]);
  });

  it.each([
    ["judged otherwise", { "FIX-01": [answer("fail", { actual: "C" })] }, PLAN, answer("fail", { actual: "C" })],
    ["worse where the answer is the same", { "FIX-01": [answer("fail")] }, WORSE, answer("fail")],
  ])(
    "does not cover a value that is %s, and names its line, what was waived and what there is",
    (_, answers, plan, now) => {
      const accepted = waiver({ line: 12 });
      const decisions = decided(answers, given(accepted), POLICY, plan);
      expect(decisions.verdict).toBe("fail");
      expect(control(decisions, "FIX-01").status).toBe("fail");
      expect(control(decisions, "META-07").findings).toEqual([
        expect.objectContaining({
          address: "waivers.yaml:12",
          attribute: "valueDigest",
          severity: "critical",
          expected: accepted.valueDigest,
          actual: `no longer the value that was waived: ${digestAbout("FIX-01", now, plan)}`,
        }),
      ]);
    },
  );

  it("of a finding that waits for its module is unused: nothing has to be accepted", () => {
    const decisions = decided({ "FIX-04": [answer("fail")] }, given(waiver({ control: "FIX-04" })));
    expect(control(decisions, "FIX-04").status).toBe("pending");
    expect(control(decisions, "META-07").status).toBe("fail");
  });
});

describe("an attestation", () => {
  const retold = answer("fail", { expected: "fix_02: A", severity: "critical" });

  it("covers the unknown value it names, and META-02 telling it again", () => {
    const answers = { "FIX-02": [answer("unknown")], "META-02": [retold] };
    const decisions = decided(answers, given(attestation()));
    expect(decisions.controls.map(({ id, status }) => [id, status])).toEqual([
      ["FIX-01", "not_applicable"],
      ["FIX-02", "waived"],
      ["FIX-03", "not_applicable"],
      ["FIX-04", "not_applicable"],
      ["META-02", "waived"],
      ["META-07", "pass"],
    ]);
    expect(decisions.verdict).toBe("pass");
  });

  it("never covers a failure", () => {
    const decisions = decided({ "FIX-02": [answer("fail")] }, given(attestation()));
    expect(control(decisions, "FIX-02").status).toBe("fail");
    expect(decisions.verdict).toBe("fail");
  });

  it.each([
    ["refers elsewhere now", answer("unknown"), ELSEWHERE],
    ["has to be more now", answer("unknown", { expected: "C" }), PLAN],
    ["is unknown for another reason", answer("unknown", { actual: "C" }), PLAN],
  ])("does not cover an unknown value that %s", (_, now, plan) => {
    const attested = attestation({ line: 7 });
    const decisions = decided({ "FIX-02": [now] }, given(attested), POLICY, plan);
    expect(control(decisions, "FIX-02").status).toBe("unknown");
    expect(control(decisions, "META-07").findings).toEqual([
      expect.objectContaining({
        address: "waivers.yaml:7",
        attribute: "valueDigest",
        expected: attested.valueDigest,
        actual: `no longer the value that was attested: ${digestAbout("FIX-02", now, plan)}`,
      }),
    ]);
  });

  it("leaves META-02 failed for every other unknown value", () => {
    const other = answer("fail", { expected: "fix_02: A", attribute: "days" });
    const answers = {
      "FIX-02": [answer("unknown"), answer("unknown", { attribute: "days" })],
      "META-02": [retold, other],
    };
    const decisions = decided(answers, given(attestation()));
    expect(control(decisions, "META-02").status).toBe("fail");
    expect(decisions.verdict).toBe("fail");
  });

  it("is needed where a waiver covers a failure of the same place: what is not known stays so", () => {
    const answers = { "FIX-02": [answer("fail"), answer("unknown")], "META-02": [retold] };
    const decisions = decided(answers, given(waiver({ control: "FIX-02" })));
    expect(control(decisions, "META-02").status).toBe("fail");
  });
});

describe("the decisions", () => {
  it("hold to their schema with waivers, and name their digest and day", () => {
    const answers = { "FIX-01": [answer("fail")], "FIX-02": [answer("unknown")] };
    const decisions = decided(answers, given(waiver(), attestation()));
    expect(() => assertSchema("decisions", decisions, "decisions")).not.toThrow();
    expect(decisions.digests.waivers).toBe("2".repeat(64));
    expect(decisions.waiversAsOf).toBe("2026-11-21");
  });

  it("name no day without waivers", () => {
    const decisions = decided({ "FIX-01": [answer("fail")] });
    expect(decisions.digests.waivers).toBeNull();
    expect(decisions).not.toHaveProperty("waiversAsOf");
  });

  it("print the digest that a waiver needs, and none where no waiver helps", () => {
    const digests = (answers: Answers) =>
      decided(answers).controls.flatMap(({ findings }) => findings.map(({ expectedDigest }) => expectedDigest));
    expect(digests({ "FIX-01": [answer("fail")] })).toEqual([sha256Hex("A")]);
    expect(digests({ "FIX-01": [answer("unknown")], "FIX-03": [answer("fail")] })).toEqual([undefined, undefined]);
  });

  it("print the digest of the value with every finding that may be waived or attested", () => {
    const { controls } = decided({ "FIX-01": [answer("fail"), answer("unknown")], "FIX-03": [answer("fail")] });
    const digests = controls.map(({ id, findings }) => [id, findings.map(({ valueDigest }) => valueDigest)]);
    expect(Object.fromEntries(digests)).toMatchObject({
      "FIX-01": [digestAbout("FIX-01", answer("fail")), digestAbout("FIX-01", answer("unknown"))],
      "FIX-03": [undefined],
    });
  });

  it("are none when no control judges the waivers", () => {
    const controls = CONTROLS.filter(({ id }) => id !== "META-07");
    const policy = { ...POLICY, sidecar: { ...POLICY.sidecar, controls } };
    const judge = () => decided({ "FIX-01": [answer("fail")] }, given(waiver()), policy);
    expect(judge).toThrow(expect.objectContaining({ code: "ENGINE_PROOF" }));
  });
});

const IDS = ["FIX-01", "FIX-02", "FIX-03", "FIX-04"];
const ADDRESSES = ["aws_s3_bucket.raw", "aws_s3_bucket.audit", "plan"];
const ATTRIBUTES = ["mode", "days"];
const VALUES = ["A", "B"];
const place = {
  control: fc.constantFrom(...IDS),
  address: fc.constantFrom(...ADDRESSES),
  attribute: fc.constantFrom(...ATTRIBUTES),
};
const expires = fc.constantFrom("2026-11-20", "2026-11-21", "2026-12-01");
const entry = fc.oneof(
  fc
    .record({ ...place, expires, actual: fc.constantFrom(...VALUES), expected: fc.constantFrom(...VALUES) })
    .map(({ expected, ...over }) => waiver({ ...over, digest: sha256Hex(expected) }, expected)),
  fc.record({ ...place, expires }).map((over) => attestation(over)),
);
const answers = fc.array(
  fc.record({
    ...place,
    status: fc.constantFrom<Answer["status"]>("pass", "fail", "unknown"),
    expected: fc.constantFrom(...VALUES),
    actual: fc.constantFrom(...VALUES),
  }),
  { minLength: 1, maxLength: 12 },
);

it("a random entry changes no finding but those of its own control, address and attribute", () => {
  let covered = 0;
  fc.assert(
    fc.property(entry, answers, (one, all) => {
      const byControl: Record<string, Answer[]> = {};
      for (const { control: id, ...rest } of all) byControl[id] = [...(byControl[id] ?? []), rest];
      const before = openFindings(decided(byControl));
      const after = openFindings(decided(byControl, given(one)));
      const gone = before.filter((finding) => !after.includes(finding));
      covered += gone.length;
      const own = `${one.control} ${one.address} ${one.attribute} ${one.kind === "waiver" ? "fail" : "unknown"}`;
      expect(gone.filter((finding) => finding !== own)).toEqual([]);
      expect(after.filter((finding) => !before.includes(finding) && !finding.startsWith("META-07 "))).toEqual([]);
    }),
    drawn("waivers", 500),
  );
  // Were it nearly none, the entries would be too far from the findings to prove anything.
  expect(covered).toBeGreaterThan(0);
});

function openFindings({ controls }: Decisions): readonly string[] {
  return controls.flatMap(({ id, findings }) =>
    findings.filter(({ waiver: by }) => !by).map((f) => `${id} ${f.address} ${f.attribute} ${f.status}`),
  );
}
