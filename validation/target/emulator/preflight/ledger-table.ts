// SPDX-License-Identifier: Apache-2.0
import {
  type AttributeValue,
  BatchWriteItemCommand,
  CreateTableCommand,
  DeleteItemCommand,
  DynamoDBClient,
  ExecuteStatementCommand,
  GetItemCommand,
  PutItemCommand,
  QueryCommand,
  TransactWriteItemsCommand,
  UpdateItemCommand,
} from "@aws-sdk/client-dynamodb";
import { type Credentials, clientConfig } from "../emulator";
import { compare, outcome, type Scenario } from "./scenario";
import { allow, type Stage } from "./stage";

const DENIED = "AccessDeniedException";

const client = (stage: Stage, credentials: Credentials = stage.administrator) =>
  stage.record(
    new DynamoDBClient(clientConfig(stage.emulator, credentials)),
    credentials === stage.administrator ? stage.administratorArn : "another principal of the check",
  );

async function table(stage: Stage, keyArn?: string): Promise<{ name: string; arn: string }> {
  const TableName = stage.name("ledger");
  await client(stage).send(
    new CreateTableCommand({
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: [
        { AttributeName: "pk", AttributeType: "S" },
        { AttributeName: "sk", AttributeType: "S" },
      ],
      KeySchema: [
        { AttributeName: "pk", KeyType: "HASH" },
        { AttributeName: "sk", KeyType: "RANGE" },
      ],
      ...(keyArn === undefined ? {} : { SSESpecification: { Enabled: true, SSEType: "KMS", KMSMasterKeyId: keyArn } }),
    }),
  );
  return {
    name: TableName,
    arn: `arn:aws:dynamodb:${stage.emulator.region}:${stage.emulator.accountId}:table/${TableName}`,
  };
}

const item = (pk: string, sk: string, text = ""): Record<string, AttributeValue> => ({
  pk: { S: pk },
  sk: { S: sk },
  text: { S: text },
});

/** An event and its place in the chain, each only where nothing is yet. */
function append(TableName: string, event: string, place: string, conditional = true) {
  const condition = conditional ? { ConditionExpression: "attribute_not_exists(pk)" } : {};
  const put = (Item: Record<string, AttributeValue>) => ({ Put: { TableName, Item, ...condition } });
  return new TransactWriteItemsCommand({
    TransactItems: [put(item(`event#${event}`, "event", event)), put(item("chain#acme", place, event))],
  });
}

/** "ok" or the error's name: AWS answers 400 where MiniStack answers 403, and callers go by the name. */
async function said(call: Promise<unknown>): Promise<string> {
  return (await outcome(call)).split(" ")[0] ?? "";
}

async function reasons(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return "ok";
  } catch (error) {
    const { name, CancellationReasons } = error as { name: string; CancellationReasons?: { Code?: string }[] };
    return [name, ...(CancellationReasons ?? []).map(({ Code }) => Code)].join(" ");
  }
}

const transaction: Scenario = {
  name: "a transaction of conditional puts is written whole or not at all, and one of many writers wins",
  controls: ["P11-10a-09", "P11-10e-04"],
  async run(stage) {
    const { name } = await table(stage);
    const db = client(stage);
    const links = async () => {
      const query = new QueryCommand({
        TableName: name,
        ConsistentRead: true,
        KeyConditionExpression: "pk = :chain",
        ExpressionAttributeValues: { ":chain": { S: "chain#acme" } },
      });
      return ((await db.send(query)).Items ?? []).map(({ sk, text }) => `${sk?.S}:${text?.S}`).join(" ");
    };
    const first = await reasons(db.send(append(name, "a", "000000000001")));
    const again = await reasons(db.send(append(name, "a", "000000000002")));
    const taken = await reasons(db.send(append(name, "b", "000000000001")));
    const half = await db.send(
      new GetItemCommand({ TableName: name, Key: { pk: { S: "event#b" }, sk: { S: "event" } } }),
    );
    const kept = await links();
    const writers = Array.from({ length: 8 }, (_, number) =>
      reasons(db.send(append(name, `w${number}`, "000000000002"))),
    );
    const won = (await Promise.all(writers)).filter((answer) => answer === "ok").length;
    const weak = await reasons(db.send(append(name, "weak", "000000000001", false)));
    return [
      compare("twin: first append", "ok", first),
      compare("event twice", "TransactionCanceledException ConditionalCheckFailed None", again),
      compare("place that is taken", "TransactionCanceledException None ConditionalCheckFailed", taken),
      compare("half of a cancelled transaction", "nothing", half.Item === undefined ? "nothing" : "event"),
      compare("consistent query", "000000000001:a", kept),
      compare("winners of eight writers", 1, won),
      compare("mutant: put without condition", "ok", weak),
      compare("mutant: the link is overwritten", "000000000001:weak", (await links()).split(" ")[0]),
    ];
  },
};

