// SPDX-License-Identifier: Apache-2.0
import type { AttributeOfType } from "../../../validation/gate/decisions";
import { viewOf } from "../../../validation/gate/view";
import { factsOf } from "./facts-fixture";

const ADDRESS = "aws_s3_bucket.raw";

function listing(...paths: readonly string[]): readonly AttributeOfType[] {
  return paths.map((path) => ({ type: "aws_s3_bucket", path }));
}

function seen(own: Parameters<typeof factsOf>[0][string], ...paths: readonly string[]) {
  return viewOf(factsOf({ [ADDRESS]: own }), listing(...paths)).resources[ADDRESS]!;
}

describe("the view of the facts", () => {
  it("keeps of the values what lies on a listed path, in each item of a list", () => {
    const values = { rule: [{ mode: "a", days: 1 }, { mode: "b" }], tags: { Owner: "x" }, bucket: "raw" };
    expect(seen({ values }, "rule.mode", "tags").values).toEqual({
      rule: [{ mode: "a" }, { mode: "b" }],
      tags: { Owner: "x" },
    });
  });

  it("keeps a whole value that one control lists, though another lists a part of it", () => {
    const values = { rule: [{ mode: "a", days: 1 }] };
    expect(seen({ values }, "rule.mode", "rule").values).toEqual(values);
    expect(seen({ values }, "rule", "rule.mode").values).toEqual(values);
  });

  it("keeps an unknown path above, on and below a listed one", () => {
    const unknown = [["rule"], ["rule", 0, "mode"], ["rule", 0, "mode", 1], ["rule", 0, "days"], ["other"]];
    expect(seen({ unknown }, "rule.mode").unknown).toEqual([["rule"], ["rule", 0, "mode"], ["rule", 0, "mode", 1]]);
  });

  it("keeps what is configured on and below a listed path", () => {
    const configured = ["rule", "rule.mode", "rule.mode.name", "other"];
    expect(seen({ configured }, "rule.mode").configured).toEqual(["rule.mode", "rule.mode.name"]);
  });

  it("keeps references above, on and below a listed path", () => {
    const to = [{ address: "aws_kms_key.a", attribute: "arn", ambiguous: false }];
    expect(seen({ refs: { rule: to, "rule.mode": to, other: to } }, "rule.mode").refs).toEqual({
      rule: to,
      "rule.mode": to,
    });
  });

  it("keeps the templates of listed attributes", () => {
    const templates = { image_uri: "a", event_pattern: "b" };
    expect(seen({ templates }, "image_uri").templates).toEqual({ image_uri: "a" });
    expect(seen({ templates }, "image_uri", "event_pattern").templates).toEqual(templates);
  });

  it("leaves the text of a policy behind", () => {
    expect(seen({ values: { policy: "{}", bucket: "raw" } }, "policy", "bucket").values).toEqual({ bucket: "raw" });
  });

  it("tells what is ignored, and what may not be destroyed only where that is listed", () => {
    const lifecycle = { preventDestroy: true, ignoreChanges: ["tags"] };
    expect(seen({ lifecycle }).lifecycle).toEqual({ preventDestroy: false, ignoreChanges: ["tags"] });
    expect(seen({ lifecycle }, "lifecycle.prevent_destroy").lifecycle).toEqual(lifecycle);
    expect(seen({ lifecycle }, "lifecycle").lifecycle).toEqual(lifecycle);
  });

  it("keeps a resource that no control lists, so that it is known to be deleted", () => {
    const facts = factsOf({ "aws_ecr_repository.a": { type: "aws_ecr_repository", actions: ["delete"] } });
    expect(viewOf(facts, listing()).resources["aws_ecr_repository.a"]).toMatchObject({
      type: "aws_ecr_repository",
      actions: ["delete"],
      values: {},
    });
  });

  it("keeps policies and statements whole, whatever carries them", () => {
    const facts = factsOf({});
    const policies = [
      { address: "aws_ecr_repository_policy.a", attribute: "policy", use: "resource", subjects: [], origin: "plan" },
    ] as unknown as typeof facts.policies;
    expect(viewOf({ ...facts, policies }, listing()).policies).toEqual(policies);
  });
});
