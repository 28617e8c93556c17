// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import { WHOLE } from "../../../../validation/facts/read-facts";
import { decide, evaluate, evaluateSome, type Finding, loadPolicy } from "../../../../validation/gate";
import { documentsOf, factsOfDocuments } from "../../../../validation/gate/diff/plans";
import { canonicalJson } from "../../../../validation/json";
import { CORPUS } from "../../../corpus/folders";
import { factsOf } from "../../../corpus/judged";

const POLICY = loadPolicy();

type Edit = (text: string) => string;

/** Findings of a control on a plan of the corpus whose text was edited. */
function findings(id: string, example: string, edit: Edit): readonly Finding[] {
  const folder = path.join(CORPUS, "controls", example);
  const plan = { name: id, folder, environment: "production", isMutated: false };
  const documents = documentsOf(plan);
  const edited = { ...documents, plan: JSON.parse(edit(JSON.stringify(documents.plan))) };
  const controls = POLICY.sidecar.controls.filter((control) => control.id === id);
  const facts = factsOfDocuments(edited, plan, "production", POLICY.sidecar.controls);
  const alone = { ...POLICY, sidecar: { ...POLICY.sidecar, controls } };
  return decide(facts, alone, evaluateSome(facts, POLICY, controls)).controls[0]!.findings;
}

/** Replaces a text, wherever it stands in the plan; it must be there. */
function replaced(from: string, to: string): Edit {
  return (text) => {
    expect(text).toContain(from);
    return text.replaceAll(from, to);
  };
}

/** The same in the texts of policies, which stand in the plan as strings. */
function inPolicy(from: string, to: string): Edit {
  return replaced(JSON.stringify(from).slice(1, -1), JSON.stringify(to).slice(1, -1));
}

const asItIs: Edit = (text) => text;
const narrow = inPolicy('"Resource":"*"', '"Resource":"arn:aws:cloudtrail:*:*:trail/old"');

/** What changes, the control, its example, the plan before and after; the address of the finding, where there are others. */
type Case = readonly [string, string, string, Edit, Edit, string?];

const WORSE: readonly Case[] = [
  ["the same action is granted on more resources", "P11-10e-11", "p11_10e_11/fail", narrow, asItIs],
  [
    "an action that is no finding is granted beside the one that is",
    ...["P11-10e-11", "p11_10e_11/fail", asItIs, replaced("cloudtrail:DescribeTrails", "s3:GetObject")],
  ] as unknown as Case,
  [
    "a grant is for somebody else",
    "META-11",
    "meta_11/fail",
    asItIs,
    replaced("role/vendor", "role/stranger"),
    "aws_kms_grant.vendor",
  ],
  [
    "a plan writes another record",
    "META-11",
    "meta_11/fail",
    asItIs,
    replaced("subject,value", "1,2"),
    "aws_s3_object.result",
  ],
  [
    "a grant is for more",
    "META-11",
    "meta_11/fail",
    asItIs,
    replaced('"Decrypt"', '"CreateGrant"'),
    "aws_kms_grant.vendor",
  ],
  ["a provisioner runs something else", "META-10", "meta_10/fail", asItIs, replaced("--acl private", "--acl public")],
  ["a statement allows more", "P11-70-02", "p11_70_02/fail", asItIs, replaced("kms:GetPublicKey", "kms:Decrypt")],
  ["a statement is for another principal", "P11-70-02", "p11_70_02/fail", asItIs, replaced("trial-sign", "intern")],
  ["a role outside the plan is another one", "P11-10c-11", "p11_10c_07/fail", asItIs, replaced("role/", "role/other-")],
  ["a network outside the plan is another one", "P11-10e-14", "p11_10d_06/fail", asItIs, replaced("vpc-0", "vpc-1")],
];

describe("the digest of a judged value is another, though the answer is the same, once", () => {
  it.each(WORSE.map(([name, ...rest]) => [name, rest] as const))("%s", (_, [id, example, before, after, about]) => {
    const [was, is] = [findings(id, example, before), findings(id, example, after)];
    const own = (all: readonly Finding[]) => all.filter(({ address }) => !about || address === about);
    expect(is.map(answerOf)).toEqual(was.map(answerOf));
    expect(own(was).length).toBeGreaterThan(0);
    for (const [i, { valueDigest }] of own(is).entries()) expect(valueDigest).not.toBe(own(was)[i]!.valueDigest);
  });
});

describe("the digest of a judged value is the same once", () => {
  const SAME: readonly Case[] = [
    ["the keys of the plan stand in another order", "P11-70-02", "p11_70_02/fail", asItIs, backwards],
    ["the resource was created", "P11-70-02", "p11_70_02/fail", asItIs, replaced('["create"]', '["no-op"]')],
    ["statements have names", "P11-70-02", "p11_70_02/fail", asItIs, inPolicy('{"Action"', '{"Sid":"Own","Action"')],
  ];

  it.each(SAME.map(([name, ...rest]) => [name, rest] as const))("%s", (_, [id, example, before, after]) => {
    expect(findings(id, example, after)).toEqual(findings(id, example, before));
  });
});

it("evidence keeps facts with their members in order, and the digests of what was judged are the same of them", () => {
  const folder = path.join(CORPUS, "stacks", "wide-rights");
  const facts = factsOf(folder);
  const kept = JSON.parse(canonicalJson(facts)) as typeof facts;
  const judged = (document: typeof facts) => decide(document, POLICY, evaluate(document, POLICY)).controls;
  expect(judged(kept)).toEqual(judged(facts));
});

it("what is refused for its type alone is told from another of its type by all that is written of it", () => {
  const { bypassing_types } = POLICY.sidecar.data.part11_data as { bypassing_types: object };
  const listed = new Set(POLICY.sidecar.controls.flatMap(({ attributes }) => attributes.map(({ type }) => type)));
  const refused = Object.keys(bypassing_types).filter((type) => listed.has(type));
  expect([...WHOLE]).toEqual([...refused, "aws_s3_bucket_object", "aws_s3_object", "aws_s3_object_copy"].sort());
});

function answerOf({ address, attribute, status, expected, actual }: Finding): object {
  return { address, attribute, status, expected, actual };
}

function backwards(text: string): string {
  const turned = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(turned);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, one]) => [key, turned(one)]),
    );
  };
  return JSON.stringify(turned(JSON.parse(text)));
}
