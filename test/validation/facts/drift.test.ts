// SPDX-License-Identifier: Apache-2.0
import { factsOf, type LoosePlan, planJson } from "./plan-fixture";

const ADDRESS = "aws_s3_bucket.gone[0]";

/** What the facts say of a bucket that refreshing found as `found`, where the plan ends with `after`. */
function driftOf(change: object, planned: { after: object; after_unknown?: object | true } | undefined) {
  const plan: LoosePlan = planJson("changes");
  const [entry] = plan.resource_changes.filter(({ address }: LoosePlan) => address === ADDRESS);
  plan.resource_changes = plan.resource_changes.filter((each: LoosePlan) => each !== entry);
  if (planned) plan.resource_changes.push({ ...entry, change: { ...entry.change, ...planned } });
  plan.resource_drift = [{ address: ADDRESS, type: "aws_s3_bucket", mode: "managed", name: "gone", change }];
  const [only] = factsOf(plan).drift;
  return only;
}

const update = (before: object, after: object) => ({ actions: ["update"], before, after });

describe("drift", () => {
  test("of an attribute that the plan sets back is told by its name", () => {
    const change = update({ bucket: "a", force_destroy: false }, { bucket: "a", force_destroy: true });
    expect(driftOf(change, { after: { bucket: "a", force_destroy: false } })).toEqual({
      address: ADDRESS,
      type: "aws_s3_bucket",
      actions: ["update"],
      undone: ["force_destroy"],
    });
  });

  test("of an attribute that the plan keeps as it was found is none to undo", () => {
    const change = update({ policy: "" }, { policy: "{}" });
    expect(driftOf(change, { after: { policy: "{}", force_destroy: true } })?.undone).toEqual([]);
  });

  test("of an attribute that is planned as unknown is told", () => {
    const change = update({ policy: "" }, { policy: "{}" });
    expect(driftOf(change, { after: {}, after_unknown: { policy: true } })?.undone).toEqual(["policy"]);
  });

  test("of an attribute that is kept is none to undo where the plan marks nothing of it as unknown", () => {
    const versioning = [{ enabled: true, mfa_delete: false }];
    const change = update({ versioning: [], tags: {} }, { versioning, tags: { a: "by hand" } });
    const planned = { after: { versioning, tags: {} }, after_unknown: { versioning: [{}], tags: {} } };
    expect(driftOf(change, planned)?.undone).toEqual(["tags"]);
  });

  test("of an attribute of which a part is planned as unknown is told", () => {
    const rule = [{ days: 1 }];
    const change = update({ rule: [] }, { rule });
    expect(driftOf(change, { after: { rule }, after_unknown: { rule: [{ id: true }] } })?.undone).toEqual(["rule"]);
  });

  test("of a resource that is planned as unknown whole is told", () => {
    const change = update({ policy: "" }, { policy: "{}" });
    expect(driftOf(change, { after: { policy: "{}" }, after_unknown: true })?.undone).toEqual(["policy"]);
  });

  test("of a resource that the plan does not have is told whole", () => {
    const change = update({ a: 1, b: [1], c: 3 }, { a: 2, b: [1, 2], c: 3 });
    expect(driftOf(change, undefined)?.undone).toEqual(["a", "b"]);
  });

  test("of a resource that is gone tells no attributes", () => {
    const gone = { actions: ["delete"], before: { bucket: "a" }, after: null };
    expect(driftOf(gone, { after: { bucket: "a" } })).toMatchObject({ actions: ["delete"], undone: null });
  });

  test("of several resources is told by their addresses, whatever order the plan has", () => {
    const plan = planJson("changes");
    const drifted = (address: string) => ({ address, type: "aws_s3_bucket", change: update({}, {}) });
    plan.resource_drift = ["b", "c", "a"].map(drifted);
    expect(factsOf(plan).drift.map(({ address }) => address)).toEqual(["a", "b", "c"]);
  });

  test("that does not say what was found is not understood", () => {
    expect(driftOf({ actions: ["update"] }, { after: {} })?.undone).toBeNull();
  });
});
