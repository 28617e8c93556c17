// SPDX-License-Identifier: Apache-2.0

import { History } from "../../../modules/ingest/arrivals/history";
import type { Message } from "../../../modules/ingest/arrivals/message";
import { reconcile, sweep } from "../../../modules/ingest/arrivals/sweep";
import type { EventType, ObjectVersion } from "../../../modules/ledger/entry";
import { readEntry, verifyChains } from "../../../validation/ledger";
import { Crash } from "../ledger/memory-ledger";
import { Bench, delivery, FOLDER, MIDNIGHT, MINUTE, sessionAt, sha256Of } from "./bench";

type Told = Exclude<Message, { kind: "sweep" }>;

const EVENTS = process.env.PART11_FULL ? 1_000_000 : 2_000;
/** Events of one landing zone: what a run holds in memory. */
const A_RUN = Math.min(EVENTS, 20_000);
const WORKERS = 8;
const WINDOW_MINUTES = 10_000_000;

/** Mulberry32: the same numbers from the same seed. */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

interface File {
  readonly version: ObjectVersion;
  /** What becomes of it when no message of its upload is lost. */
  readonly end: EventType;
}

class Simulation {
  crashing = true;
  private readonly random: () => number;
  readonly bench: Bench;
  readonly files: File[] = [];
  private readonly queue: Told[] = [];
  /** Versions that the transfer server's word never reached. */
  readonly unfinished = new Set<string>();
  delivered = 0;
  doubled = 0;
  lost = 0;
  crashes = 0;

  constructor(seed: number) {
    this.random = randomOf(seed);
    this.bench = new Bench({ finishedBy: "transfer", sha256File: "required", windowMinutes: WINDOW_MINUTES }, () => {
      if (this.crashing && this.random() < 0.05) throw new Crash();
    });
    const [acme] = this.bench.deliveries;
    this.bench.deliveries = Array.from({ length: 20 }, (_, n) => ({ ...acme!, vendor: `vendor-${n}` }));
  }

  /** Uploads files, a tenth to keys that are taken, with right and wrong side files, until so many messages wait. */
  upload(events: number): void {
    for (let n = 0; this.queue.length < events; n += 1) {
      this.bench.now += 5 * MINUTE;
      const folder = FOLDER.replace("acme", `vendor-${n % 20}`);
      const name = `${this.random() < 0.02 ? "other" : "lab"}-${n}`;
      const wrong = this.random() < 0.03;
      const end = name.startsWith("other") ? "QUARANTINED" : wrong ? "MANIFEST_MISMATCH" : "PROMOTED";
      const content = `${name} of run`;
      this.send(folder + name, content, end);
      this.send(`${folder}${name}.sha256`, `${sha256Of(wrong ? "other" : content)}  ${name}\n`, "PROMOTED");
      if (this.random() < 0.1) {
        this.bench.now += 5 * MINUTE;
        this.send(folder + name, content, end);
      }
    }
  }

  private send(key: string, content: string, end: EventType): void {
    const version = this.bench.objects.put("inbox", key, content, this.bench.now);
    this.files.push({ version, end });
    const transfer = sessionAt(this.bench.now, content);
    this.enqueue({ kind: "object", version });
    const completed: Told = { kind: "upload-completed", bucket: "inbox", key, transfer };
    if (!this.enqueue(completed)) this.unfinished.add(`${key} ${version.versionId}`);
  }

  /** One message in a hundred is lost, three in ten come twice. @returns whether it comes at all */
  private enqueue(message: Told): boolean {
    if (this.random() < 0.01) {
      this.lost += 1;
      return false;
    }
    this.queue.push(message);
    if (this.random() < 0.3) {
      this.doubled += 1;
      this.queue.push(message);
    }
    return true;
  }

