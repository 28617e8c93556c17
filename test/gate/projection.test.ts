// SPDX-License-Identifier: Apache-2.0
import type { Facts } from "../../validation/facts";
import { type ControlMetadata, evaluate, loadPolicy } from "../../validation/gate";
import { viewOf } from "../../validation/gate/view";
import { factsOfDocuments } from "./judged";
import { goldenDocuments } from "./mutation/documents";
import { evaluateInOneEngine } from "./one-engine";

const policy = loadPolicy();
const facts = factsOfDocuments(goldenDocuments());
const full = evaluate(facts, policy);

/** META-02 speaks of the answers of the other controls, and reads nothing of a resource. */
const READS_ANSWERS = "META-02";

const READING = policy.sidecar.controls.filter(({ id }) => id !== READS_ANSWERS);

describe("with no other attribute than those it lists, the answer stays the same of", () => {
  it.each(READING.map((control) => [control.id, control] as const))("%s", (id, control) => {
    expect(evaluateInOneEngine(projected(facts, control), [control]).controls[id]).toEqual(full.controls[id]);
  });
});

it("the comparison notices an attribute that is read and not listed", () => {
  const control = READING.find(({ id }) => id === "P11-10c-02")!;
  const attributes = control.attributes.filter(({ path }) => path !== "rule.default_retention.mode");
  const blinded = { ...control, attributes };
  const answers = evaluateInOneEngine(projected(facts, blinded), [blinded]).controls["P11-10c-02"];
  expect(answers).not.toEqual(full.controls["P11-10c-02"]);
});

// The view that the gate takes of the facts, of one control only; and no policy that it does not list.
function projected(all: Facts, control: ControlMetadata): Facts {
  const listed = new Map<string, string[]>();
  for (const { type, path } of control.attributes) listed.set(type, [...(listed.get(type) ?? []), path]);
  const { resources } = viewOf(all, control.attributes);
  const restored = Object.entries(resources).map(([address, seen]) => [
    address,
    { ...all.resources[address]!, ...seen },
  ]);
  return { ...all, resources: Object.fromEntries(restored), ...projectedPolicies(all, listed) };
}

// A policy that is not listed keeps its place, so that indexes hold, but says and governs nothing.
function projectedPolicies(all: Facts, listed: ReadonlyMap<string, readonly string[]>): Partial<Facts> {
  const isListed = (i: number) => {
    const { address, attribute } = all.policies[i]!;
    return listed.get(all.resources[address]?.type ?? "")?.some((path) => within(attribute, path)) ?? false;
  };
  const only = (index: Facts["policiesOn"]) =>
    Object.fromEntries(
      Object.entries(index)
        .map(([address, policies]) => [address, policies.filter(isListed)] as const)
        .filter(([, policies]) => policies.length > 0),
    );
  return {
    policies: all.policies.map((one, i) => (isListed(i) ? one : { ...one, subjects: [], statements: [], arn: null })),
    statements: all.statements.map((one) => (isListed(one.policy) ? one : { ...SILENT, policy: one.policy })),
    policiesOn: only(all.policiesOn),
    policiesOf: only(all.policiesOf),
  };
}

const SILENT: Omit<Facts["statements"][number], "policy"> = {
  sid: null,
  effect: "Deny",
  principals: [],
  notPrincipals: [],
  actions: [],
  notActions: [],
  resources: [],
  notResources: [],
  refs: [],
  conditions: [],
  partial: false,
};

function within(inner: string, outer: string): boolean {
  return inner === outer || inner.startsWith(`${outer}.`);
}
