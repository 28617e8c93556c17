// SPDX-License-Identifier: Apache-2.0
import { canonical, nextLink } from "../../../modules/ledger/entry";
import { type Entry, readEntry, verifyChains } from "../../../validation/ledger";
import { type SampleEntry, sampleEntry, sampleLedger } from "./sample";

const SIZE = 10_000;
const original = sampleLedger(SIZE);
const mirror = original.map((value, index) => readEntry(value, `mirror ${index}`).entry);
const everyPlace = [...original.keys()];
/** The ends, where chains break differently, and places in between. */
const places = everyPlace.filter((n) => n < 3 || n > SIZE - 4 || n % 997 === 0);
/** Passes over the ledger, each at places of its own; all of them together tamper with every place. */
const starts = process.env.PART11_FULL ? [...Array(100).keys()] : [0, 99];
/** Distance of the places that are tampered with in one pass: too far for one to be reported for another. */
const STRIDE = 100;

/** Number of problems of the ledger in which entries are replaced, taken out or put in at a place. */
function problemsAfter(at: number, remove: number, put: readonly SampleEntry[], copies?: readonly Entry[]): number {
  const read = put.map((value) => readEntry(value, "altered"));
  const entries = [...mirror.slice(0, at), ...read.map(({ entry }) => entry), ...mirror.slice(at + remove)];
  return read.flatMap(({ problems }) => problems).length + verifyChains(entries, copies, []).problems.length;
}

function edited({ event, link }: SampleEntry): SampleEntry {
  return { event: { ...event, sha256: "b".repeat(64) }, link };
}

/** Edited by somebody who knows how links are made. */
function forged(entry: SampleEntry, previous: SampleEntry | undefined): SampleEntry {
  const { event } = edited(entry);
  return { event, link: nextLink(previous?.link, event.id, canonical(event)) };
}

test("a ledger of ten thousand events that nobody touched is confirmed to its end", () => {
  expect(verifyChains(mirror, mirror, [])).toEqual({
    problems: [],
    chains: [{ chain: "acme", entries: SIZE, head: original.at(-1)!.link.hash, confirmed: SIZE }],
  });
});

const tamperings: Array<[string, (at: number) => number]> = [
  ["edit", (at) => problemsAfter(at, 1, [edited(original[at]!)], mirror)],
  ["edit with new hashes", (at) => problemsAfter(at, 1, [forged(original[at]!, original[at - 1])], mirror)],
  ["deletion", (at) => problemsAfter(at, 1, [], mirror)],
  ["truncation", (at) => problemsAfter(at, SIZE, [], mirror)],
  ["insertion", (at) => problemsAfter(at, 0, [sampleEntry("forged", original[at - 1]?.link)], mirror)],
  ["copy", (at) => problemsAfter(at, 0, [original[at]!], mirror)],
  ["swap", (at) => swapped(at, (at + 1) % SIZE)],
];

/** The events change places and the links stay. */
function swapped(a: number, b: number): number {
  const one = readEntry({ event: original[b]!.event, link: original[a]!.link }, "swapped");
  const other = readEntry({ event: original[a]!.event, link: original[b]!.link }, "swapped");
  return one.problems.length * other.problems.length;
}

test.each(tamperings)("a ledger with one %s has problems", (_kind, problemsOf) => {
  expect(places.filter((at) => problemsOf(at) === 0)).toEqual([]);
});

/** What stands at a place instead of its entry. */
type Tampering = (at: number) => readonly SampleEntry[];

/** Places that no problem names when the places of each pass are tampered with. */
function unreported(tampering: Tampering, copies: readonly Entry[] | undefined): number[] {
  const missed: number[] = [];
  for (const start of starts) {
    const named = new Set<number | null>();
    const entries = mirror.flatMap((entry, at) => {
      if (at % STRIDE !== start) return [entry];
      return tampering(at).map((value) => {
        const read = readEntry(value, "altered");
        if (read.problems.length > 0) named.add(at + 1);
        return read.entry;
      });
    });
    for (const { sequence } of verifyChains(entries, copies, []).problems) named.add(sequence);
    // A forged link shows in the one after it.
    missed.push(...everyPlace.filter((at) => at % STRIDE === start && !named.has(at + 1) && !named.has(at + 2)));
  }
  return missed;
}

const everywhere: Array<[string, Tampering]> = [
  ["edit", (at) => [edited(original[at]!)]],
  ["edit with new hashes", (at) => [forged(original[at]!, original[at - 1])]],
  ["deletion", () => []],
  ["insertion", (at) => [sampleEntry("forged", original[at - 1]?.link), original[at]!]],
  ["copy", (at) => [original[at]!, original[at]!]],
  ["swap", (at) => [{ event: original[(at + 1) % SIZE]!.event, link: original[at]!.link }]],
];

test.each(everywhere)("every %s is reported at its place", (kind, tampering) => {
  const missed = unreported(tampering, mirror);
  const tried = everyPlace.filter((at) => starts.includes(at % STRIDE)).length;
  process.stdout.write(`ledger of ${SIZE} events: ${kind}, ${missed.length} of ${tried} unnoticed\n`);
  expect(missed).toEqual([]);
});

test.each(everywhere.slice(0, 3))(
  "without mirror and roots, too, every %s but of the last entry is reported at its place",
  (_kind, tampering) => {
    expect(unreported(tampering, undefined).filter((at) => at < SIZE - 1)).toEqual([]);
  },
);

test("every truncation is found", () => {
  const cuts = process.env.PART11_FULL ? everyPlace : places;
  const missed = cuts.filter((at) => problemsAfter(at, SIZE, [], mirror) === 0);
  process.stdout.write(`ledger of ${SIZE} events: truncation, ${missed.length} of ${cuts.length} unnoticed\n`);
  expect(missed).toEqual([]);
});

test("a chain written anew from an edited entry to its end differs from the mirror", () => {
  const start = SIZE - 5;
  const anew: SampleEntry[] = [];
  for (const entry of original.slice(start)) anew.push(forged(entry, anew.at(-1) ?? original[start - 1]));
  expect(problemsAfter(start, SIZE, anew, mirror)).toBe(5);
});

test("the root of a day finds entries cut off before it, and leaves those after it unconfirmed", () => {
  const { sequence, hash } = original[99]!.link;
  const roots = [{ date: "2026-11-22", chains: { acme: { sequence, hash } } }];
  expect(verifyChains(mirror.slice(0, 99), undefined, roots).problems).toHaveLength(1);
  expect(verifyChains(mirror.slice(0, 120), undefined, roots)).toMatchObject({
    problems: [],
    chains: [{ entries: 120, confirmed: 100 }],
  });
});

test("a chain that a root names and that is gone as a whole is missing", () => {
  const roots = [{ date: "2026-11-22", chains: { gone: { sequence: 3, hash: "a".repeat(64) } } }];
  expect(verifyChains(mirror.slice(0, 5), undefined, roots).problems).toEqual([
    { chain: "gone", sequence: 3, what: "is missing, and the root of 2026-11-22 names it" },
  ]);
});

test("an event that stands in the chains of two vendors is found", () => {
  const twice = { ...mirror[0]!, chain: "acme2" };
  expect(verifyChains([mirror[0]!, twice], undefined, []).problems).toEqual([
    { chain: "acme2", sequence: 1, what: "same event as acme 1" },
  ]);
});
