// SPDX-License-Identifier: Apache-2.0
import {
  type CheckedRequest,
  decide,
  type LoginSettings,
} from "../../../../modules/sftp-gateway/identity-provider/decision";
import type { DirectoryItem } from "../../../../modules/sftp-gateway/identity-provider/vendor-record";
import { key, keyItem, now, profile, settings, withSecret } from "./directory";

const byKey: CheckedRequest = {
  user: "acme",
  sourceIp: "192.0.2.17",
  serverId: "s-0123456789abcdef0",
  protocol: "SFTP",
  password: "none",
};
const good = [profile(), keyItem(key(1)), keyItem(key(2), { notBefore: "2026-11-22", notAfter: "2026-11-22" })];
const twoComponents: LoginSettings = { ...settings, methods: "PUBLIC_KEY_AND_PASSWORD" };
const secured = [profile(withSecret), keyItem(key(1))];

function reasonOf(
  items: readonly DirectoryItem[],
  request: Partial<CheckedRequest> = {},
  at: LoginSettings = settings,
  time = now,
) {
  const decision = decide({ ...byKey, ...request }, items, time, at);
  return decision.allowed ? "allowed" : decision.reason;
}

test("a key login from a listed network gets role, logical folders, session policy and every valid key", () => {
  const decision = decide(byKey, good, now, settings);
  expect(decision).toMatchObject({
    allowed: true,
    keys: [{ publicKey: key(1) }, { publicKey: key(2) }],
    session: { Role: "arn:aws:iam::111122223333:role/acme-clin-vendor-acme", HomeDirectoryType: "LOGICAL" },
  });
  expect(JSON.parse(decision.allowed ? decision.session.HomeDirectoryDetails : "")).toEqual([
    { Entry: "/st-101", Target: "/acme-clin-inbox-111122223333/clinical/inbound/raw/acme/st-101" },
    { Entry: "/st-202", Target: "/acme-clin-inbox-111122223333/clinical/inbound/raw/acme/st-202" },
    { Entry: "/test", Target: "/acme-clin-inbox-111122223333/clinical/inbound/test/acme" },
  ]);
});

test("an address of IPv6, or of IPv4 written in IPv6, is found in its network", () => {
  expect(reasonOf(good, { sourceIp: "2001:db8:1::ffff" })).toBe("allowed");
  expect(reasonOf(good, { sourceIp: "::ffff:192.0.2.18" })).toBe("allowed");
});

