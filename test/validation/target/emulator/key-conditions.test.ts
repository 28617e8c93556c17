// SPDX-License-Identifier: Apache-2.0
import { CreateTableCommand, DynamoDBClient, PutItemCommand, QueryCommand } from "@aws-sdk/client-dynamodb";
import {
  clientConfig,
  createAdministrator,
  type Emulator,
  startEmulator,
} from "../../../../validation/target/emulator";
import { emulatorOptions } from "./running";

const TableName = "chain";
const NAMES = ["a", "b", "ba", "c"];

let options: Awaited<ReturnType<typeof emulatorOptions>>;
let emulator: Emulator;
let db: DynamoDBClient;

beforeAll(async () => {
  options = await emulatorOptions();
  emulator = await startEmulator(options);
  db = new DynamoDBClient(clientConfig(emulator, await createAdministrator(emulator)));
  await db.send(
    new CreateTableCommand({
      TableName,
      BillingMode: "PAY_PER_REQUEST",
      AttributeDefinitions: ["pk", "sk"].map((AttributeName) => ({ AttributeName, AttributeType: "S" as const })),
      KeySchema: [
        { AttributeName: "pk", KeyType: "HASH" },
        { AttributeName: "sk", KeyType: "RANGE" },
      ],
    }),
  );
  for (const pk of ["one", "two"])
    for (const sk of NAMES) await db.send(new PutItemCommand({ TableName, Item: { pk: { S: pk }, sk: { S: sk } } }));
}, 120_000);

afterAll(async () => {
  await emulator?.stop();
  options.remove();
});

async function found(KeyConditionExpression: string, values: Record<string, string>): Promise<string> {
  const ExpressionAttributeValues = Object.fromEntries(
    Object.entries(values).map(([name, S]) => [`:${name}`, { S }] as const),
  );
  const query = new QueryCommand({ TableName, KeyConditionExpression, ExpressionAttributeValues });
  return ((await db.send(query)).Items ?? []).map(({ pk, sk }) => `${pk!.S}/${sk!.S}`).join();
}

const CONDITIONS: ReadonlyArray<readonly [string, Record<string, string>, string]> = [
  ["pk = :p", { p: "one" }, "one/a,one/b,one/ba,one/c"],
  ["pk = :p", { p: "none" }, ""],
  ["pk = :p AND sk > :s", { p: "two", s: "b" }, "two/ba,two/c"],
  ["pk = :p AND sk BETWEEN :s AND :t", { p: "two", s: "b", t: "ba" }, "two/b,two/ba"],
  ["pk = :p AND begins_with(sk, :s)", { p: "one", s: "b" }, "one/b,one/ba"],
];

// Twice, with other values: an expression is checked at its first use only.
test.each([...CONDITIONS, ...CONDITIONS])("a query by %s of %o finds its items", async (condition, values, items) => {
  expect(await found(condition, values)).toBe(items);
});

test("an expression that was good before is refused when it lacks a value", async () => {
  await found("pk = :p AND sk > :s", { p: "one", s: "a" });
  await expect(found("pk = :p AND sk > :s", { p: "one" })).rejects.toMatchObject({ name: "ValidationException" });
});
