// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import { WHOLE } from "../../../../validation/facts/read-facts";
import { decide, evaluateSome, type Finding, loadPolicy } from "../../../../validation/gate";
import { documentsOf, factsOfDocuments } from "../../../../validation/gate/diff/plans";
import { CORPUS } from "../../../corpus/folders";

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

/** What changes, the control, its example, the plan before and after. */
type Case = readonly [string, string, string, Edit, Edit];

const WORSE: readonly Case[] = [
  ["the same action is granted on more resources", "P11-10e-11", "p11_10e_11/fail", narrow, asItIs],
  [
    "an action that is no finding is granted beside the one that is",
    ...["P11-10e-11", "p11_10e_11/fail", asItIs, replaced("cloudtrail:DescribeTrails", "s3:GetObject")],
  ] as unknown as Case,
  ["a grant is for somebody else", "META-11", "meta_11/fail", asItIs, replaced("role/vendor", "role/stranger")],
  ["a grant is for more", "META-11", "meta_11/fail", asItIs, replaced('"Decrypt"', '"CreateGrant"')],
  ["a provisioner runs something else", "META-10", "meta_10/fail", asItIs, replaced("--acl private", "--acl public")],
  ["a statement allows more", "P11-70-02", "p11_70_02/fail", asItIs, replaced("kms:GetPublicKey", "kms:Decrypt")],
  ["a statement is for another principal", "P11-70-02", "p11_70_02/fail", asItIs, replaced("trial-sign", "intern")],
  ["a role outside the plan is another one", "P11-10c-11", "p11_10c_07/fail", asItIs, replaced("role/", "role/other-")],
  ["a network outside the plan is another one", "P11-10e-14", "p11_10d_06/fail", asItIs, replaced("vpc-0", "vpc-1")],
];

describe("the digest of a judged value is another, though the answer is the same, once", () => {
  it.each(WORSE)("%s", (_, id, example, before, after) => {
    const [was, is] = [findings(id, example, before), findings(id, example, after)];
    expect(is.map(answerOf)).toEqual(was.map(answerOf));
    expect(was.length).toBeGreaterThan(0);
    for (const [i, { valueDigest }] of is.entries()) expect(valueDigest).not.toBe(was[i]!.valueDigest);
  });
});

describe("the digest of a judged value is the same once", () => {
  const SAME: readonly Case[] = [
    ["the keys of the plan stand in another order", "P11-70-02", "p11_70_02/fail", asItIs, backwards],
    ["the resource was created", "P11-70-02", "p11_70_02/fail", asItIs, replaced('["create"]', '["no-op"]')],
    ["statements have names", "P11-70-02", "p11_70_02/fail", asItIs, inPolicy('{"Action"', '{"Sid":"Own","Action"')],
  ];

  it.each(SAME)("%s", (_, id, example, before, after) => {
    expect(findings(id, example, after)).toEqual(findings(id, example, before));
  });
});

it("what is refused for its type alone is told from another of its type by all that is written of it", () => {
  const { bypassing_types } = POLICY.sidecar.data.part11_data as { bypassing_types: object };
  const listed = new Set(POLICY.sidecar.controls.flatMap(({ attributes }) => attributes.map(({ type }) => type)));
  expect([...WHOLE]).toEqual(Object.keys(bypassing_types).filter((type) => listed.has(type)));
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
