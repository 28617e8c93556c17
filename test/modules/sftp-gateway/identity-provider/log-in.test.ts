// SPDX-License-Identifier: Apache-2.0
import type { LoginSettings } from "../../../../modules/sftp-gateway/identity-provider/decision";
import { logIn } from "../../../../modules/sftp-gateway/identity-provider/log-in";
import { hashSecondComponent } from "../../../../modules/sftp-gateway/identity-provider/second-component";
import { fingerprint, key, keyItem, loginEvent, ports, profile, settings, withSecret } from "./directory";

const items = [profile(), keyItem(key(1))];
const secured = [profile(withSecret), keyItem(key(1))];
const twoComponents: LoginSettings = { ...settings, methods: "PUBLIC_KEY_AND_PASSWORD" };
const PASSWORD = "correct horse battery";

test("a key login is answered with session and keys, and logged with fingerprints", async () => {
  const used = ports(items);
  expect(await logIn(loginEvent(), settings, used)).toMatchObject({
    Role: "arn:aws:iam::111122223333:role/acme-clin-vendor-acme",
    PublicKeys: [key(1)],
  });
  expect(used.lines).toEqual([
    {
      event: "login",
      time: "2026-11-22T12:00:00.000Z",
      user: "acme",
      ip: "192.0.2.17",
      server: "s-0123456789abcdef0",
      method: "key",
      decision: "allowed",
      reason: "",
      fingerprints: [fingerprint(key(1))],
    },
  ]);
});

test("an empty password is a key login, as Transfer sends it", async () => {
  expect(await logIn(loginEvent({ password: "" }), settings, ports(items))).toHaveProperty("PublicKeys");
});

test("the right password is answered with the session and without keys", async () => {
  const secret = await hashSecondComponent(PASSWORD, Buffer.alloc(16, 7));
  const used = ports(secured, { secret: async () => secret });
  const answer = await logIn(loginEvent({ password: PASSWORD }), twoComponents, used);
  expect(Object.keys(answer).sort()).toEqual(["HomeDirectoryDetails", "HomeDirectoryType", "Policy", "Role"]);
  expect(JSON.stringify([used.lines, answer])).not.toContain(PASSWORD);
});

test.each([
  ["a wrong password", loginEvent({ password: "wrong horse" }), "wrong password"],
  ["a password of an unknown user", loginEvent({ username: "nobody", password: PASSWORD }), "unknown user"],
])("%s is answered with nothing", async (_, event, reason) => {
  const secret = await hashSecondComponent(PASSWORD, Buffer.alloc(16, 7));
  const used = ports(secured, { secret: async () => secret });
  expect(await logIn(event, twoComponents, used)).toEqual({});
  expect(used.lines).toMatchObject([{ decision: "denied", reason, fingerprints: [] }]);
});

test.each([
  undefined,
  null,
  "acme",
  [],
  loginEvent({ username: 7 }),
  loginEvent({ sourceIp: "not an address" }),
  loginEvent({ sourceIp: undefined }),
  loginEvent({ protocol: undefined }),
  loginEvent({ password: { $ne: "" } }),
])("the event %j is denied and never logged as it came", async (event) => {
  const used = ports(items);
  expect(await logIn(event, settings, used)).toEqual({});
  expect(used.lines).toMatchObject([{ decision: "denied", reason: "request not understood", ip: "" }]);
});

test("what is typed where the name belongs does not reach the log, nor the table", async () => {
  const itemsOf = jest.fn(async () => items);
  const used = ports(items, { itemsOf });
  expect(await logIn(loginEvent({ username: "S3cret! pass" }), settings, used)).toEqual({});
  expect(used.lines).toMatchObject([{ user: "(no vendor id)", reason: "unknown user" }]);
  expect(itemsOf).not.toHaveBeenCalled();
});

test("an unreadable table is an error without details, logged as one line", async () => {
  const used = ports(items, {
    itemsOf: async () => {
      throw new Error(`AccessDenied ${PASSWORD}`);
    },
  });
  await expect(logIn(loginEvent(), settings, used)).rejects.toThrow(
    /^the login could not be decided: directory or secret not readable$/,
  );
  expect(used.lines).toMatchObject([{ decision: "error" }]);
  expect(JSON.stringify(used.lines)).not.toContain(PASSWORD);
});

test("an unreadable secret refuses the login", async () => {
  const used = ports(secured, {
    secret: async () => {
      throw new Error("no such secret");
    },
  });
  await expect(logIn(loginEvent({ password: PASSWORD }), twoComponents, used)).rejects.toThrow();
});
