// SPDX-License-Identifier: Apache-2.0
import * as fc from "fast-check";
import { logIn } from "../../../../modules/sftp-gateway/identity-provider/log-in";
import type { DirectoryItem } from "../../../../modules/sftp-gateway/identity-provider/vendor-record";
import { drawn } from "../../../drawn";
import { key, keyItem, loginEvent, ports, profile, settings } from "./directory";

const FULL = process.env.PART11_FULL === "1";
const LOGINS = FULL ? 100_000 : 3_000;

interface ModelKey {
  readonly byte: number;
  readonly first: number;
  readonly last: number;
}

/** Days since 2026-11-01; networks as their parts. */
interface ModelVendor {
  readonly id: string;
  readonly enabled: boolean;
  readonly denied: boolean;
  readonly first: number;
  readonly last: number;
  readonly networks: readonly { readonly family: 4 | 6; readonly base: bigint; readonly bits: number }[];
  readonly keys: readonly ModelKey[];
}

interface Attempt {
  readonly user: string;
  readonly family: 4 | 6;
  readonly address: bigint;
  readonly byte: number;
  readonly minute: number;
}

const IDS = ["acme", "acme-2", "acme2", "beta"];
const EPOCH = Date.UTC(2026, 10, 1);
const DAY = 86_400_000;
const WIDTH = { 4: 32, 6: 128 } as const;
const FIRST = { 4: 0xc0000200n, 6: 0x20010db8000000000000000000000000n } as const;

/** Says by itself, in numbers, who may log in. */
function mayLogIn(vendors: readonly ModelVendor[], { user, family, address, byte, minute }: Attempt): boolean {
  const vendor = vendors.find(({ id }) => id === user);
  const day = Math.floor(minute / 1440);
  const within = (one: { first: number; last: number }) => one.first <= day && day <= one.last;
  if (!vendor) return false;
  return (
    vendor.enabled &&
    !vendor.denied &&
    within(vendor) &&
    vendor.networks.some((network) => {
      const rest = BigInt(WIDTH[family] - network.bits);
      return network.family === family && network.base >> rest === address >> rest;
    }) &&
    vendor.keys.some((one) => one.byte === byte && within(one))
  );
}

const dayText = (day: number) => new Date(EPOCH + day * DAY).toISOString().slice(0, 10);

function addressText(family: 4 | 6, value: bigint): string {
  if (family === 4) return [24n, 16n, 8n, 0n].map((shift) => (value >> shift) & 0xffn).join(".");
  return Array.from({ length: 8 }, (_, i) => ((value >> BigInt(112 - 16 * i)) & 0xffffn).toString(16)).join(":");
}

function itemsOf(vendor: ModelVendor): DirectoryItem[] {
  const named = { vendor: vendor.id };
  return [
    profile({
      ...named,
      enabled: vendor.enabled,
      from: dayText(vendor.first),
      until: dayText(vendor.last),
      cidrs: vendor.networks.map(({ family, base, bits }) => `${addressText(family, base)}/${bits}`),
    }),
    ...vendor.keys.map(({ byte, first, last }) =>
      keyItem(key(byte), { ...named, notBefore: dayText(first), notAfter: dayText(last) }),
    ),
    ...(vendor.denied ? [{ ...named, item: "deny" }] : []),
  ];
}

const seldom = fc.integer({ min: 0, max: 9 }).map((n) => n === 0);
const period = fc.tuple(fc.integer({ min: 0, max: 3 }), fc.integer({ min: 2, max: 9 }));
const family = fc.constantFrom(4 as const, 6 as const);

const network = fc
  .tuple(family, fc.integer({ min: 0, max: 15 }).map(BigInt), fc.integer({ min: 0, max: 4 }))
  .map(([of, block, narrow]) => ({ family: of, base: FIRST[of] + block * 16n, bits: WIDTH[of] - 4 + narrow }));

const keys = fc
  .uniqueArray(fc.integer({ min: 1, max: 6 }), { maxLength: 3 })
  .chain((bytes) => fc.tuple(...bytes.map((byte) => period.map(([first, last]): ModelKey => ({ byte, first, last })))));

const vendors = fc.uniqueArray(fc.constantFrom(...IDS), { minLength: 1 }).chain((ids) =>
  fc.tuple(
    ...ids.map((id) =>
      fc
        .tuple(seldom, seldom, period, fc.array(network, { maxLength: 4 }), keys)
        .map(([off, denied, [first, last], networks, own]): ModelVendor => {
          return { id, enabled: !off, denied, first, last, networks, keys: own };
        }),
    ),
  ),
);

const beside = fc.constantFrom(0n, 0n, 1n, 2n, 7n, 15n, 16n);

/** Most attempts come close to what a vendor may: from its networks or beside them, with its keys or another's. */
const attempt = (known: readonly ModelVendor[]) =>
  fc
    .tuple(fc.constantFrom(...IDS, ...known.map(({ id }) => id), ...known.map(({ id }) => id)), fc.nat(), fc.nat())
    .chain(([user, pick, other]) => {
      const { networks = [], keys: own = [] } = known.find(({ id }) => id === user) ?? {};
      const near = networks[pick % Math.max(1, networks.length)] ?? { family: 4 as const, base: FIRST[4] };
      const byte = own[other % (own.length + 1)]?.byte;
      return fc.record({
        user: fc.constant(user),
        family: fc.constant(near.family),
        address: beside.map((offset) => near.base + offset),
        byte: byte === undefined ? fc.integer({ min: 1, max: 6 }) : fc.constant(byte),
        minute: fc.integer({ min: 0, max: 10 * 1440 - 1 }),
      });
    });

test(
  `whoever the provider lets in with a key, the reference model lets in, and nobody else (${LOGINS} logins)`,
  async () => {
    let allowed = 0;
    const login = vendors.chain((known) => fc.tuple(fc.constant(known), attempt(known)));
    const property = fc.asyncProperty(login, async ([known, tried]) => {
      const event = loginEvent({ username: tried.user, sourceIp: addressText(tried.family, tried.address) });
      const used = ports(known.flatMap(itemsOf), { now: () => new Date(EPOCH + tried.minute * 60_000) });
      const answer = await logIn(event, settings, used);
      const letIn = answer.Role !== undefined && (answer.PublicKeys?.includes(key(tried.byte)) ?? false);
      const expected = mayLogIn(known, tried);
      if (letIn) allowed += 1;
      expect(letIn).toBe(expected);
      if (letIn) expect(answer.Role).toBe(`${settings.roleArnPrefix}${tried.user}`);
    });
    await fc.assert(property, { ...drawn("logins", LOGINS), numRuns: LOGINS });
    process.stdout.write(`logins let in: ${allowed} of ${LOGINS}, 0 of them wrongly\n`);
    // Logins that are nearly all refused would prove little.
    expect(allowed).toBeGreaterThan(LOGINS / 50);
  },
  FULL ? 3_600_000 : 60_000,
);
