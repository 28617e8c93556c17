// SPDX-License-Identifier: Apache-2.0
import { History } from "../../../modules/ingest/arrivals/history";
import type { EventFacts, EventType } from "../../../modules/ledger/entry";
import type { Challenge } from "../../../validation/oq/challenge";
import { ODD_ENDINGS, oddNamesChallenges } from "../../../validation/oq/challenges/odd-names";
import { oddRefusedChallenges } from "../../../validation/oq/challenges/odd-refused";
import { oddRepeatedChallenges } from "../../../validation/oq/challenges/odd-repeated";
import { MemoryObjects } from "../../modules/ingest/memory-objects";
import { FOLDER, InstalledRange, type InstalledRangeOptions, RUN } from "./installed-range";
import { ownClock } from "./patience";

jest.mock("node:timers/promises", () => jest.requireActual("./patience").noWaiting);

beforeEach(ownClock);
afterEach(() => {
  jest.useRealTimers();
  jest.restoreAllMocks();
});

const [names] = oddNamesChallenges as [Challenge];
const [refused] = oddRefusedChallenges as [Challenge];
const [repeated] = oddRepeatedChallenges as [Challenge];

const run = (challenge: Challenge, options: InstalledRangeOptions = {}) =>
  challenge.run(new InstalledRange(options).range);

/** Records are put with other bytes, or under other keys. */
function records(bytes: (content: string) => string, place: (key: string) => string = (key) => key): void {
  const put = MemoryObjects.prototype.put;
  jest.spyOn(MemoryObjects.prototype, "put").mockImplementation(function (this: MemoryObjects, ...args) {
    const [bucket, key, content, ...of] = args;
    return bucket === "raw" ? put.call(this, bucket, place(key), bytes(content), ...of) : put.apply(this, args);
  });
}

/** The ledger is told something else. */
function recorded(type: EventType, change: (facts: EventFacts) => EventFacts | "never"): void {
  const record = History.prototype.record;
  jest.spyOn(History.prototype, "record").mockImplementation(async function (this: History, as, version, facts) {
    const changed = as === type ? change(facts) : facts;
    return changed === "never" ? (undefined as never) : record.call(this, as, version, changed);
  });
}

describe("odd names", () => {
  it("become records as the ingest that is installed takes them", async () => {
    const seen = await run(names);
    expect(seen).toMatchObject({ result: "PASS", actual: expect.stringMatching(/^11 of 11 with one chain/) });
    expect(seen.observed).toMatchObject({ files: expect.any(Array), placed: expect.any(Array) });
  });

  it("are names that decoding, encoding or composing would make one of", () => {
    const endings = Object.values(ODD_ENDINGS);
    const distinct = (of: (name: string) => string) => new Set(endings.map(of)).size;
    expect(distinct((name) => name)).toBe(endings.length);
    expect(distinct((name) => name.replaceAll("+", " "))).toBeLessThan(endings.length);
    expect(distinct((name) => name.replaceAll("%20", " "))).toBeLessThan(endings.length);
    expect(distinct((name) => name.replaceAll("%2B", "+"))).toBeLessThan(endings.length);
    expect(distinct((name) => name.normalize("NFC"))).toBeLessThan(endings.length);
  });

  it.each<[string, (name: string) => string]>([
    ["takes a plus for a space", (name) => name.replaceAll("+", " ")],
    ["decodes a percent sign", (name) => name.replaceAll("%20", " ")],
    ["composes letters", (name) => name.normalize("NFC")],
    ["cuts a name at its question mark", (name) => name.replace(/\?.*/, "")],
  ])("fail where the server %s", async (_, stores) => {
    const seen = await run(names, { stores });
    expect(seen).toMatchObject({ result: "FAIL", actual: expect.stringMatching(/[02] versions in the inbox/) });
  });

  it("fail where a record lies under another name", async () => {
    const other = (key: string) => key.replace("100%.csv", "100%25.csv");
    records((content) => content, other);
    recorded("PROMOTED", ({ destination, ...facts }) => ({
      ...facts,
      destination: { ...destination!, key: other(destination!.key) },
    }));
    expect(await run(names)).toMatchObject({
      result: "FAIL",
      actual: expect.stringMatching(/percent sign alone: record \S+100%25.csv/),
    });
  });

  it("fail where a record has other bytes", async () => {
    records((content) => `${content}\n`);
    expect(await run(names)).toMatchObject({
      result: "FAIL",
      actual: expect.stringContaining("its record is of other bytes"),
    });
  });

  it("fail where a record that nobody sent lies beside the others", async () => {
    const seen = await run(names, {
      afterwards: ({ objects, now }) => {
        const stray = `${FOLDER}2026-11-22/VOLUME_ODD_${RUN}_stray.csv`;
        if (![...objects.all("raw")].some(({ key }) => key === stray)) objects.put("raw", stray, "x", now);
      },
    });
    expect(seen).toMatchObject({
      result: "FAIL",
      actual: expect.stringContaining("a record that no file was promoted to"),
    });
  });

  it("fail where nobody can be named who sent them", async () => {
    recorded("ATTRIBUTED", () => "never");
    const { result, actual } = await run(names);
    expect([result, actual]).toEqual(["FAIL", expect.stringMatching(/^11 departures of 11 files: .*: RECEIVED;/)]);
  });

  it("are written out in the record, which is set in fonts", async () => {
    const { actual } = await run(names, { stores: (name) => (name.includes("\u6cbb") ? "other.csv" : name) });
    expect(actual).toMatch(/\\u\{6cbb\}/);
    expect(actual).toMatch(/^[\x20-\x7e]*$/);
  });
});

