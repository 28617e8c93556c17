// SPDX-License-Identifier: Apache-2.0
import type { LiveValues } from "../../../validation/iq/live/reader";
import { liveReader } from "../../../validation/iq/live/registry";
import { iqRows } from "../../../validation/iq/readings";
import { plannedResources, stateValues } from "../../../validation/iq/resources";
import { type SampleResource, sampleInputs, VERSIONING } from "./sample-plan";

const ref = (expression: string): string => `\${${expression}}`;
const STATUS = "versioning_configuration.status";
const LIVE = { bucket: "acme-raw", versioning_configuration: { status: "Enabled" } };

function row(sample: SampleResource, attribute: string, live: LiveValues | undefined, also: SampleResource[] = []) {
  const { inputs, state } = sampleInputs([sample, ...also]);
  const address = `${sample.type}.${sample.name}`;
  const resource = plannedResources(inputs.plan, inputs.synth).find((one) => one.address === address)!;
  const { values } = stateValues(state);
  const [only] = iqRows([attribute], {
    resource,
    scope: { state: values, variables: {}, locals: {} },
    state: values.get(address),
    live,
    reads: liveReader(sample.type)?.reads ?? [],
    notAvailable: [{ type: "aws_s3_bucket_versioning", path: "bucket", reason: "not on this target" }],
    maskKey: Buffer.from("key of a test"),
  });
  return only!;
}

