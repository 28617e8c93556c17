// SPDX-License-Identifier: Apache-2.0
import { equivalenceText } from "../../../validation/equivalence";
import {
  ACCOUNT,
  codes,
  entry,
  LOCK,
  LONGER,
  NAME,
  PRODUCTION,
  parsed,
  type Sample,
  sampleEquivalence,
} from "./sample-equivalence";

describe("a production plan", () => {
  it("is what was qualified when nothing differs but listed parameters", () => {
    const found = sampleEquivalence({});
    expect([found.mayBeCalledQualified, found.problems]).toEqual([true, []]);
    expect(found.parameters.map(({ kind, places }) => [kind, places > 0])).toEqual([
      ["name", true],
      ["account", true],
      ["lock-duration", true],
    ]);
  });

  it("is what was qualified when nothing differs at all", () => {
    expect(sampleEquivalence({ production: {}, parameters: [] }).mayBeCalledQualified).toBe(true);
  });

  const settings = { environment: "production" } as never;
  it.each<[string, Sample, string]>([
    ["names that nobody listed", { parameters: [ACCOUNT, LONGER] }, "RESOURCE_DIFFERS aws_s3_bucket.raw"],
    ["an account that nobody listed", { parameters: [NAME, LONGER] }, "RESOURCE_DIFFERS aws_s3_bucket.raw"],
    ["a lock that nobody listed", { parameters: [NAME, ACCOUNT] }, `RESOURCE_DIFFERS ${LOCK}`],
    [
      "another lock than was listed",
      { production: { ...PRODUCTION, retention: { years: 6 } } },
      `RESOURCE_DIFFERS ${LOCK}`,
    ],
    [
      "another mode of a listed lock",
      { production: { ...PRODUCTION, retention: { years: 7, mode: "GOVERNANCE" } } },
      `RESOURCE_DIFFERS ${LOCK}`,
    ],
    ["another setting", { production: { ...PRODUCTION, acl: "public-read" } }, "RESOURCE_DIFFERS aws_s3_bucket.raw"],
    [
      "another action of a policy",
      { production: { ...PRODUCTION, action: "deleteobject" } },
      "RESOURCE_DIFFERS aws_s3_bucket_policy.raw",
    ],
    [
      "a name of the qualified environment left in it",
      { production: { ...PRODUCTION, name: "acme-qual" } },
      "PARAMETER_UNUSED",
    ],
    ["other settings of the gate", { production: { ...PRODUCTION, more: { settings } } }, "PLAN_DIFFERS settings"],
    [
      "an attribute that only the synthesized stack shows",
      { production: { ...PRODUCTION, unread: { force_destroy: true } } },
      "PLAN_DIFFERS aws_s3_bucket.raw force_destroy",
    ],
    [
      "a parameter that covers nothing",
      { parameters: [NAME, ACCOUNT, LONGER, entry("account", "999999999999", "888888888888")] },
      "PARAMETER_UNUSED",
    ],
  ])("is refused for %s", (_, sample, expected) => {
    const found = sampleEquivalence(sample);
    const problems = codes(found);
    expect(found.mayBeCalledQualified).toBe(false);
    expect(problems.filter((one) => one.startsWith(expected))).not.toEqual([]);
  });

  it.each<[string, Sample["run"], string]>([
    ["on an emulator", { kind: "emulator" }, "DEVELOPMENT_EVIDENCE emulator"],
    ["that only read", { access: "read-only" }, "RUN_READ_ONLY run-1"],
    ["that was not complete", { status: "FAILED" }, "RUN_NOT_COMPLETE run-1"],
    ["that nobody approved", { execution: { provisional: true, attempt: 1 } }, "RUN_PROVISIONAL run-1"],
    ["that is older than approvals", { execution: undefined }, "RUN_PROVISIONAL run-1"],
    ["whose signer is not pinned", { isPinned: false }, "SIGNER_NOT_PINNED run-1"],
  ])("is refused by a run %s, whatever it says", (_, run, expected) => {
    expect(codes(sampleEquivalence({ run }))).toEqual([expected]);
  });
});

describe("a parameter of names", () => {
  const listed = (qualified: string, production: string) => [
    NAME,
    ACCOUNT,
    LONGER,
    entry("name", qualified, production),
  ];

  it.each<[string, Sample]>([
    ["a setting", { production: { ...PRODUCTION, acl: "public-read" }, parameters: listed("private", "public-read") }],
    [
      "an action",
      { production: { ...PRODUCTION, action: "deleteobject" }, parameters: listed("getobject", "deleteobject") },
    ],
    [
      "a managed policy",
      {
        production: { ...PRODUCTION, managedPolicy: "AdministratorAccess" },
        parameters: listed("ReadOnlyAccess", "AdministratorAccess"),
      },
    ],
  ])("does not cover %s", (_, sample) => {
    const problems = codes(sampleEquivalence(sample));
    expect(problems.some((one) => one.startsWith("RESOURCE_DIFFERS"))).toBe(true);
  });

  it("does not cover a setting, even where a resource bears it as a name", () => {
    const tags = { tags: { Setting: "private public-read" } };
    const found = sampleEquivalence({
      production: { ...PRODUCTION, acl: "public-read", unread: tags },
      parameters: listed("private", "public-read"),
    });
    expect(codes(found)).toContain("RESOURCE_DIFFERS aws_s3_bucket.raw");
  });

  it("is no part of a longer word", () => {
    const production = { ...PRODUCTION, name: "acme-production" };
    expect(sampleEquivalence({ production }).mayBeCalledQualified).toBe(false);
  });
});

describe("the file of parameters", () => {
  it.each([
    ["a shorter lock", [entry("lock-duration", { years: 7 }, { days: 1 }, { address: LOCK })]],
    ["no words that say why", [{ ...NAME, justification: "because because because because" }]],
    ["two values that are one", [entry("name", "acme", "acme")]],
    ["one value for two", [NAME, entry("name", "other", "acme-prod")]],
    ["two values for one", [NAME, entry("name", "acme-qual", "other")]],
  ])("is refused with %s", (_, parameters) => {
    expect(() => parsed(...parameters)).toThrow(expect.objectContaining({ code: "PARAMETERS_INVALID" }));
  });

  it.each([
    ["a kind that nobody knows", [entry("region", "eu-central-1", "us-east-1")]],
    ["an account of another shape", [entry("account", "1", "2")]],
    ["no justification", [{ ...NAME, justification: undefined }]],
    ["a name of one letter", [entry("name", "a", "b")]],
  ])("does not hold to its schema with %s", (_, parameters) => {
    expect(() => parsed(...parameters)).toThrow(expect.objectContaining({ code: "SCHEMA_MISMATCH" }));
  });
});

describe("the text", () => {
  it("says in the first line whether production may be called qualified", () => {
    const said = [sampleEquivalence({}), sampleEquivalence({ parameters: [] })].map(equivalenceText);
    expect(said.map((text) => text.split("\n", 1)[0])).toEqual([
      "part11 equivalence  equivalent: nothing differs but the listed parameters",
      expect.stringMatching(
        /^part11 equivalence {2}not equivalent: production cannot be called qualified by this bundle/,
      ),
    ]);
  });

  it("shows each parameter with its justification", () => {
    const text = equivalenceText(sampleEquivalence({}));
    expect(text).toMatch(/ {2}name acme-qual -> acme-prod {2}in \d+ places\n {4}The environments are told apart/);
    expect(text).toContain(`  lock-duration of ${LOCK} 1 -> 2555 days`);
  });
});
