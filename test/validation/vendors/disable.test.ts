// SPDX-License-Identifier: Apache-2.0
import { ConditionalCheckFailedException, DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { IAMClient } from "@aws-sdk/client-iam";
import {
  type DenyItem,
  type DisablePort,
  disableVendor,
  revokeOlderSessions,
} from "../../../validation/vendors/disable";
import { disableOnAws } from "../../../validation/vendors/disable-aws";

const ITEM: DenyItem = {
  vendor: "acme",
  item: "deny",
  by: "ann.lee",
  at: "2026-11-22T06:00:00.000Z",
  reason: "The key was lost on a train",
};

/** A port that keeps what it was told. */
function recorded(failing?: "putDeny" | "putRolePolicy") {
  const calls: string[] = [];
  const call = (name: "putDeny" | "putRolePolicy", ...said: readonly string[]) => {
    calls.push([name, ...said].join(" "));
    if (name === failing) throw Object.assign(new Error("no"), { name: "AccessDenied" });
  };
  const port: DisablePort = {
    putDeny: async (item) => {
      call("putDeny", item.vendor);
      return item;
    },
    putRolePolicy: async (role, name) => call("putRolePolicy", role, name),
  };
  return { port, calls };
}

describe("disabling a vendor", () => {
  test("writes the deny item before it revokes sessions: none may begin in between", async () => {
    const { port, calls } = recorded();
    expect(await disableVendor(port, "acme-role", ITEM)).toEqual({ deny: ITEM, before: false });
    expect(calls).toEqual(["putDeny acme", "putRolePolicy acme-role AWSRevokeOlderSessions"]);
  });

  test("tells that sessions stay open when they cannot be revoked, and the item stands", async () => {
    const disabled = await disableVendor(recorded("putRolePolicy").port, "acme-role", ITEM);
    expect(disabled).toMatchObject({ deny: ITEM, sessionsOpen: "AccessDenied: no" });
  });

  test("fails, and revokes nothing, when the item cannot be written", async () => {
    const { port, calls } = recorded("putDeny");
    await expect(disableVendor(port, "acme-role", ITEM)).rejects.toThrow("no");
    expect(calls).toEqual(["putDeny acme"]);
  });

  test("revokes everything that was given out until now, and five minutes more for clocks that differ", () => {
    expect(JSON.parse(revokeOlderSessions(ITEM.at)).Statement).toEqual([
      {
        Effect: "Deny",
        Action: ["*"],
        Resource: ["*"],
        Condition: { DateLessThan: { "aws:TokenIssueTime": ["2026-11-22T06:05:00.000Z"] } },
      },
    ]);
  });
});

describe("on AWS", () => {
  const dynamodb = new DynamoDBClient({ region: "eu-central-1" });
  const iam = new IAMClient({ region: "eu-central-1" });
  afterEach(() => jest.restoreAllMocks());

  test("the deny item is put on the condition that there is none", async () => {
    const send = jest.spyOn(dynamodb, "send").mockImplementation(async () => ({}));
    await disableOnAws(dynamodb, iam, "vendors").putDeny(ITEM);
    expect(send.mock.calls[0]![0].input).toEqual({
      TableName: "vendors",
      Item: {
        vendor: { S: "acme" },
        item: { S: "deny" },
        by: { S: "ann.lee" },
        at: { S: "2026-11-22T06:00:00.000Z" },
        reason: { S: "The key was lost on a train" },
      },
      ConditionExpression: "attribute_not_exists(#vendor)",
      ExpressionAttributeNames: { "#vendor": "vendor" },
      ReturnValuesOnConditionCheckFailure: "ALL_OLD",
    });
  });

  test("the first deny item stays", async () => {
    const before = { by: { S: "bo.chen" }, at: { S: "2026-11-21T00:00:00.000Z" }, reason: { S: "The first reason" } };
    jest.spyOn(dynamodb, "send").mockImplementation(async () => {
      throw new ConditionalCheckFailedException({ message: "there", $metadata: {}, Item: before });
    });
    expect(await disableOnAws(dynamodb, iam, "vendors").putDeny(ITEM)).toEqual({
      vendor: "acme",
      item: "deny",
      by: "bo.chen",
      at: "2026-11-21T00:00:00.000Z",
      reason: "The first reason",
    });
  });

  test("the role's inline policy is set", async () => {
    const send = jest.spyOn(iam, "send").mockImplementation(async () => ({}));
    await disableOnAws(dynamodb, iam, "vendors").putRolePolicy("acme-role", "name", "{}");
    expect(send.mock.calls[0]![0].input).toEqual({ RoleName: "acme-role", PolicyName: "name", PolicyDocument: "{}" });
  });
});