const appendOnly: Scenario = {
  name: "a role that may only put items changes, deletes and reads none",
  controls: ["P11-10e-04", "P11-10f-01"],
  async run(stage) {
    const { name, arn } = await table(stage);
    const Key = { pk: { S: "a" }, sk: { S: "1" } };
    const calls = (db: DynamoDBClient) => ({
      update: () => {
        const set = { UpdateExpression: "SET #t = :t", ExpressionAttributeNames: { "#t": "text" } };
        const ExpressionAttributeValues = { ":t": { S: "changed" } };
        return db.send(new UpdateItemCommand({ TableName: name, Key, ...set, ExpressionAttributeValues }));
      },
      "batch write": () =>
        db.send(new BatchWriteItemCommand({ RequestItems: { [name]: [{ DeleteRequest: { Key } }] } })),
      statement: () =>
        db.send(new ExecuteStatementCommand({ Statement: `UPDATE "${name}" SET text='x' WHERE pk='a' AND sk='1'` })),
      "delete in a transaction": () =>
        db.send(new TransactWriteItemsCommand({ TransactItems: [{ Delete: { TableName: name, Key } }] })),
      get: () => db.send(new GetItemCommand({ TableName: name, Key })),
      delete: () => db.send(new DeleteItemCommand({ TableName: name, Key })),
    });
    const put = (db: DynamoDBClient) => db.send(new PutItemCommand({ TableName: name, Item: item("a", "1") }));
    const writer = client(stage, await stage.session("writer", [allow("dynamodb:PutItem", arn)]));
    const weak = client(
      stage,
      await stage.session("writer", [allow(["dynamodb:PutItem", "dynamodb:UpdateItem"], arn)]),
    );
    const probes = [
      compare("twin: put", "ok", await said(put(writer))),
      compare("twin: puts in a transaction", "ok", await said(writer.send(append(name, "a", "000000000001")))),
    ];
    for (const [what, call] of Object.entries(calls(writer))) probes.push(compare(what, DENIED, await said(call())));
    return [...probes, compare("mutant: role that may update", "ok", await said(calls(weak).update()))];
  },
};

const encryption: Scenario = {
  name: "items of a table under a customer's key need kms:Decrypt",
  controls: ["P11-10e-04"],
  async run(stage) {
    const keyArn = await stage.key();
    const { name, arn } = await table(stage, keyArn);
    const plain = await table(stage);
    const put = async (rights: ReturnType<typeof allow>[], TableName: string) => {
      const db = client(stage, await stage.session("writer", rights));
      return said(db.send(new PutItemCommand({ TableName, Item: item("a", "1") })));
    };
    const write = allow("dynamodb:PutItem", [arn, plain.arn]);
    return [
      compare("without kms:Decrypt", DENIED, await put([write], name)),
      compare("twin: with it", "ok", await put([write, allow("kms:Decrypt", keyArn)], name)),
      compare("mutant: table under DynamoDB's own key", "ok", await put([write], plain.name)),
    ];
  },
};

export const ledgerTableScenarios: readonly Scenario[] = [transaction, appendOnly, encryption];
