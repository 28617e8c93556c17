// SPDX-License-Identifier: Apache-2.0
import * as fc from "fast-check";
import { arePlainResources, isPlainChange } from "../../../validation/facts/plan-shape";
import { assertSchema } from "../../../validation/json";
import { type LoosePlan, planJson } from "./plan-fixture";

const FIXTURES = ["modules", "policies", "changes"] as const;
const SEED = 11;
const RUNS = 2000;

const assertChange = (change: unknown) => assertSchema("plan-resource-change", change, "p");
const assertResource = (resource: unknown) => {
  assertSchema("plan", { format_version: "1.2", configuration: { root_module: { resources: [resource] } } }, "p");
};

describe("a quick look at a plan", () => {
  test.each(FIXTURES)("knows every change of the plan %s", (name) => {
    const { resource_changes } = planJson(name);
    expect(resource_changes.filter((change: unknown) => !isPlainChange(change))).toEqual([]);
  });

  test("knows the resources of a plan without provisioners", () => {
    expect(arePlainResources(planJson("policies").configuration.root_module.resources)).toBe(true);
  });

  test("accepts no change that the schema refuses", () => {
    const accepted = acceptedMutants(changed(planJson("changes").resource_changes[0]), isPlainChange);
    expect(accepted.length).toBeGreaterThan(RUNS / 20);
    expect(() => accepted.forEach(assertChange)).not.toThrow();
  });

  test("accepts no configured resource that the schema refuses", () => {
    const resource = { ...planJson("policies").configuration.root_module.resources[0], provisioners: [{ type: "x" }] };
    const accepted = acceptedMutants(changed(resource), (one) => arePlainResources([one]));
    expect(accepted.length).toBeGreaterThan(RUNS / 20);
    expect(() => accepted.forEach(assertResource)).not.toThrow();
  });
});

/** The object with some of its members, or of those of its change, replaced or left out. */
function changed(original: LoosePlan): fc.Arbitrary<LoosePlan> {
  const odd = fc.constantFrom<LoosePlan>(
    "",
    "x",
    "managed",
    "update",
    0,
    1.5,
    true,
    null,
    undefined,
    [],
    {},
    ["read"],
    [""],
  );
  const mutation = (keys: readonly string[]) =>
    fc.dictionary(fc.constantFrom(...keys), odd, { minKeys: 0, maxKeys: 2, noNullPrototype: true });
  const extra = ["previous_address", "module_address", "index", "deposed", "provider_name", "provider_config_key"];
  const inner = ["actions", "before", "after", "after_unknown", "before_sensitive", "after_sensitive", "importing"];
  return fc
    .tuple(mutation([...Object.keys(original), ...extra]), mutation(inner), fc.boolean())
    .map(([outer, change, keepsProvisioners]) => {
      const mutant = {
        ...original,
        ...(original.change ? { change: { ...original.change, ...change } } : {}),
        ...outer,
      };
      if (!keepsProvisioners) delete mutant.provisioners;
      return JSON.parse(JSON.stringify(mutant));
    });
}

function acceptedMutants(mutants: fc.Arbitrary<LoosePlan>, accepts: (mutant: unknown) => boolean): LoosePlan[] {
  return fc.sample(mutants, { seed: SEED, numRuns: RUNS }).filter(accepts);
}
