// SPDX-License-Identifier: Apache-2.0
import * as fc from "fast-check";
import { loadSidecar } from "../../../validation/gate";
import { isPlainSidecar } from "../../../validation/gate/sidecar-shape";
import { assertSchema } from "../../../validation/json";

const SEED = 11;
const RUNS = 3000;

const { sidecar } = loadSidecar();
/** Small, with a control that has every member. */
const SMALL = {
  ...sidecar,
  data: {},
  controls: [
    { ...sidecar.controls.find(({ waivable }) => waivable === false)!, pending: "receive" },
    sidecar.controls.find(({ bucket_roles: roles }) => roles.length > 0)!,
  ],
};

const ODD = fc.constantFrom<unknown>("", "x", "high", "receive", 0, 1, true, false, null, [], {}, [""], ["production"]);

describe("a quick look at a sidecar", () => {
  test("knows the sidecar of this package", () => {
    expect(isPlainSidecar(sidecar)).toBe(true);
  });

  test("knows a small sidecar with every member", () => {
    expect(isPlainSidecar(SMALL)).toBe(true);
  });

  test("accepts no sidecar that the schema refuses", () => {
    fc.assert(
      fc.property(fc.nat(), ODD, fc.constantFrom("replace", "remove", "add", "repeat"), (place, odd, how) => {
        const changed = structuredClone(SMALL);
        change(changed, place, odd, how);
        if (isPlainSidecar(changed)) expect(() => assertSchema("policy", changed, "s")).not.toThrow();
      }),
      { seed: SEED, numRuns: RUNS },
    );
  });

  test("is not content with just anything", () => {
    const results = Array.from({ length: placesOf(SMALL).length }, (_, place) => {
      const changed = structuredClone(SMALL);
      change(changed, place, null, "replace");
      return isPlainSidecar(changed);
    });
    expect(results).not.toContain(true);
  });
});

type Container = Record<string, unknown>;

/** Every member and item of a document, however deep. */
function placesOf(value: unknown): ReadonlyArray<readonly [Container, string]> {
  if (typeof value !== "object" || value === null) return [];
  return Object.keys(value).flatMap((key) => [
    [value as Container, key] as const,
    ...placesOf((value as Container)[key]),
  ]);
}

function change(document: unknown, place: number, odd: unknown, how: string): void {
  const places = placesOf(document);
  const [container, key] = places[place % places.length]!;
  if (how === "replace") container[key] = odd;
  else if (how === "add") container.another = odd;
  else if (Array.isArray(container))
    container.splice(Number(key), 1, ...(how === "repeat" ? [container[key as never], container[key as never]] : []));
  else if (how === "remove") delete container[key];
}
