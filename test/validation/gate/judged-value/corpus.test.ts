// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import type { Facts, ResourceFacts } from "../../../../validation/facts";
import type { Answer, ControlMetadata, Finding } from "../../../../validation/gate";
import { loadPolicy } from "../../../../validation/gate";
import { JudgedValues } from "../../../../validation/gate/judged-value";
import { resourceViews } from "../../../../validation/gate/view";
import { CORPUS } from "../../../corpus/folders";
import { factsOf, judgedControl } from "../../../corpus/judged";

const CONTROLS = loadPolicy().sidecar.controls.filter(
  ({ id, waivable, pending }) => waivable !== false && pending === undefined && id !== "META-08",
);

/** What a control finds in its failing example, each with the facts it was found in. */
const EXAMPLES = CONTROLS.map((control) => {
  const folder = path.join(CORPUS, "controls", control.id.toLowerCase().replaceAll("-", "_"), "fail");
  return { control, facts: factsOf(folder), findings: judgedControl(folder, control.id).findings };
});
const ON_RESOURCES = EXAMPLES.map(({ control, facts, findings }) => ({
  control,
  facts,
  findings: findings.filter(({ address }) => facts.resources[address] !== undefined),
})).filter(({ findings }) => findings.length > 0);

function digest(control: ControlMetadata, facts: Facts, finding: Finding): string {
  return new JudgedValues(facts).digest(control, finding as Answer);
}

describe("the digest that the gate prints for the failing example", () => {
  it.each(EXAMPLES.map((one) => [one.control.id, one] as const))(
    "of %s is that of its facts",
    (_, { control, facts, findings }) => {
      expect(findings.length).toBeGreaterThan(0);
      expect(findings.map((finding) => digest(control, facts, finding))).toEqual(
        findings.map((one) => one.valueDigest),
      );
    },
  );
});

describe("nothing elsewhere changes the digest of a resource judged by", () => {
  it.each(ON_RESOURCES.map((one) => [one.control.id, one] as const))("%s", (_, { control, facts, findings }) => {
    const grown = withStrangers(facts, control);
    expect(findings.map((finding) => digest(control, grown, finding))).toEqual(findings.map((one) => one.valueDigest));
  });
});

describe("every attribute of a resource that is read changes the digest of", () => {
  it.each(ON_RESOURCES.map((one) => [one.control.id, one] as const))("%s", (_, { control, facts, findings }) => {
    const unmoved = findings.flatMap((finding) =>
      changesOf(control, facts, finding.address)
        .filter(({ changed }) => digest(control, changed, finding) === finding.valueDigest)
        .map(({ name }) => `${finding.address} ${name}`),
    );
    expect(unmoved).toEqual([]);
  });
});

it("every statement of a policy on, of or by what is judged changes the digest", () => {
  let changes = 0;
  for (const { control, facts, findings } of ON_RESOURCES) {
    for (const finding of findings) {
      for (const [i, { policy }] of facts.statements.entries()) {
        const { address, attribute } = facts.policies[policy]!;
        const isRead = control.attributes.some(
          ({ type, path }) => type === facts.resources[address]?.type && path === attribute,
        );
        if (!isRead || address !== finding.address) continue;
        for (const over of [{ actions: ["s3:*"] }, { resources: ["*", "x"] }, { principals: [] }, { conditions: [] }]) {
          const said = { ...facts.statements[i]!, ...over };
          if (JSON.stringify(said) === JSON.stringify(facts.statements[i])) continue;
          const statements = facts.statements.map((one, at) => (at === i ? said : one));
          expect(digest(control, { ...facts, statements }, finding)).not.toBe(finding.valueDigest);
          changes++;
        }
      }
    }
  }
  expect(changes).toBeGreaterThan(20);
});

/** One more resource of every type that the control reads, each on its own, with a policy for another service. */
function withStrangers(facts: Facts, control: ControlMetadata): Facts {
  const types = [...new Set(control.attributes.map(({ type }) => type))];
  const [some] = Object.values(facts.resources);
  const strangers = types.map((type): readonly [string, ResourceFacts] => [
    `module.elsewhere.${type}.x`,
    { ...some!, type, module: "module.elsewhere", values: {}, unknown: [], refs: {}, configured: [], templates: {} },
  ]);
  const policy = facts.policies.length;
  const role = "module.elsewhere.aws_iam_role_policy.x";
  const statement: Facts["statements"][number] = {
    ...{ policy: 0, sid: null, effect: "Allow" as const, principals: [], notPrincipals: [], partial: false },
    ...{
      actions: ["xray:puttracesegments"],
      notActions: [],
      resources: ["*"],
      notResources: [],
      refs: [],
      conditions: [],
    },
  };
  return {
    ...facts,
    resources: { ...Object.fromEntries(strangers), ...facts.resources },
    // First, so that all others have another number.
    policies: [
      { address: role, attribute: "policy", use: "identity", subjects: [], origin: "plan", arn: null, statements: [0] },
      ...facts.policies.map((one) => ({ ...one, statements: one.statements.map((i) => i + 1) })),
    ],
    statements: [statement, ...facts.statements.map((one) => ({ ...one, policy: one.policy + 1 }))],
    policiesOn: shifted(facts.policiesOn),
    policiesOf: { ...shifted(facts.policiesOf), [`${policy}`]: [0] },
  };
}

function shifted(index: Facts["policiesOn"]): Facts["policiesOn"] {
  return Object.fromEntries(Object.entries(index).map(([address, policies]) => [address, policies.map((i) => i + 1)]));
}

/** The facts with one thing changed that the control reads of a resource. */
function changesOf(
  control: ControlMetadata,
  facts: Facts,
  address: string,
): readonly { name: string; changed: Facts }[] {
  const resource = facts.resources[address]!;
  const { values } = resourceViews(control.attributes)(resource);
  const changed = (over: Partial<ResourceFacts>) => ({
    ...facts,
    resources: { ...facts.resources, [address]: { ...resource, ...over } },
  });
  return Object.keys(values).flatMap((name) => {
    const [path] = control.attributes.filter((one) => one.type === resource.type && one.path.split(".")[0] === name);
    const elsewhere = [{ address: "aws_s3_bucket.elsewhere", attribute: "id", ambiguous: false }];
    return [
      { name: `${name} unknown`, changed: changed({ unknown: [...resource.unknown, [name, 0, 0]] }) },
      { name: `${name} elsewhere`, changed: changed({ refs: { ...resource.refs, [path!.path]: elsewhere } }) },
      ...(name === "environment"
        ? []
        : [
            {
              name,
              changed: changed({
                values: { ...resource.values, [name]: altered(values[name], path!.path.split(".").slice(1)) },
              }),
            },
          ]),
    ];
  });
}

/** Another value at a path, or instead of all when there is none. */
function altered(value: unknown, path: readonly string[]): unknown {
  const [head, ...rest] = path;
  if (head === undefined || typeof value !== "object" || value === null) return "altered";
  if (Array.isArray(value)) return value.length === 0 ? ["altered"] : value.map((item) => altered(item, path));
  return { ...value, [head]: altered((value as Record<string, unknown>)[head], rest) };
}
