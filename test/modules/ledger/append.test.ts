// SPDX-License-Identifier: Apache-2.0
import fc from "fast-check";
import { append } from "../../../modules/ledger/append";
import type { EventDraft } from "../../../modules/ledger/entry";
import { codeOfRejection } from "./code-of-rejection";
import { Crash, MemoryLedger } from "./memory-ledger";

const options = { now: () => new Date(0), wait: async () => undefined, random: () => 0.5 };

function received(versionId: string, vendor = "acme"): EventDraft {
  return { type: "RECEIVED", vendor, bucket: "inbox", key: `k/${versionId}`, versionId, bytes: 1 };
}

/** Sequences of a chain, and whether each link names the hash of the one before. */
function shape(ledger: MemoryLedger, vendor = "acme") {
  const links = [...(ledger.chains.get(vendor)?.values() ?? [])].sort((a, b) => a.sequence - b.sequence);
  return {
    sequences: links.map(({ sequence }) => sequence),
    joined: links.every((link, index) => link.previous === (links[index - 1]?.hash ?? "0".repeat(64))),
  };
}

test("thirty-two writers at once leave one chain without fork or gap", async () => {
  const ledger = new MemoryLedger();
  const versions = Array.from({ length: 32 }, (_, index) => `v${index}`);
  await Promise.all(versions.map((version) => append(ledger, received(version), options)));
  expect(shape(ledger)).toEqual({ sequences: versions.map((_, index) => index + 1), joined: true });
});

test("whatever comes twice, at once and of several vendors, stands once and mirrored", async () => {
  const arrivals = fc.array(fc.tuple(fc.constantFrom("acme", "acme2"), fc.nat(12)), { maxLength: 60 });
  await fc.assert(
    fc.asyncProperty(arrivals, async (arrived) => {
      const ledger = new MemoryLedger();
      await Promise.all(arrived.map(([vendor, n]) => append(ledger, received(`${vendor}${n}`, vendor), options)));
      const different = new Set(arrived.map(([vendor, n]) => `${vendor}${n}`)).size;
      expect([ledger.events.size, ledger.mirrored.size]).toEqual([different, different]);
      for (const vendor of ["acme", "acme2"]) {
        const { sequences, joined } = shape(ledger, vendor);
        expect([sequences, joined]).toEqual([sequences.map((_, index) => index + 1), true]);
      }
    }),
    { seed: 17, numRuns: 200 },
  );
});

test.each(["add", "mirror"] as const)("a crash after %s is mended by the same message", async (where) => {
  let crashes = 1;
  const ledger = new MemoryLedger((what) => {
    if (what === where && crashes-- > 0) throw new Crash();
  });
  await expect(append(ledger, received("v1"), options)).rejects.toThrow(Crash);
  const again = await append(ledger, received("v1"), options);
  expect(again.added).toBe(false);
  expect([...ledger.mirrored.values()]).toEqual(ledger.entries("acme"));
});

test("the same event at another time keeps what was recorded first", async () => {
  const ledger = new MemoryLedger();
  await append(ledger, received("v1"), options);
  const again = await append(ledger, received("v1"), { ...options, now: () => new Date(5000) });
  expect(again.event.at).toBe("1970-01-01T00:00:00.000Z");
});

test("a ledger that never gives a turn is reported, not waited for", async () => {
  const ledger = new MemoryLedger();
  const taken = Object.assign(Object.create(ledger) as MemoryLedger, { add: async () => "taken" as const });
  expect(await codeOfRejection(append(taken, received("v1"), options))).toBe("LEDGER_CONTENDED");
});

test("an event that stands without its link is reported", async () => {
  const ledger = new MemoryLedger();
  await append(ledger, received("v1"), options);
  ledger.chains.clear();
  expect(await codeOfRejection(append(ledger, received("v1"), options))).toBe("LEDGER_BROKEN");
});
