// SPDX-License-Identifier: Apache-2.0
import { assertProtocol, protocolHash } from "../../../validation/evidence";
import { iqCommitments, iqProtocol } from "../../../validation/iq";
import { sampleInputs, VERSIONING } from "./sample-plan";

const BUCKET = {
  type: "aws_s3_bucket",
  name: "raw",
  config: { bucket: "acme-raw", force_destroy: false },
  after: { bucket: "acme-raw", force_destroy: false },
};
const LOCK_CONTROL = {
  id: "P11-10c-04",
  clauses: ["11.10(c)"],
  requirements: ["URS-009"],
  attributes: [{ type: "aws_s3_bucket_versioning", path: "versioning_configuration.mfa_delete" }],
};
const LEFT_OUT = { type: "aws_s3_bucket_inventory", reason: "the target cannot apply it" };

function inputs(resources = [VERSIONING, BUCKET]) {
  const { inputs } = sampleInputs(resources);
  return { ...inputs, controls: [LOCK_CONTROL], profile: { ...inputs.profile, leftOut: [LEFT_OUT] } };
}
const stepOf = (id: string) => iqProtocol(inputs()).steps.find((step) => step.id === id)!;

describe("iqProtocol", () => {
  it("is a protocol by its schema", () => {
    expect(() => assertProtocol(iqProtocol(inputs()), "test")).not.toThrow();
  });

  it("numbers the steps by address, whatever the order in the plan", () => {
    expect(protocolHash(iqProtocol(inputs([BUCKET, VERSIONING])))).toBe(protocolHash(iqProtocol(inputs())));
  });

  it("has a step for the providers, the inventory, each resource and each type left out", () => {
    expect(iqProtocol(inputs()).steps.map(({ id, title }) => [id, title])).toEqual([
      ["IQ-PROVIDERS", "Terraform and its providers"],
      ["IQ-INVENTORY", "Inventory"],
      ["IQ-001", "aws_s3_bucket.raw"],
      ["IQ-002", "aws_s3_bucket_versioning.raw"],
      ["IQ-LEFT-OUT-aws_s3_bucket_inventory", "aws_s3_bucket_inventory, left out on this target"],
    ]);
  });

  it("expects what is configured, and of a controlled attribute that it is not set", () => {
    expect(stepOf("IQ-002").expected.split("\n")).toEqual([
      'bucket = "acme-raw"',
      "versioning_configuration.mfa_delete = not set",
      'versioning_configuration.status = "Enabled"',
    ]);
  });

  it("lists the attributes of a resource, one row each", () => {
    expect(stepOf("IQ-002").readBack).toEqual({
      address: "aws_s3_bucket_versioning.raw",
      attributes: ["bucket", "versioning_configuration.mfa_delete", "versioning_configuration.status"],
    });
  });

  it("gives the default, with its source, that an attribute may have when it is not set", () => {
    const role = { type: "aws_iam_role", name: "r", config: { name: "r" }, after: { name: "r" } };
    const control = { ...LOCK_CONTROL, attributes: [{ type: "aws_iam_role", path: "path" }] };
    const { steps } = iqProtocol({ ...sampleInputs([role]).inputs, controls: [control] });
    expect(steps.find(({ id }) => id === "IQ-001")!.expected).toContain(
      'path = not set, default "/" (IAM API, CreateRole)',
    );
  });

  it("names the calls and their region", () => {
    expect(stepOf("IQ-002").action).toBe("s3:GetBucketVersioning in eu-central-1");
  });

  it("traces a step to the controls that list its resource type", () => {
    expect(stepOf("IQ-002")).toMatchObject({
      controls: ["P11-10c-04"],
      requirements: ["URS-009"],
      clauses: ["11.10(c)"],
    });
  });

  it("gives a type that is left out to AWS", () => {
    expect(stepOf("IQ-LEFT-OUT-aws_s3_bucket_inventory").requires).toBe("aws");
  });
});

describe("iqCommitments", () => {
  it("lists the steps not run and the rows not available that a run will show", () => {
    expect(iqCommitments(inputs())).toEqual({
      notRun: [{ step: "IQ-LEFT-OUT-aws_s3_bucket_inventory", reason: "the target cannot apply it" }],
      notAvailable: [
        {
          row: "aws_s3_bucket.raw#force_destroy",
          reason: "an argument of Terraform's own delete: AWS stores nothing of it",
        },
      ],
    });
  });
});
