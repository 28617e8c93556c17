// SPDX-License-Identifier: Apache-2.0
import { checkInventory, checkProviders } from "../../../validation/iq/installation";
import { sampleInputs, VERSIONING } from "./sample-plan";

const { inputs, state } = sampleInputs([VERSIONING]);
const more = sampleInputs([VERSIONING, { ...VERSIONING, name: "slipped-in" }]).state;

describe("checkInventory", () => {
  it("finds no difference when state holds what the plan does", () => {
    expect(checkInventory(inputs, state).differences).toEqual([]);
  });

  it("names a resource that is in state and not in the plan", () => {
    const expected = ["aws_s3_bucket_versioning.slipped-in is in state and not in the plan"];
    expect(checkInventory(inputs, more).differences).toEqual(expected);
  });

  it("names a resource that is not in state", () => {
    const empty = { values: { root_module: {} } };
    expect(checkInventory(inputs, empty).differences).toEqual(["aws_s3_bucket_versioning.raw is not in state"]);
  });

  it("does not take an empty plan for a complete one", () => {
    const nothing = sampleInputs([]);
    expect(checkInventory(nothing.inputs, nothing.state).differences).toEqual(["the plan holds no managed resource"]);
  });
});

describe("checkProviders", () => {
  it("finds no difference when lock file, plan and state agree", () => {
    expect(checkProviders(inputs, state).differences).toEqual([]);
  });

  const aws = "registry.terraform.io/hashicorp/aws";
  it.each([
    [
      "another version in the lock file",
      inputs.lock.replace("5.100.0", "5.99.1"),
      `${aws} is locked at 5.99.1, configured 5.100.0`,
    ],
    ["a lock file without checksums", inputs.lock.replace('"h1:abc=",', ""), `${aws} is locked without a checksum`],
    ["a lock file without the provider", "", `${aws} is not in the lock file`],
  ])("names %s", (_, lock, expected) => {
    expect(checkProviders({ ...inputs, lock }, state).differences).toEqual([expected]);
  });

  it("leaves a range to Terraform where a folder's own lock file pins it", () => {
    const lock = inputs.lock.replace("5.100.0", "5.99.1");
    expect(checkProviders({ ...inputs, synth: null, lock }, state).differences).toEqual([]);
  });

  it("can be written down when the configuration names no version", () => {
    const provider_config = { aws: { name: "aws", full_name: aws } };
    const plan = { ...(inputs.plan as object), configuration: { provider_config } };
    const { seen } = checkProviders({ ...inputs, synth: null, plan }, state);
    expect(seen.configured).toEqual({ [aws]: null });
  });

  it("names another Terraform behind the state", () => {
    const other = { ...(state as object), terraform_version: "1.9.0" };
    expect(checkProviders(inputs, other).differences).toEqual(["Terraform 1.11.4 planned, 1.9.0 wrote the state"]);
  });
});
