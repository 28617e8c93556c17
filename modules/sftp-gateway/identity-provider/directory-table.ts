// SPDX-License-Identifier: Apache-2.0
import { type AttributeValue, type DynamoDBClient, QueryCommand } from "@aws-sdk/client-dynamodb";
import type { DirectoryItem } from "./vendor-record";

/** All items of one vendor, by one consistent query. @throws when they do not fit into one answer */
export async function itemsOfVendor(
  client: DynamoDBClient,
  table: string,
  vendor: string,
): Promise<readonly DirectoryItem[]> {
  const { Items, LastEvaluatedKey } = await client.send(
    new QueryCommand({
      TableName: table,
      ConsistentRead: true,
      KeyConditionExpression: "#vendor = :vendor",
      ExpressionAttributeNames: { "#vendor": "vendor" },
      ExpressionAttributeValues: { ":vendor": { S: vendor } },
    }),
  );
  if (!Items || LastEvaluatedKey) throw new Error("the items of a vendor did not come in one answer");
  return Items.map((item) =>
    Object.fromEntries(Object.entries(item).map(([name, value]) => [name, plainValue(value)])),
  );
}

/** Texts, truth values and lists of texts; anything else becomes null, which no reader of an item understands. */
function plainValue(value: AttributeValue): unknown {
  return value.S ?? value.BOOL ?? value.L?.map(({ S }) => S ?? null) ?? null;
}