test.each<[string, readonly DirectoryItem[], Partial<CheckedRequest>, string]>([
  ["no items", [], {}, "unknown user"],
  ["a deny item beside good ones", [...good, { vendor: "acme", item: "deny" }], {}, "disabled at once"],
  ["a deny item beside broken ones", [{ vendor: "acme", item: "deny" }, {}], {}, "disabled at once"],
  ["no profile", [keyItem(key(1))], {}, "directory not understood"],
  ["two profiles", [profile(), ...good], {}, "directory not understood"],
  ["items of another vendor", [profile({ vendor: "beta" }), keyItem(key(1))], {}, "directory not understood"],
  ["an item of an unknown kind", [...good, { vendor: "acme", item: "note" }], {}, "directory not understood"],
  ["a profile without enabled", [profile({ enabled: undefined }), keyItem(key(1))], {}, "directory not understood"],
  ["enabled as a text", [profile({ enabled: "true" }), keyItem(key(1))], {}, "directory not understood"],
  ["a day that no calendar has", [profile({ until: "2027-02-30" }), keyItem(key(1))], {}, "directory not understood"],
  ["a network that is none", [profile({ cidrs: ["192.0.2.0/33"] }), keyItem(key(1))], {}, "directory not understood"],
  ["no study", [profile({ studies: [] }), keyItem(key(1))], {}, "directory not understood"],
  ["a study named test", [profile({ studies: ["test"] }), keyItem(key(1))], {}, "directory not understood"],
  ["a study that climbs", [profile({ studies: ["../beta"] }), keyItem(key(1))], {}, "directory not understood"],
  ["a secret that is no text", [profile({ secretArn: null }), keyItem(key(1))], {}, "directory not understood"],
  [
    "a key under the fingerprint of another",
    [profile(), keyItem(key(1), { publicKey: key(2) })],
    {},
    "directory not understood",
  ],
  ["a key without its last day", [profile(), keyItem(key(1), { notAfter: undefined })], {}, "directory not understood"],
  ["a vendor that is not enabled", [profile({ enabled: false }), keyItem(key(1))], {}, "not enabled"],
  ["a vendor of tomorrow", [profile({ from: "2026-11-23" }), keyItem(key(1))], {}, "not yet"],
  ["a vendor of yesterday", [profile({ until: "2026-11-21" }), keyItem(key(1))], {}, "expired"],
  ["the address beside the network", good, { sourceIp: "192.0.2.32" }, "network not listed"],
  ["no networks", [profile({ cidrs: [] }), keyItem(key(1))], {}, "network not listed"],
  ["an address of IPv6 with a zone", good, { sourceIp: "2001:db8:1::1%eth0" }, "network not listed"],
  ["no key", [profile()], {}, "no valid key"],
  [
    "keys of yesterday and tomorrow",
    [profile(), keyItem(key(1), { notAfter: "2026-11-21" }), keyItem(key(2), { notBefore: "2026-11-23" })],
    {},
    "no valid key",
  ],
  ["a password where keys are asked for", good, { password: "right" }, "password not offered"],
  ["another protocol", good, { protocol: "FTP" }, "protocol not offered"],
  ["a vendor with a second component that nobody asks for", secured, {}, "second component not asked for"],
  [
    "so many studies that the policy is too long",
    [profile({ studies: Array.from({ length: 20 }, (_, i) => `study-number-${i}`) }), keyItem(key(1))],
    {},
    "session policy too long",
  ],
])("%s: denied", (_, items, request, reason) => {
  expect(reasonOf(items, request)).toBe(reason);
});

test("first and last day are included, in UTC", () => {
  const oneDay = [profile({ from: "2026-11-22", until: "2026-11-22" }), keyItem(key(1))];
  const times = [
    "2026-11-21T23:59:59.999Z",
    "2026-11-22T00:00:00Z",
    "2026-11-22T23:59:59.999Z",
    "2026-11-23T00:00:00Z",
  ];
  expect(times.map((time) => reasonOf(oneDay, {}, settings, new Date(time)))).toEqual([
    "not yet",
    "allowed",
    "allowed",
    "expired",
  ]);
});

describe("where a key and a password are asked for", () => {
  test("the key login gets keys", () => {
    expect(decide(byKey, secured, now, twoComponents)).toMatchObject({ keys: [{ publicKey: key(1) }] });
  });

  test("the right password gets the session and no keys", () => {
    expect(decide({ ...byKey, password: "right" }, secured, now, twoComponents)).toMatchObject({
      allowed: true,
      keys: [],
    });
  });

  test.each([
    ["a wrong password", secured, "wrong", "wrong password"],
    ["a vendor without a second component, by key", good, "none", "no second component"],
    ["a vendor without a second component, by password", good, "right", "no second component"],
    ["a vendor whose keys ended", [secured[0]!, keyItem(key(1), { notAfter: "2026-11-21" })], "right", "no valid key"],
  ] as const)("%s: denied", (_, items, password, reason) => {
    expect(reasonOf(items, { password }, twoComponents)).toBe(reason);
  });
});

test("a policy of 2048 characters is let in, one more is denied and nothing is cut off", () => {
  const usual = decide(byKey, good, now, settings);
  const length = usual.allowed ? usual.session.Policy.length : Number.NaN;
  const keyArn = `${settings.keyArn}${"0".repeat(2048 - length)}`;
  expect(decide(byKey, good, now, { ...settings, keyArn })).toMatchObject({ allowed: true });
  expect(decide(byKey, good, now, { ...settings, keyArn: `${keyArn}0` })).toEqual({
    allowed: false,
    reason: "session policy too long",
  });
});
