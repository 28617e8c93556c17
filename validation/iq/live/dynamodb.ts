// SPDX-License-Identifier: Apache-2.0
import {
  type AttributeValue,
  DescribeContinuousBackupsCommand,
  DescribeTableCommand,
  DescribeTimeToLiveCommand,
  type DynamoDBClient,
  GetItemCommand,
  type KeySchemaElement,
  ListTagsOfResourceCommand,
} from "@aws-sdk/client-dynamodb";
import { isObject } from "../../facts/json-object";
import { parseStrict } from "../../json";
import { allPages, identity, type LiveReader, type LiveResource, tagsOf, unless } from "./reader";

const NO_TABLE = "ResourceNotFoundException";

const table: LiveReader = {
  calls: [
    "dynamodb:DescribeTable",
    "dynamodb:DescribeContinuousBackups",
    "dynamodb:DescribeTimeToLive",
    "dynamodb:ListTagsOfResource",
  ],
  reads: [
    "name",
    "billing_mode",
    "hash_key",
    "range_key",
    "attribute",
    "deletion_protection_enabled",
    "server_side_encryption.enabled",
    "server_side_encryption.kms_key_arn",
    "point_in_time_recovery.enabled",
    "point_in_time_recovery.recovery_period_in_days",
    "ttl.enabled",
    "ttl.attribute_name",
    "stream_enabled",
    "stream_view_type",
    "table_class",
    "tags",
    "tags_all",
  ],
  async read(resource, { dynamodb }) {
    const TableName = identity(resource, "name");
    const found = (await unless(dynamodb.send(new DescribeTableCommand({ TableName })), NO_TABLE))?.Table;
    if (!found) return undefined;
    const { TimeToLiveDescription: ttl } = await dynamodb.send(new DescribeTimeToLiveCommand({ TableName }));
    return {
      name: found.TableName,
      // no summary in the answer: the table never was on demand (DynamoDB API, TableDescription)
      billing_mode: found.BillingModeSummary?.BillingMode ?? "PROVISIONED",
      hash_key: keyOf(found.KeySchema, "HASH"),
      range_key: keyOf(found.KeySchema, "RANGE"),
      attribute: found.AttributeDefinitions?.map((one) => ({ name: one.AttributeName, type: one.AttributeType })),
      deletion_protection_enabled: found.DeletionProtectionEnabled ?? false,
      // no description in the answer: a key of DynamoDB's own, which the provider writes as not enabled
      server_side_encryption: {
        enabled: found.SSEDescription?.Status === "ENABLED",
        kms_key_arn: found.SSEDescription?.KMSMasterKeyArn,
      },
      point_in_time_recovery: await recovery(dynamodb, TableName),
      ttl: {
        enabled: ttl?.TimeToLiveStatus === "ENABLED" || ttl?.TimeToLiveStatus === "ENABLING",
        attribute_name: ttl?.AttributeName,
      },
      stream_enabled: found.StreamSpecification?.StreamEnabled ?? false,
      stream_view_type: found.StreamSpecification?.StreamViewType,
      table_class: found.TableClassSummary?.TableClass ?? "STANDARD",
      ...(await tableTags(dynamodb, found.TableArn)),
    };
  },
};

function keyOf(schema: readonly KeySchemaElement[] | undefined, type: "HASH" | "RANGE"): string | undefined {
  return schema?.find(({ KeyType }) => KeyType === type)?.AttributeName;
}

async function recovery(dynamodb: DynamoDBClient, TableName: string): Promise<Record<string, unknown>> {
  const { ContinuousBackupsDescription } = await dynamodb.send(new DescribeContinuousBackupsCommand({ TableName }));
  const found = ContinuousBackupsDescription?.PointInTimeRecoveryDescription;
  return {
    enabled: found?.PointInTimeRecoveryStatus === "ENABLED",
    recovery_period_in_days: found?.RecoveryPeriodInDays,
  };
}

async function tableTags(dynamodb: DynamoDBClient, ResourceArn: string | undefined) {
  const tags = await allPages(async (NextToken) => {
    const page = await dynamodb.send(new ListTagsOfResourceCommand({ ResourceArn, NextToken }));
    return { items: page.Tags ?? [], next: page.NextToken };
  });
  return tagsOf(tags);
}

const item: LiveReader = {
  calls: ["dynamodb:GetItem"],
  reads: ["table_name", "hash_key", "range_key", "item"],
  async read(resource, { dynamodb }) {
    const [TableName, hash_key] = [identity(resource, "table_name"), identity(resource, "hash_key")];
    const range = resource.state.range_key;
    const range_key = typeof range === "string" && range !== "" ? range : undefined;
    const Key = keyIn(resource, range_key === undefined ? [hash_key] : [hash_key, range_key]);
    const command = new GetItemCommand({ TableName, Key, ConsistentRead: true });
    const found = (await unless(dynamodb.send(command), NO_TABLE))?.Item;
    return found && { table_name: TableName, hash_key, range_key, item: JSON.stringify(found, inJson) };
  },
};

/** Key of an item, out of its whole text in state. @throws when the text does not hold it */
function keyIn(resource: LiveResource, names: readonly string[]): Record<string, AttributeValue> {
  const written = parseStrict(Buffer.from(identity(resource, "item")), resource.address);
  const entries = names.map((name) => {
    const value = isObject(written) ? written[name] : undefined;
    if (!isObject(value)) throw new Error(`${resource.address} has no ${name} in its item in state`);
    return [name, value as unknown as AttributeValue];
  });
  return Object.fromEntries(entries);
}

/** Binary values as DynamoDB's JSON has them, in base64. */
function inJson(_key: string, value: unknown): unknown {
  return value instanceof Uint8Array ? Buffer.from(value).toString("base64") : value;
}

export const DYNAMODB_READERS = { aws_dynamodb_table: table, aws_dynamodb_table_item: item } as const;