describe("iqRows", () => {
  it("passes an attribute on which all four sources agree", () => {
    expect(row(VERSIONING, STATUS, LIVE)).toEqual({
      id: `aws_s3_bucket_versioning.raw#${STATUS}`,
      address: "aws_s3_bucket_versioning.raw",
      attribute: STATUS,
      config: { kind: "value", value: "Enabled" },
      plan: { kind: "value", value: "Enabled" },
      state: { kind: "value", value: "Enabled" },
      live: { kind: "value", value: "Enabled" },
      result: "PASS",
    });
  });

  const suspended = [{ status: "Suspended" }];
  it.each([
    ["live", VERSIONING, { ...LIVE, versioning_configuration: { status: "Suspended" } }],
    ["state", { ...VERSIONING, state: { bucket: "acme-raw", versioning_configuration: suspended } }, LIVE],
    ["the plan", { ...VERSIONING, after: { bucket: "acme-raw", versioning_configuration: suspended } }, LIVE],
    [
      "the configuration",
      { ...VERSIONING, config: { bucket: "acme-raw", versioning_configuration: { status: "Suspended" } } },
      LIVE,
    ],
  ])("fails an attribute when %s differs", (_, sample, live) => {
    expect(row(sample, STATUS, live).result).toBe("FAIL");
  });

  it("fails an attribute of a resource that AWS does not have", () => {
    expect(row(VERSIONING, STATUS, undefined)).toMatchObject({ live: { kind: "not-set" }, result: "FAIL" });
  });

  it("fails an attribute of a resource that is not in state", () => {
    const absent = row({ ...VERSIONING, state: null }, STATUS, undefined);
    expect(absent).toMatchObject({ state: { kind: "not-set" }, live: { kind: "not-available" }, result: "FAIL" });
  });

  it("passes a reference that is unknown at plan and resolves through state", () => {
    const key = { type: "aws_kms_key", name: "raw", config: {}, after: {}, state: { arn: "arn:aws:kms:key/1" } };
    const path = "rule.apply_server_side_encryption_by_default.kms_master_key_id";
    const block = (id: string) => ({ apply_server_side_encryption_by_default: [{ kms_master_key_id: id }] });
    const encryption = {
      type: "aws_s3_bucket_server_side_encryption_configuration",
      name: "raw",
      config: {
        bucket: "b",
        rule: [{ apply_server_side_encryption_by_default: { kms_master_key_id: ref("aws_kms_key.raw.arn") } }],
      },
      after: { bucket: "b", rule: [{ apply_server_side_encryption_by_default: [{}] }] },
      unknown: { rule: [{ apply_server_side_encryption_by_default: [{ kms_master_key_id: true }] }] },
      state: { bucket: "b", rule: [block("arn:aws:kms:key/1")] },
    };
    expect(row(encryption, path, { rule: [block("arn:aws:kms:key/1")] }, [key])).toMatchObject({
      plan: { kind: "unknown" },
      result: "PASS",
    });
  });

  it("fails a configuration that cannot be evaluated, although the others agree", () => {
    const computed = {
      ...VERSIONING,
      config: { bucket: "b", versioning_configuration: { status: ref('upper("enabled")') } },
    };
    expect(row(computed, STATUS, LIVE)).toMatchObject({ config: { kind: "unknown" }, result: "FAIL" });
  });

  it("passes an attribute that nobody sets when it is absent everywhere", () => {
    expect(row(VERSIONING, "versioning_configuration.mfa_delete", LIVE)).toMatchObject({
      config: { kind: "not-set" },
      live: { kind: "not-set" },
      result: "PASS",
    });
  });

  it("fails an attribute that nobody sets when AWS shows a value", () => {
    const live = { ...LIVE, versioning_configuration: { status: "Enabled", mfa_delete: "Enabled" } };
    expect(row(VERSIONING, "versioning_configuration.mfa_delete", live).result).toBe("FAIL");
  });

  describe("of an attribute that nobody sets and that has a default", () => {
    const key = (state: object): SampleResource => ({
      type: "aws_kms_key",
      name: "raw",
      config: { description: "raw" },
      after: { description: "raw" },
      state: { key_id: "1", description: "raw", ...state },
    });

    it("records the default that was read, with its source", () => {
      const read = { kind: "default", value: "ENCRYPT_DECRYPT", source: "KMS API, CreateKey" };
      expect(row(key({ key_usage: "ENCRYPT_DECRYPT" }), "key_usage", { key_usage: "ENCRYPT_DECRYPT" })).toMatchObject({
        config: { kind: "not-set" },
        plan: { kind: "not-set" },
        state: read,
        live: read,
        result: "PASS",
      });
    });

    it("records false where nothing else is the default", () => {
      expect(row(key({}), "multi_region", { multi_region: false }).live).toMatchObject({
        kind: "default",
        value: false,
      });
    });

    it("fails another value than the default", () => {
      expect(row(key({}), "key_usage", { key_usage: "SIGN_VERIFY" })).toMatchObject({
        live: { kind: "value", value: "SIGN_VERIFY" },
        result: "FAIL",
      });
    });

    it("fails false where the default is true", () => {
      expect(row(key({}), "is_enabled", { is_enabled: false })).toMatchObject({
        live: { kind: "value", value: false },
        result: "FAIL",
      });
    });
  });

  it("says not available, with the profile's reason, for what the target cannot show", () => {
    expect(row(VERSIONING, "bucket", LIVE)).toMatchObject({
      live: { kind: "not-available", reason: "not on this target" },
      result: "NOT AVAILABLE",
    });
  });

  it("says not available for an attribute that the reader does not show", () => {
    expect(row(VERSIONING, "colour", LIVE).live).toEqual({
      kind: "not-available",
      reason: "no live reader for this attribute",
    });
  });

  describe("of a sensitive attribute", () => {
    const secret: SampleResource = {
      type: "aws_sns_topic_subscription",
      name: "hook",
      config: { endpoint: "https://user:hunter2@example.org" },
      after: { endpoint: "https://user:hunter2@example.org" },
      sensitive: { endpoint: true },
    };

    it("compares without showing the value", () => {
      const compared = row(secret, "endpoint", { endpoint: "https://user:hunter2@example.org" });
      expect([compared.result, JSON.stringify(compared).includes("hunter2")]).toEqual(["PASS", false]);
    });

    it("still sees a difference", () => {
      expect(row(secret, "endpoint", { endpoint: "https://user:hunter3@example.org" }).result).toBe("FAIL");
    });
  });

  describe("of a role's policies", () => {
    const role = { type: "aws_iam_role", name: "r", config: { name: "writer" }, after: { name: "writer" } };
    const own = {
      type: "aws_iam_role_policy",
      name: "p",
      config: {},
      after: {},
      state: { role: "writer", name: "write" },
    };

    it("leaves out the inline policy that has a resource of its own", () => {
      const live = { name: "writer", inline_policy: [{ name: "write", policy: "{}" }] };
      expect(row(role, "inline_policy.name", live, [own]).result).toBe("PASS");
    });

    it("fails an inline policy that nobody installed", () => {
      const live = {
        name: "writer",
        inline_policy: [
          { name: "write", policy: "{}" },
          { name: "slipped-in", policy: "{}" },
        ],
      };
      expect(row(role, "inline_policy.name", live, [own])).toMatchObject({
        live: { value: "slipped-in" },
        result: "FAIL",
      });
    });

    it("fails an attached policy that nobody installed", () => {
      const live = { name: "writer", managed_policy_arns: ["arn:aws:iam::aws:policy/AdministratorAccess"] };
      expect(row(role, "managed_policy_arns", live, [own]).result).toBe("FAIL");
    });
  });
});