describe("what is no file", () => {
  it("is quarantined by the ingest that is installed", async () => {
    expect(await run(refused)).toMatchObject({ result: "PASS", twin: { result: "PASS" } });
  });

  it("fails where the ledger has another hash of it", async () => {
    recorded("RECEIVED", (facts) => (facts.bytes === 0 ? { ...facts, sha256: "0".repeat(64) } : facts));
    expect(await run(refused)).toMatchObject({
      result: "FAIL",
      actual: expect.stringMatching(/^zero bytes: [^;]+; reason is empty; SHA-256 computed 0{64}, sent e3b0c442/),
      twin: { result: "PASS" },
    });
  });

  it("fails where it is refused for another reason", async () => {
    recorded("QUARANTINED", (facts) => ({ ...facts, reason: "is expected by no delivery" }));
    const { result, actual, twin } = await run(refused);
    expect([result, twin?.result]).toEqual(["FAIL", "PASS"]);
    expect(actual).toContain("reason is expected by no delivery");
  });

  it("fails where a record of its name lies in raw", async () => {
    const beside = await run(refused, {
      afterwards: ({ objects, now }, { key, bucket }) => {
        if (bucket === "inbox" && key.endsWith(".filepart"))
          objects.put("raw", `${FOLDER}2026-11-22/${key.split("/").pop()}`, "x", now);
      },
    });
    expect(beside).toMatchObject({
      result: "FAIL",
      actual: expect.stringMatching(/unfinished upload: [^;]+; [^;]+; [^;]+; [12] versions of its name in raw/),
    });
  });

  it("fails where nobody can be named who sent it", async () => {
    recorded("ATTRIBUTED", () => "never");
    expect(await run(refused)).toMatchObject({
      result: "FAIL",
      actual: expect.stringContaining("zero bytes: QUARANTINED, RECEIVED;"),
    });
  });

  it("fails where what is in order does not become a record either", async () => {
    const seen = await run(refused, {
      stores: (name) => (name.endsWith("csv") && name.startsWith("VOLUME_UNFINISHED") ? `${name}.tmp` : name),
    });
    expect(seen).toMatchObject({ result: "FAIL", reason: "what is in order does not become a record either" });
  });
});

describe("a file that is sent again", () => {
  it("supersedes the first in the ingest that is installed", async () => {
    expect(await run(repeated)).toMatchObject({ result: "PASS", twin: { result: "PASS" } });
  });

  it("fails where the ledger names another version as the next", async () => {
    recorded("SUPERSEDED", (facts) => ({ ...facts, supersededBy: "v0" }));
    expect(await run(repeated)).toMatchObject({ result: "FAIL", actual: expect.stringContaining("by version v0") });
  });

  it("fails where the first is not superseded", async () => {
    recorded("SUPERSEDED", () => "never");
    expect(await run(repeated)).toMatchObject({ result: "FAIL", twin: { result: "PASS" } });
  });

  it("fails where a third version came", async () => {
    const seen = await run(repeated, {
      afterwards: ({ objects, now }, { key, bucket }) => {
        const versions = [...objects.all("inbox")].filter((version) => version.key === key).length;
        if (bucket === "inbox" && key.includes("TWICE") && versions === 2) objects.put("inbox", key, "x", now);
      },
    });
    expect(seen).toMatchObject({ result: "FAIL", actual: expect.stringContaining("3 versions") });
  });

  it("fails where a record does not have the bytes that were sent", async () => {
    records((content) => `${content}\n`);
    const { result, actual, twin } = await run(repeated);
    expect([result, twin?.result]).toEqual(["FAIL", "PASS"]);
    expect(actual).toContain("first: ATTRIBUTED, PROMOTED, RECEIVED, SUPERSEDED by version");
  });

  it("fails where what was sent once counts as superseded too", async () => {
    const seen = await run(repeated, {
      afterwards: (bench, { key, versionId, bucket }) => {
        if (bucket === "inbox" && key.endsWith(`/OQ_${RUN}.csv`)) bench.objects.put("inbox", key, versionId, bench.now);
      },
    });
    expect(seen).toMatchObject({ result: "FAIL", reason: "what was sent once counts as superseded as well" });
  });
});
