// SPDX-License-Identifier: Apache-2.0
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Terraform writes its references like this
import { codeOf, factsOf, type LoosePlan, planOf } from "./plan-fixture";

const plan = planOf([{ type: "aws_s3_bucket" }]);
const factsWith = (body: LoosePlan, unknown: LoosePlan = {}, expressions: LoosePlan = {}) =>
  factsOf(planOf([{ type: "aws_s3_bucket", unknown, expressions }]), {
    synth: { terraform: {}, resource: { aws_s3_bucket: { x: body } } },
  }).resources["aws_s3_bucket.x"]!;

describe("what the synth tells", () => {
  test("the construct path", () => {
    expect(factsWith({ "//": { metadata: { path: "stack/Raw/Bucket" } } }).construct).toBe("stack/Raw/Bucket");
  });

  test("the lifecycle", () => {
    const lifecycle = { prevent_destroy: true, ignore_changes: ["tags", "policy"] };
    expect(factsWith({ lifecycle }).lifecycle).toEqual({ preventDestroy: true, ignoreChanges: ["policy", "tags"] });
  });

  test("a lifecycle left out prevents nothing", () => {
    expect(factsWith({}).lifecycle).toEqual({ preventDestroy: false, ignoreChanges: [] });
  });

  test("prevent_destroy that is no literal true prevents nothing", () => {
    expect(factsWith({ lifecycle: { prevent_destroy: "${var.p}" } }).lifecycle?.preventDestroy).toBe(false);
  });

  test("ignore_changes all ignores everything", () => {
    expect(factsWith({ lifecycle: { ignore_changes: "all" } }).lifecycle?.ignoreChanges).toEqual(["all"]);
  });

  test("provisioners", () => {
    expect(factsWith({ provisioner: [{ "local-exec": { command: "true" } }] }).provisioners).toEqual(["local-exec"]);
  });

  test("dynamic blocks, which plan JSON leaves out", () => {
    expect(factsWith({ dynamic: { rule: { for_each: [] } } }).configured).toEqual(["rule"]);
  });

  test("a dynamic block that is not known as a whole is unknown, though plan JSON names no expression of it", () => {
    const dynamic = { rule: { for_each: "${random_id.any.keepers}" } };
    expect(factsWith({ dynamic }, { rule: true }).unknown).toEqual([["rule"]]);
    const inRule = { rule: [{ dynamic: { expiration: {} } }] };
    expect(factsWith(inRule, { rule: [{ expiration: true }] }, { rule: [{}] }).unknown).toEqual([
      ["rule", 0, "expiration"],
    ]);
    expect(factsWith({}, { rule: true }).unknown).toEqual([]);
  });

  test("without a synth the lifecycle is not known", () => {
    expect(factsOf(plan).resources["aws_s3_bucket.x"]?.lifecycle).toBeNull();
  });
});

describe("a synth that does not belong to the plan", () => {
  test.each([
    ["lacks a resource of the plan", { terraform: {} }, "SYNTH_MISMATCH"],
    ["has one more resource", { terraform: {}, resource: { aws_s3_bucket: { x: {}, y: {} } } }, "SYNTH_MISMATCH"],
    ["is a plan", plan, "SYNTH_FOREIGN"],
    ["is a list", [], "SYNTH_FOREIGN"],
    ["has resources that are no objects", { terraform: {}, resource: { aws_s3_bucket: [] } }, "SYNTH_FOREIGN"],
  ])("because it %s is refused", (_, synth, code) => {
    expect(codeOf(() => factsOf(plan, { synth }))).toBe(code);
  });
});
