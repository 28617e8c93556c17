// SPDX-License-Identifier: Apache-2.0
import { type DynamoDBClient, paginateScan } from "@aws-sdk/client-dynamodb";
import type { Row } from "./compare-tables";

/** Every row of a table, read consistently, page by page. @throws the SDK's error when reading is refused */
export async function* scanTable(client: DynamoDBClient, TableName: string): AsyncGenerator<Row> {
  for await (const { Items } of paginateScan({ client }, { TableName, ConsistentRead: true })) yield* Items ?? [];
}
