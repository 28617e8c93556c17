// SPDX-License-Identifier: Apache-2.0
import * as fc from "fast-check";
import { assertSchema, hasLoneSurrogate, sha256Hex } from "../../../validation/json";
import { drawn } from "../../drawn";
import { factsOf, factsOfFixture, type LoosePlan, planJson, planOf } from "./plan-fixture";

const FIXTURES = ["modules", "policies", "changes"] as const;
const FORBIDDEN = ["__proto__", "constructor", "prototype"];

const digest = (name: string) => sha256Hex(Buffer.from(JSON.stringify(factsOfFixture(name))));

describe("facts document", () => {
  test.each(FIXTURES)("of the plan %s holds to its schema", (name) => {
    expect(() => assertSchema("facts", factsOfFixture(name), name)).not.toThrow();
  });

  test.each(FIXTURES)("of the plan %s does not depend on the order of its changes", (name) => {
    const plan = planJson(name);
    plan.resource_changes.reverse();
    expect(sha256Hex(Buffer.from(JSON.stringify(factsOf(plan))))).toBe(digest(name));
  });

  test.each(FIXTURES)("of the plan %s does not change with what the plan says of time", (name) => {
    const plan = { ...planJson(name), timestamp: "2026-11-21T00:00:00Z" };
    expect(sha256Hex(Buffer.from(JSON.stringify(factsOf(plan))))).toBe(digest(name));
  });

  test("has as many policies as statements point at, both ways", () => {
    const { policies, statements } = factsOfFixture("policies");
    const pointed = policies.flatMap((policy, index) => policy.statements.map((statement) => [statement, index]));
    expect(pointed).toEqual(statements.map((statement, index) => [index, statement.policy]));
  });

  test("of any attribute values and masks is made, holds to its schema and leaks nothing sensitive", () => {
    const values = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), { maxKeys: 6 });
    fc.assert(
      fc.property(values, values, (after, unknown) => {
        const plan = planOf([
          { type: "aws_s3_bucket", after, unknown },
          {
            type: "aws_x",
            after: { ...withoutForbidden(after), secret: { deep: ["canary-in-clear"] } },
            sensitive: { secret: true },
          },
        ]);
        const facts = factsOf(withoutForbidden(plan));
        assertSchema("facts", facts, "facts");
        return (
          !JSON.stringify(facts).includes("canary-in-clear") && ({} as { polluted?: unknown }).polluted === undefined
        );
      }),
      drawn("facts of any values", 300),
    );
  });

  test("of names that objects inherit has them as names", () => {
    const plan = planOf([{ type: "aws_s3_bucket", name: "toString", after: { hasOwnProperty: "v", valueOf: null } }]);
    expect(factsOf(plan).resources["aws_s3_bucket.toString"]?.values).toEqual({ hasOwnProperty: "v", valueOf: null });
  });
});

/** The strict parser refuses these keys and lone surrogates, which has its own test. */
function withoutForbidden(value: LoosePlan): LoosePlan {
  if (typeof value === "string") return hasLoneSurrogate(value) ? "" : value;
  if (Array.isArray(value)) return value.map(withoutForbidden);
  if (typeof value !== "object" || value === null) return value;
  const kept = Object.entries(value).filter(([key]) => !FORBIDDEN.includes(key) && !hasLoneSurrogate(key));
  return Object.fromEntries(kept.map(([key, item]) => [key, withoutForbidden(item)]));
}
