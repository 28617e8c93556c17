// SPDX-License-Identifier: Apache-2.0
import { liveReader } from "../../../validation/iq/live/registry";
import { named, read, shown } from "./fake-clients";

const TYPES = [
  "aws_secretsmanager_secret",
  "aws_secretsmanager_secret_policy",
  "aws_secretsmanager_secret_rotation",
] as const;
const DescribeSecret = {
  ARN: "arn:s",
  Name: "vendor/acme",
  KmsKeyId: "arn:k",
  RotationEnabled: true,
  RotationRules: { AutomaticallyAfterDays: 90 },
  ReplicationStatus: [{ Region: "eu-west-1", KmsKeyId: "arn:r" }],
  Tags: [{ Key: "GxP", Value: "true" }],
};

describe("the readers of secrets", () => {
  it("ask for no value of a secret", () => {
    const calls = new Set(TYPES.flatMap((type) => liveReader(type)!.calls));
    expect([...calls]).toEqual(["secretsmanager:DescribeSecret", "secretsmanager:GetResourcePolicy"]);
  });

  it("show a secret in the provider's attributes", async () => {
    const expected = { name: "vendor/acme", kms_key_id: "arn:k", "replica.region": "eu-west-1", tags: { GxP: "true" } };
    expect(await shown(TYPES[0], { DescribeSecret }, Object.keys(expected))).toEqual(expected);
  });

  it("show a secret's policy for what it means", async () => {
    const answers = { GetResourcePolicy: { ARN: "arn:s", ResourcePolicy: '{"Statement":[]}' } };
    expect(await shown(TYPES[1], answers, ["policy"])).toEqual({ policy: { Statement: [] } });
    expect(await read(TYPES[1], { GetResourcePolicy: { ARN: "arn:s" } })).toBeUndefined();
  });

  it("show a rotation by days, or by its schedule alone", async () => {
    const days = "rotation_rules.automatically_after_days";
    expect(await shown(TYPES[2], { DescribeSecret }, [days])).toEqual({ [days]: 90 });
    const RotationRules = { AutomaticallyAfterDays: 1, ScheduleExpression: "rate(1 day)" };
    const scheduled = { DescribeSecret: { ...DescribeSecret, RotationRules } };
    expect(await shown(TYPES[2], scheduled, [days])).toEqual({ [days]: undefined });
  });

  it("say that a rotation that is off is not there", async () => {
    expect(await read(TYPES[2], { DescribeSecret: { ...DescribeSecret, RotationEnabled: false } })).toBeUndefined();
  });

  it.each([
    ["is unknown", named("ResourceNotFoundException")],
    ["waits for its deletion", { ...DescribeSecret, DeletedDate: new Date(0) }],
  ])("say that a secret is not there that %s", async (_, answer) => {
    expect(await read(TYPES[0], { DescribeSecret: answer })).toBeUndefined();
  });
});
