// SPDX-License-Identifier: Apache-2.0
import {
  CreateTableCommand,
  DynamoDBClient,
  PutItemCommand,
  QueryCommand,
  type QueryCommandInput,
} from "@aws-sdk/client-dynamodb";
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

type Way = Pick<QueryCommandInput, "ScanIndexForward" | "Limit">;

/** Items of every page, pages apart. */
async function pages(KeyConditionExpression: string, values: Record<string, string>, way: Way = {}): Promise<string> {
  const ExpressionAttributeValues = Object.fromEntries(
    Object.entries(values).map(([name, S]) => [`:${name}`, { S }] as const),
  );
  const read: string[] = [];
  let ExclusiveStartKey: QueryCommandInput["ExclusiveStartKey"];
  do {
    const input = { TableName, KeyConditionExpression, ExpressionAttributeValues, ExclusiveStartKey, ...way };
    const { Items = [], LastEvaluatedKey, Count } = await db.send(new QueryCommand(input));
    expect(Count).toBe(Items.length);
    read.push(Items.map(({ pk, sk }) => `${pk!.S}/${sk!.S}`).join());
    ExclusiveStartKey = LastEvaluatedKey;
  } while (ExclusiveStartKey);
  return read.join(" | ");
}

const NEWEST = { ScanIndexForward: false };
const CONDITIONS: ReadonlyArray<readonly [string, Record<string, string>, string, Way]> = [
  ["pk = :p", { p: "one" }, "one/a,one/b,one/ba,one/c", {}],
  ["pk = :p", { p: "none" }, "", {}],
  ["pk = :p AND sk > :s", { p: "two", s: "b" }, "two/ba,two/c", {}],
  ["pk = :p", { p: "one" }, "one/c,one/ba,one/b,one/a", NEWEST],
  ["pk = :p", { p: "one" }, "one/c | one/ba | one/b | one/a | ", { ...NEWEST, Limit: 1 }],
  ["pk = :p", { p: "one" }, "one/a | one/b | one/ba | one/c | ", { Limit: 1 }],
  ["pk = :p", { p: "none" }, "", { Limit: 1 }],
  ["pk = :p", { p: "one" }, "one/a,one/b,one/ba | one/c", { Limit: 3 }],
  ["pk = :p AND sk > :s", { p: "two", s: "a" }, "two/c,two/ba | two/b", { ...NEWEST, Limit: 2 }],
  ["pk = :p AND sk BETWEEN :s AND :t", { p: "two", s: "b", t: "ba" }, "two/b,two/ba", {}],
  ["pk = :p AND begins_with(sk, :s)", { p: "one", s: "b" }, "one/b,one/ba", {}],
];

// Twice, with other values: an expression is checked at its first use only.
test.each([...CONDITIONS, ...CONDITIONS])("a query by %s of %o finds %s", async (condition, values, items, way) => {
  expect(await pages(condition, values, way)).toBe(items);
});

test("a key that was written since is found in its place", async () => {
  await db.send(new PutItemCommand({ TableName, Item: { pk: { S: "three" }, sk: { S: "b" } } }));
  expect(await pages("pk = :p", { p: "three" }, NEWEST)).toBe("three/b");
  await db.send(new PutItemCommand({ TableName, Item: { pk: { S: "three" }, sk: { S: "a" } } }));
  expect(await pages("pk = :p", { p: "three" }, NEWEST)).toBe("three/b,three/a");
});

test.each([
  ["lacks a value", { p: "one" }],
  ["has a value more", { p: "one", s: "a", t: "b" }],
  ["has an empty value", { p: "one", s: "" }],
])("an expression that was good before is refused when it %s", async (_title, values) => {
  await pages("pk = :p AND sk > :s", { p: "one", s: "a" });
  await expect(pages("pk = :p AND sk > :s", values)).rejects.toMatchObject({ name: "ValidationException" });
});
