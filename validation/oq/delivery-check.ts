// SPDX-License-Identifier: Apache-2.0
import { DeleteItemCommand, ScanCommand, type ScanCommandOutput } from "@aws-sdk/client-dynamodb";
import type { Range } from "./range";
import { runFunction } from "./run-function";

/** Ends the names of the check's function and of the rule that runs it. */
export const DELIVERY_CHECK = "-delivery-check";

/** Runs the check now and waits for its end. @throws TRANSPORT when the run failed */
export function runDeliveryCheck(range: Range): Promise<void> {
  return runFunction(range, DELIVERY_CHECK);
}

/** Ids of the findings that the check remembers to have told of. @param delivery name. @default - of every delivery */
export async function rememberedFindings(range: Range, delivery?: string): Promise<readonly string[]> {
  const dynamodb = (await range.administrator()).dynamodb();
  const TableName = range.zone.tableNamed("-delivery-findings");
  const ids: string[] = [];
  for (let ExclusiveStartKey: ScanCommandOutput["LastEvaluatedKey"], more = true; more; ) {
    const command = new ScanCommand({ TableName, ConsistentRead: true, ExclusiveStartKey });
    const page: ScanCommandOutput = await dynamodb.send(command);
    for (const { pk, finding } of page.Items ?? []) {
      const told = (JSON.parse(finding?.S ?? "{}") as { delivery?: string }).delivery;
      if (delivery === undefined || told === delivery) ids.push(String(pk?.S));
    }
    ExclusiveStartKey = page.LastEvaluatedKey;
    more = ExclusiveStartKey !== undefined;
  }
  return ids;
}

/** Has the check forget what it told of a delivery: whatever it tells afterwards, it has found anew. */
export async function forgetFindings(range: Range, delivery: string): Promise<number> {
  const dynamodb = (await range.administrator()).dynamodb();
  const TableName = range.zone.tableNamed("-delivery-findings");
  const ids = await rememberedFindings(range, delivery);
  for (const id of ids) await dynamodb.send(new DeleteItemCommand({ TableName, Key: { pk: { S: id } } }));
  return ids.length;
}
