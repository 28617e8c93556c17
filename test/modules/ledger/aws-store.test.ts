// SPDX-License-Identifier: Apache-2.0
import { type DynamoDBClient, TransactionCanceledException } from "@aws-sdk/client-dynamodb";
import { type S3Client, S3ServiceException } from "@aws-sdk/client-s3";
import { AwsLedgerStore } from "../../../modules/ledger/aws-store";
import { canonical, nextLink } from "../../../modules/ledger/entry";

type Answer = (input: Record<string, unknown>) => unknown;

/** A client that gives one answer to everything, and keeps what was asked. */
function client(answer: Answer) {
  const asked: Array<Record<string, unknown>> = [];
  const send = async ({ input }: { input: Record<string, unknown> }) => {
    asked.push(input);
    return answer(input);
  };
  return { send, asked };
}

function store(dynamodb: Answer, s3: Answer = () => ({})) {
  const [table, bucket] = [client(dynamodb), client(s3)];
  const names = { table: "ledger", auditBucket: "audit" };
  const of = new AwsLedgerStore(table as unknown as DynamoDBClient, bucket as unknown as S3Client, names);
  return { of, table: table.asked, bucket: bucket.asked };
}

function canceled(...codes: string[]) {
  return () => {
    throw new TransactionCanceledException({
      message: "canceled",
      $metadata: {},
      CancellationReasons: codes.map((Code) => ({ Code })),
    });
  };
}

const link = nextLink(undefined, "e", "{}");

test("event and link are put in one transaction, each only where nothing stands", async () => {
  const { of, table } = store(() => ({}));
  expect(await of.add("acme", "{}", link)).toBe("added");
  const [{ TransactItems }] = table as unknown as [{ TransactItems: Array<{ Put: Record<string, unknown> }> }];
  expect(TransactItems.map(({ Put }) => Put)).toEqual([
    {
      TableName: "ledger",
      ConditionExpression: "attribute_not_exists(pk)",
      Item: {
        pk: { S: "event#e" },
        sk: { S: "event" },
        vendor: { S: "acme" },
        sequence: { N: "1" },
        event: { S: "{}" },
      },
    },
    {
      TableName: "ledger",
      ConditionExpression: "attribute_not_exists(pk)",
      Item: { pk: { S: "chain#acme" }, sk: { S: "000000000001" }, link: { S: canonical(link) } },
    },
  ]);
});

test.each([["ConditionalCheckFailed", "None"], ["None", "TransactionConflict"], ["ThrottlingError"]])(
  "a transaction canceled for %s has lost its turn",
  async (...codes) => {
    expect(await store(canceled(...codes)).of.add("acme", "{}", link)).toBe("taken");
  },
);

test.each([[["ValidationError"]], [["ConditionalCheckFailed", "ItemCollectionSizeLimitExceeded"]], [[]]])(
  "a transaction canceled for %j is an error",
  async (codes) => {
    await expect(store(canceled(...codes)).of.add("acme", "{}", link)).rejects.toThrow("canceled");
  },
);

test("every read is consistent", async () => {
  const { of, table } = store(() => ({}));
  await Promise.all([of.event("e"), of.link("acme", 1), of.tail("acme")]);
  expect(table.map(({ ConsistentRead }) => ConsistentRead)).toEqual([true, true, true]);
});

test("the tail is the last link of the chain", async () => {
  const { of, table } = store(() => ({ Items: [{ link: { S: canonical(link) } }] }));
  expect(await of.tail("acme")).toEqual(link);
  expect(table[0]).toMatchObject({ ScanIndexForward: false, Limit: 1 });
});

test("an event's item without text is an error and not an absent event", async () => {
  await expect(store(() => ({ Item: { pk: { S: "event#e" } } })).of.event("e")).rejects.toThrow("has no text vendor");
});

test("a mirror is put where none is", async () => {
  const { of, bucket } = store(() => ({}));
  await of.mirror("acme", 12, "{}");
  expect(bucket[0]).toMatchObject({
    Bucket: "audit",
    Key: "ledger/acme/000000000012.json",
    Body: "{}",
    IfNoneMatch: "*",
  });
});

function refusal(httpStatusCode: number): Answer {
  return () => {
    throw new S3ServiceException({
      name: "Refused",
      message: "Refused",
      $fault: "client",
      $metadata: { httpStatusCode },
    });
  };
}

test("a mirror that is there already is no error", async () => {
  await expect(store(() => ({}), refusal(412)).of.mirror("acme", 1, "{}")).resolves.toBeUndefined();
});

test("a mirror that is refused is an error", async () => {
  await expect(store(() => ({}), refusal(403)).of.mirror("acme", 1, "{}")).rejects.toThrow("Refused");
});