  /** Delivers in any order, to several workers at once, again after every crash. */
  async deliver(): Promise<void> {
    const work = async () => {
      while (this.queue.length > 0) {
        const at = Math.floor(this.random() * this.queue.length);
        const message = this.queue[at]!;
        this.queue[at] = this.queue.at(-1)!;
        this.queue.pop();
        this.delivered += 1;
        try {
          await this.bench.arrivals.take(message);
        } catch (error) {
          if (!(error instanceof Crash)) throw error;
          this.crashes += 1;
          this.queue.push(message);
        }
      }
    };
    await Promise.all(Array.from({ length: WORKERS }, work));
  }

  tellOfRecords(): void {
    for (const version of [...this.bench.objects.all("raw")]) this.enqueue({ kind: "object", version });
  }

  async sweep() {
    const options = { now: () => new Date(this.bench.now), wait: async () => undefined, random: () => 0.5 };
    return sweep({
      inbox: "inbox",
      buckets: ["inbox", "raw"],
      arrivals: this.bench.arrivals,
      history: new History(this.bench.ledger, options),
      versions: (bucket) => [...this.bench.objects.all(bucket)],
    });
  }
}

async function run(seed: number, events: number): Promise<Simulation> {
  const simulation = new Simulation(seed);
  simulation.upload(events);
  await simulation.deliver();
  simulation.tellOfRecords();
  await simulation.deliver();
  simulation.crashing = false;
  expect((await simulation.sweep()).failed).toEqual([]);
  simulation.bench.now = MIDNIGHT + 3 * WINDOW_MINUTES * MINUTE;
  expect((await simulation.sweep()).failed).toEqual([]);
  return simulation;
}

/** Ends of a version: what the ledger says became of it. */
const ENDS: ReadonlySet<EventType> = new Set(["PROMOTED", "QUARANTINED", "MANIFEST_MISMATCH", "MANIFEST_MISSING"]);

function judge({ bench, files, unfinished }: Simulation) {
  const events = bench.events();
  const types = new Map<string, EventType[]>();
  for (const { bucket, key, versionId, type } of events) {
    const place = `${bucket} ${key} ${versionId}`;
    types.set(place, [...(types.get(place) ?? []), type]);
  }
  const wrong = files.filter(({ version: { bucket, key, versionId }, end }) => {
    const own = types.get(`${bucket} ${key} ${versionId}`) ?? [];
    const ends = own.filter((type) => ENDS.has(type));
    const received = own.filter((type) => type === "RECEIVED");
    const waited = unfinished.has(`${key} ${versionId}`) || isUnprovable(key, versionId, files, unfinished);
    return received.length !== 1 || ends.length !== 1 || (!waited && ends[0] !== end);
  });
  const versions = [...bench.objects.all("inbox"), ...bench.objects.all("raw")];
  const promoted = events.filter(({ type }) => type === "PROMOTED");
  const destinations = new Set(promoted.map(({ destination }) => `${destination.key} ${destination.versionId}`));
  // Equal texts are read once.
  const read = new Map<string, ReturnType<typeof readEntry>>();
  const readOnce = (text: string) => {
    const known = read.get(text) ?? readEntry(JSON.parse(text), "read");
    read.set(text, known);
    return known;
  };
  const mirror = [...bench.ledger.mirrored.values()].map((text) => readOnce(text).entry);
  const table = [...bench.ledger.chains.keys()].flatMap((vendor) => bench.ledger.entries(vendor));
  const entries = table.map(readOnce);
  const { problems } = verifyChains(
    entries.map(({ entry }) => entry),
    mirror,
    [],
  );
  return {
    wrong,
    reconciled: reconcile(versions, events),
    brokenEntries: [...entries.flatMap((entry) => entry.problems), ...problems],
    recordsWithoutEvent: bench.records().length - destinations.size,
    recordsWithoutMessage: promoted.length - destinations.size,
  };
}

/** Its side file's upload was never called completed. */
function isUnprovable(key: string, _id: string, files: readonly File[], unfinished: ReadonlySet<string>): boolean {
  return sideFileStates(files, unfinished).get(`${key}.sha256`) === true;
}

