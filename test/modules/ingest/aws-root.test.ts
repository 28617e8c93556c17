// SPDX-License-Identifier: Apache-2.0
import { type PutObjectCommand, type S3Client, S3ServiceException } from "@aws-sdk/client-s3";
import { dailyRoot, putDailyRoot } from "../../../modules/ingest/arrivals/aws-root";
import { nextLink } from "../../../modules/ledger/entry";
import { assertSchema } from "../../../validation/json";
import { MemoryLedger } from "../ledger/memory-ledger";

const DAY = "2026-11-22";
const NOW = new Date("2026-11-22T23:59:59.999Z");

async function ledgerOf(chains: Readonly<Record<string, number>>): Promise<MemoryLedger> {
  const ledger = new MemoryLedger();
  for (const [chain, length] of Object.entries(chains)) {
    for (let n = 1; n <= length; n += 1) {
      const id = `${chain}-${n}`.padEnd(64, "0");
      await ledger.add(chain, id, nextLink(await ledger.tail(chain), id, id));
    }
  }
  return ledger;
}

/** S3 that keeps what it is asked to put, or answers with an error. */
function storing(status?: number) {
  const puts: Array<PutObjectCommand["input"]> = [];
  const send = async ({ input }: PutObjectCommand) => {
    puts.push(input);
    if (status === undefined) return {};
    const $metadata = { httpStatusCode: status };
    throw new S3ServiceException({ name: "Refused", $fault: "client", $metadata, message: "no" });
  };
  return { puts, s3: { send } as unknown as S3Client };
}

test("the root of a day names the last link of every chain, and holds to its schema", async () => {
  const ledger = await ledgerOf({ acme: 3, beta: 1 });
  const root = JSON.parse((await dailyRoot(ledger, ["acme", "beta"], DAY))!);
  expect(() => assertSchema("ledger-root", root, "root")).not.toThrow();
  expect(root).toMatchObject({
    date: DAY,
    chains: { acme: { sequence: 3, hash: (await ledger.tail("acme"))!.hash }, beta: { sequence: 1 } },
  });
});

test("a chain without entries is in no root, and where none has any there is none", async () => {
  const ledger = await ledgerOf({ acme: 1 });
  expect(Object.keys(JSON.parse((await dailyRoot(ledger, ["acme", "beta"], DAY))!).chains)).toEqual(["acme"]);
  expect(await dailyRoot(ledger, ["beta"], DAY)).toBeUndefined();
});

test("the root is put once a day, only where none is, with a checksum, and with the chain of no vendor", async () => {
  const ledger = await ledgerOf({ acme: 1, _unattributed: 2 });
  const { s3, puts } = storing();
  await putDailyRoot(s3, "audit", ledger, ["acme"], NOW);
  expect(puts).toMatchObject([
    { Bucket: "audit", Key: `ledger-roots/${DAY}.json`, IfNoneMatch: "*", ChecksumAlgorithm: "SHA256" },
  ]);
  expect(Object.keys(JSON.parse(String(puts[0]!.Body)).chains)).toEqual(["_unattributed", "acme"]);
});

test("nothing is put where no chain has an entry", async () => {
  const { s3, puts } = storing();
  await putDailyRoot(s3, "audit", new MemoryLedger(), ["acme"], NOW);
  expect(puts).toEqual([]);
});

test("the first root of a day stands, and any other refusal is an error", async () => {
  const ledger = await ledgerOf({ acme: 1 });
  await expect(putDailyRoot(storing(412).s3, "audit", ledger, ["acme"], NOW)).resolves.toBeUndefined();
  await expect(putDailyRoot(storing(403).s3, "audit", ledger, ["acme"], NOW)).rejects.toThrow("no");
});
