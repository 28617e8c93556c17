// SPDX-License-Identifier: Apache-2.0
import * as fc from "fast-check";
import { arePlainResources, isPlainChange, isPlainHeader } from "../../../validation/facts/plan-shape";
import { assertSchema } from "../../../validation/json";
import { type LoosePlan, planJson } from "./plan-fixture";

const FIXTURES = ["modules", "policies", "changes"] as const;
const SEED = 11;
const RUNS = 2000;

const ODD = fc.constantFrom<LoosePlan>(
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

const MODULE = {
  resources: [{ address: "t.n", mode: "managed", type: "t", name: "n", provider_config_key: "aws", expressions: {} }],
  outputs: { o: { expression: {} } },
  variables: { v: { sensitive: false } },
};
/** Every member of a header that the schema speaks of. */
const HEADER = {
  format_version: "1.2",
  terraform_version: "1.9.8",
  complete: true,
  errored: false,
  applyable: true,
  variables: { v: { value: 1 } },
  configuration: {
    provider_config: {
      aws: {
        name: "aws",
        full_name: "f",
        alias: "a",
        version_constraint: "5",
        module_address: "module.m",
        expressions: {},
      },
    },
    root_module: {
      ...MODULE,
      module_calls: { m: { source: "./m", version_constraint: "1", expressions: {}, module: MODULE } },
    },
  },
  action_invocations: [{ address: "action.t.n", type: "t" }],
  resource_drift: [{ address: "t.n", type: "t", change: { actions: ["update"] } }],
};

const assertChange = (change: unknown) => assertSchema("plan-resource-change", change, "p");
const assertHeader = (header: unknown) => assertSchema("plan", header, "p");
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

  test("knows the header of a plan with providers, outputs and variables", () => {
    const { resource_changes: _, ...header } = planJson("policies");
    expect(isPlainHeader(header)).toBe(true);
  });

  test("accepts no header that the schema refuses", () => {
    const accepted = acceptedMutants(mutatedHeader(), isPlainHeader);
    expect(accepted.length).toBeGreaterThan(RUNS / 20);
    expect(() => accepted.forEach(assertHeader)).not.toThrow();
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
  const mutation = (keys: readonly string[]) =>
    fc.dictionary(fc.constantFrom(...keys), ODD, { minKeys: 0, maxKeys: 2, noNullPrototype: true });
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

/** The header with one or two of its members, at any depth, replaced or left out. */
function mutatedHeader(): fc.Arbitrary<LoosePlan> {
  const place = fc.constantFrom(...pathsIn(HEADER));
  return fc.array(fc.tuple(place, ODD), { minLength: 1, maxLength: 2 }).map((changes) => {
    const mutant: LoosePlan = structuredClone(HEADER);
    for (const [path, value] of changes) replaceAt(mutant, path, value);
    return JSON.parse(JSON.stringify(mutant));
  });
}

function pathsIn(value: LoosePlan): readonly (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.keys(value).flatMap((key) => [[key], ...pathsIn(value[key]).map((path) => [key, ...path])]);
}

function replaceAt(target: LoosePlan, [key, ...rest]: readonly string[], value: unknown): void {
  if (typeof target !== "object" || target === null || key === undefined) return;
  if (rest.length === 0) target[key] = value;
  else replaceAt(target[key], rest, value);
}

function acceptedMutants(mutants: fc.Arbitrary<LoosePlan>, accepts: (mutant: unknown) => boolean): LoosePlan[] {
  return fc.sample(mutants, { seed: SEED, numRuns: RUNS }).filter(accepts);
}