let states: { readonly of: readonly File[]; readonly lost: Map<string, boolean> } | undefined;

function sideFileStates(files: readonly File[], unfinished: ReadonlySet<string>): ReadonlyMap<string, boolean> {
  if (states?.of !== files) {
    const lost = new Map(files.map(({ version: { key, versionId } }) => [key, unfinished.has(`${key} ${versionId}`)]));
    states = { of: files, lost };
  }
  return states.lost;
}

test(`${EVENTS} events, shuffled, doubled, lost and broken off, leave one chain of events a version and one record`, async () => {
  const sum = { delivered: 0, doubled: 0, lost: 0, crashes: 0, versions: 0 };
  for (let seed = 1; sum.delivered < EVENTS; seed += 1) {
    const simulation = await run(seed, A_RUN);
    const { delivered, doubled, lost, crashes, files } = simulation;
    for (const [name, more] of Object.entries({ delivered, doubled, lost, crashes, versions: files.length }))
      sum[name as keyof typeof sum] += more;
    expect(judge(simulation)).toEqual({
      wrong: [],
      reconciled: { unledgered: [], missing: [] },
      brokenEntries: [],
      recordsWithoutEvent: 0,
      recordsWithoutMessage: 0,
    });
  }
  const { delivered, doubled, lost, crashes, versions } = sum;
  process.stdout.write(
    `simulation: ${delivered} events (${doubled} doubled, ${lost} lost, ${crashes} broken off) of ${versions} versions: one chain of events each, none missing after reconciliation\n`,
  );
  // A simulation in which nothing goes wrong would prove little.
  expect([doubled > delivered / 10, lost > 0, crashes > 0]).toEqual([true, true, true]);
}, 7_200_000);

test("the sweep finds a trial that is too large, and leaves the others alone", async () => {
  const bench = new Bench();
  const place = "/clinical/inbound/test/acme/";
  const [large] = [bench.put(`${place}large`, "x".repeat(11)), bench.put(`${place}small`, "x")];
  const options = { now: () => new Date(bench.now), wait: async () => undefined, random: () => 0.5 };
  const history = new History(bench.ledger, options);
  const versions = (bucket: string) => [...bench.objects.all(bucket)];
  const swept = await sweep({ inbox: "inbox", buckets: ["inbox", "raw"], arrivals: bench.arrivals, history, versions });
  expect([swept, bench.typesOf(large), bench.events().length]).toEqual([
    { chains: new Set(["acme"]), unledgered: [], failed: [] },
    ["QUARANTINED"],
    1,
  ]);
});

test("the sweep names the chain of a vendor of whom nothing is expected, so that the root of the day holds its end", async () => {
  const bench = new Bench();
  bench.put("/clinical/inbound/raw/stranger/st-101/x.csv");
  bench.put("/elsewhere/x.csv");
  const options = { now: () => new Date(bench.now), wait: async () => undefined, random: () => 0.5 };
  const history = new History(bench.ledger, options);
  const versions = (bucket: string) => [...bench.objects.all(bucket)];
  const { chains } = await sweep({ inbox: "inbox", buckets: ["inbox"], arrivals: bench.arrivals, history, versions });
  expect([...chains].sort()).toEqual(["_unattributed", "stranger"]);
});

test("a version that no message told of is found unledgered and recorded, one that is gone is missing", async () => {
  const bench = new Bench();
  const version = bench.put("lab.csv");
  const gone = { ...delivery, bucket: "inbox", key: `${FOLDER}gone`, versionId: "v9" };
  const received = { type: "RECEIVED", ...gone } as never;
  expect(reconcile([version], [received])).toEqual({
    unledgered: [version],
    missing: [{ bucket: "inbox", key: `${FOLDER}gone`, versionId: "v9" }],
  });
});
