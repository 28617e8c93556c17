// SPDX-License-Identifier: Apache-2.0
import { completedConfig, evaluatedConfig } from "../../../validation/iq/evaluated";
import { UNRESOLVED } from "../../../validation/iq/shape";

const text = { constant_value: "x" };
const reference = { references: ["aws_kms_key.this.arn"] };

it("is what Terraform evaluated of the arguments that are written", () => {
  const after = { bucket: "raw", force_destroy: false, tags: null };
  expect(evaluatedConfig(after, {}, { bucket: text, tags: text })).toEqual({ bucket: "raw" });
});

it("leaves out of a block what the block does not write", () => {
  const after = { rule: [{ id: "a", prefix: "", days: 1 }] };
  expect(evaluatedConfig(after, {}, { rule: [{ id: text, days: text }] })).toEqual({ rule: [{ id: "a", days: 1 }] });
});

it("takes a block that the configuration does not show for one of a dynamic block", () => {
  expect(evaluatedConfig({ rule: [{ id: "a" }] }, {}, {})).toEqual({ rule: [{ id: "a" }] });
});

it("takes what the provider puts into the plan by itself for configured, but for what says nothing", () => {
  const after = { object_lock_enabled: "Enabled", force_destroy: false, size: 0, prefix: "" };
  expect(evaluatedConfig(after, {}, {})).toEqual({ object_lock_enabled: "Enabled" });
});

it("says what is known only after apply", () => {
  expect(evaluatedConfig({}, { policy: true, arn: true }, { policy: reference })).toEqual({
    policy: "(known after apply)",
  });
});

describe("after the apply", () => {
  const config = { policy: "(known after apply)", name: "a" };
  const masks = { unknown: { policy: true }, written: { policy: reference, name: text } };

  it("takes what was not known from the state that the second plan leaves as it is", () => {
    expect(completedConfig(config, { ...masks, state: { policy: "p", name: "b" } })).toEqual({
      policy: "p",
      name: "a",
    });
  });

  it("does not know it where the second plan would change the resource", () => {
    expect(completedConfig(config, { ...masks, state: undefined })).toEqual({ policy: UNRESOLVED, name: "a" });
  });
});
