// SPDX-License-Identifier: Apache-2.0
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { ownWire, ReadOnlyGuard, readOnlyConfig } from "../../../../validation/target/aws";
import { CountingWire } from "./counting-wire";

const REGION = "eu-central-1";
const KEYS = { AWS_ACCESS_KEY_ID: "AKIAEXAMPLE", AWS_SECRET_ACCESS_KEY: "none" };
const before = { ...process.env };
afterEach(() => {
  process.env = { ...before };
});

test("the user's own credentials are found where every AWS SDK finds them", async () => {
  process.env = { ...before, ...KEYS };
  const found = { accessKeyId: KEYS.AWS_ACCESS_KEY_ID, secretAccessKey: KEYS.AWS_SECRET_ACCESS_KEY };
  expect(await ownWire(REGION).credentials()).toEqual(found);
});

test("those of a session say when it ends", async () => {
  const ends = "2099-11-23T12:00:00.000Z";
  process.env = { ...before, ...KEYS, AWS_SESSION_TOKEN: "token", AWS_CREDENTIAL_EXPIRATION: ends };
  expect(await ownWire(REGION).credentials()).toMatchObject({ sessionToken: "token", expiration: new Date(ends) });
});

/** How often a client that makes two calls asks for a session. */
async function askedFor(session: object): Promise<number> {
  let asked = 0;
  const guard = new ReadOnlyGuard();
  const credentials = async () => {
    asked += 1;
    return { accessKeyId: "AKIAEXAMPLE", secretAccessKey: "none", ...session };
  };
  const { handler } = new CountingWire(() => ({ status: 403 }));
  const sts = guard.attach(new STSClient(readOnlyConfig({ handler, credentials }, guard)(REGION) as object));
  for (const _ of [1, 2]) await sts.send(new GetCallerIdentityCommand({})).catch(() => undefined);
  return asked;
}

test("a client asks again for a session that has ended, and keeps one that has not", async () => {
  expect(await askedFor({ expiration: new Date(0) })).toBeGreaterThan(1);
  expect(await askedFor({ expiration: new Date("2099-01-01") })).toBe(1);
});
