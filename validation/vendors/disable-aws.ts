// SPDX-License-Identifier: Apache-2.0
import {
  type AttributeValue,
  ConditionalCheckFailedException,
  type DynamoDBClient,
  PutItemCommand,
} from "@aws-sdk/client-dynamodb";
import { type IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { Part11Error } from "../error";
import type { DenyItem, DisablePort } from "./disable";

/** Disabling a vendor on AWS. @param table name or ARN of the vendors table */
export function disableOnAws(dynamodb: DynamoDBClient, iam: IAMClient, table: string): DisablePort {
  return {
    async putDeny(item) {
      try {
        await dynamodb.send(
          new PutItemCommand({
            TableName: table,
            Item: Object.fromEntries(Object.entries(item).map(([name, text]) => [name, { S: text }])),
            ConditionExpression: "attribute_not_exists(#vendor)",
            ExpressionAttributeNames: { "#vendor": "vendor" },
            ReturnValuesOnConditionCheckFailure: "ALL_OLD",
          }),
        );
        return item;
      } catch (error) {
        if (error instanceof ConditionalCheckFailedException) return denyIn(error.Item, item);
        throw error;
      }
    },
    async putRolePolicy(role, name, document) {
      await iam.send(new PutRolePolicyCommand({ RoleName: role, PolicyName: name, PolicyDocument: document }));
    },
  };
}

/** The item that was there. Some endpoints do not return it; that there is one is what counts. */
function denyIn(found: Record<string, AttributeValue> | undefined, { vendor, item }: DenyItem): DenyItem {
  const text = (name: string) => found?.[name]?.S ?? "not told";
  return { vendor, item, by: text("by"), at: text("at"), reason: text("reason") };
}

/** An error of AWS as one of the CLI, without what the SDK adds to it. */
export function notDisabled(vendor: string, error: unknown): Part11Error {
  const got = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return new Part11Error(
    {
      code: "TRANSPORT",
      what: "vendor not disabled",
      where: `vendor ${vendor}`,
      expected: "the deny item in the vendors table",
      got,
      todo: "check table, region and rights, and run it again: until then the vendor can log in",
    },
    { cause: error },
  );
}
