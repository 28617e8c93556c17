// SPDX-License-Identifier: Apache-2.0
import { named, read, shown } from "./fake-clients";

describe("the reader of a table", () => {
  const STATE = { name: "acme-ledger" };
  const Table = {
    TableName: "acme-ledger",
    TableArn: "arn:t",
    KeySchema: [
      { AttributeName: "pk", KeyType: "HASH" },
      { AttributeName: "sk", KeyType: "RANGE" },
    ],
    AttributeDefinitions: [{ AttributeName: "pk", AttributeType: "S" }],
    BillingModeSummary: { BillingMode: "PAY_PER_REQUEST" },
    DeletionProtectionEnabled: true,
    SSEDescription: { Status: "ENABLED", KMSMasterKeyArn: "arn:k" },
  };
  const recovery = { PointInTimeRecoveryStatus: "ENABLED", RecoveryPeriodInDays: 35 };
  const answers = (table: object, pitr: object = recovery, ttl = "DISABLED") => ({
    DescribeTable: { Table: table },
    DescribeContinuousBackups: { ContinuousBackupsDescription: { PointInTimeRecoveryDescription: pitr } },
    DescribeTimeToLive: { TimeToLiveDescription: { TimeToLiveStatus: ttl } },
    ListTagsOfResource: { Tags: [{ Key: "Part11Role", Value: "ledger" }] },
  });

  it("shows what controls ask of it", async () => {
    const expected = {
      hash_key: "pk",
      range_key: "sk",
      billing_mode: "PAY_PER_REQUEST",
      deletion_protection_enabled: true,
      "server_side_encryption.enabled": true,
      "server_side_encryption.kms_key_arn": "arn:k",
      "point_in_time_recovery.enabled": true,
      "point_in_time_recovery.recovery_period_in_days": 35,
      "ttl.enabled": false,
      tags: { Part11Role: "ledger" },
    };
    expect(await shown("aws_dynamodb_table", answers(Table), Object.keys(expected), STATE)).toEqual(expected);
  });

  it("shows what was switched off", async () => {
    const { SSEDescription, BillingModeSummary, ...bare } = { ...Table, DeletionProtectionEnabled: false };
    const live = await read("aws_dynamodb_table", answers(bare, { PointInTimeRecoveryStatus: "DISABLED" }), STATE);
    expect(live).toMatchObject({
      billing_mode: "PROVISIONED",
      deletion_protection_enabled: false,
      server_side_encryption: { enabled: false },
      point_in_time_recovery: { enabled: false },
    });
  });

  it.each(["ENABLED", "ENABLING"])("takes a time to live that is %s for one that deletes", async (status) => {
    const live = await read("aws_dynamodb_table", answers(Table, recovery, status), STATE);
    expect(live).toMatchObject({ ttl: { enabled: true } });
  });

  it("says that it is not there when DynamoDB does", async () => {
    const none = { DescribeTable: named("ResourceNotFoundException") };
    expect(await read("aws_dynamodb_table", none, STATE)).toBeUndefined();
  });
});

describe("the reader of a table's item", () => {
  const TYPE = "aws_dynamodb_table_item";
  const item = { vendor: { S: "acme" }, item: { S: "profile" }, enabled: { BOOL: true }, mark: { B: "AQI=" } };
  const STATE = { table_name: "t", hash_key: "vendor", range_key: "item", item: JSON.stringify(item) };

  it("shows the whole item, binary values as they are written", async () => {
    const Item = { ...item, mark: { B: Uint8Array.from([1, 2]) }, more: { S: "slipped in" } };
    const form = await shown(TYPE, { GetItem: { Item } }, ["item"], STATE);
    expect(form).toEqual({ item: { ...item, more: { S: "slipped in" } } });
  });

  it("says that it is not there when the table has none of its key", async () => {
    expect(await read(TYPE, { GetItem: {} }, STATE)).toBeUndefined();
  });

  it("asks for nothing when state's item lacks its own key", async () => {
    await expect(read(TYPE, {}, { ...STATE, item: '{"item":{"S":"x"}}' })).rejects.toThrow("no vendor in its item");
  });
});
