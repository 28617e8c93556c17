// SPDX-License-Identifier: Apache-2.0
import fc from "fast-check";
import { eventLine, takeBatch } from "../../../modules/ingest/arrivals/batch";
import { fits } from "../../../modules/ingest/arrivals/delivery";
import { readMessage } from "../../../modules/ingest/arrivals/message";
import { statements } from "../../../modules/ingest/arrivals/side-file";
import { recorded } from "../../../modules/ledger/entry";
import { sha256Of } from "./bench";

function created(key: string) {
  return {
    source: "aws.s3",
    "detail-type": "Object Created",
    detail: { bucket: { name: "inbox" }, object: { key, "version-id": "v1", size: 3 } },
  };
}

function uploaded(outcome: "Completed" | "Failed", change: object = {}) {
  return {
    source: "aws.transfer",
    "detail-type": `SFTP Server File Upload ${outcome}`,
    detail: {
      username: "acme",
      "server-id": "s-1",
      "session-id": "1",
      "client-ip": "192.0.2.1",
      "file-path": "/inbox/clinical/inbound/raw/acme/abc-1/a b+c%20.csv",
      bytes: 3,
      "start-timestamp": "2026-11-22T00:00:00.5Z",
      "end-timestamp": "2026-11-22T00:00:01Z",
      "status-code": "COMPLETED",
      ...change,
    },
  };
}

test("a key of EventBridge is taken as it is, whatever it holds", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", minLength: 1, maxLength: 50 }), (key) => {
      const version = { bucket: "inbox", key, versionId: "v1" };
      expect(readMessage(JSON.stringify(created(key)))).toEqual({ kind: "object", version });
    }),
    { seed: 17, numRuns: 2000 },
  );
});

test.each(["Completed", "Failed"] as const)("an upload that is %s names bucket, key, session and times", (outcome) => {
  expect(readMessage(JSON.stringify(uploaded(outcome)))).toEqual({
    kind: `upload-${outcome.toLowerCase()}`,
    bucket: "inbox",
    key: "clinical/inbound/raw/acme/abc-1/a b+c%20.csv",
    transfer: {
      server: "s-1",
      session: "1",
      user: "acme",
      clientIp: "192.0.2.1",
      startedAt: "2026-11-22T00:00:00.500Z",
      endedAt: "2026-11-22T00:00:01.000Z",
      bytes: 3,
      status: "COMPLETED",
    },
  });
});

test.each<[unknown, object]>([
  ["PARTIAL_UPLOAD", { failure: "PARTIAL_UPLOAD" }],
  ["part of ARM_1.csv", {}],
  [undefined, {}],
])("the code %j of a failed upload is kept where it is a word", (code, kept) => {
  const { failure } = readMessage(JSON.stringify(uploaded("Failed", { "failure-code": code }))) as { failure?: string };
  expect({ ...(failure === undefined ? {} : { failure }) }).toEqual(kept);
});

test.each<[string, unknown]>([
  ["no JSON", undefined],
  ["a list", []],
  ["an event of another service", { source: "aws.ec2", "detail-type": "Object Created", detail: {} }],
  ["another event of S3", { ...created("k"), "detail-type": "Object Deleted" }],
  ["an event of S3 that another source claims", { ...created("k"), source: "aws.transfer" }],
  ["a lone surrogate in the key", created("\ud800")],
  ["no version", { ...created("k"), detail: { bucket: { name: "b" }, object: { key: "k" } } }],
  ["a path without a key", uploaded("Completed", { "file-path": "/inbox" })],
  ["bytes that are no count", uploaded("Completed", { bytes: -1 })],
  ["no time", uploaded("Completed", { "end-timestamp": "soon" })],
])("%s is no message", (_title, body) => {
  expect(() => readMessage(body === undefined ? "{" : JSON.stringify(body))).toThrow(
    expect.objectContaining({ code: "MESSAGE_UNKNOWN" }),
  );
});

test("poison comes again by itself and holds no other message up", async () => {
  const taken: string[] = [];
  const lines: string[] = [];
  const Records = ["{", JSON.stringify(created("good")), JSON.stringify(created("bad"))].map((body, n) => ({
    messageId: `m${n}`,
    body,
  }));
  const answer = await takeBatch(
    { Records },
    async (message) => {
      if (message.kind !== "object" || message.version.key === "bad") throw new Error("no");
      taken.push(message.version.key);
    },
    (line) => lines.push(line),
  );
  expect([answer.batchItemFailures, taken, lines.length]).toEqual([
    [{ itemIdentifier: "m0" }, { itemIdentifier: "m2" }],
    ["good"],
    2,
  ]);
});

test("the line of a refusal is one that the alarm hears, whatever its key holds", () => {
  const version = { vendor: "acme", bucket: "b", key: "a\nb", versionId: "v" };
  const line = eventLine(recorded({ type: "QUARANTINED", ...version, reason: "r" }, new Date(0)));
  expect([line.startsWith("PART11_REFUSED "), line.includes("\n")]).toEqual([true, false]);
  expect(eventLine(recorded({ type: "PROMOTED", ...version }, new Date(0)))).not.toContain("PART11_REFUSED");
});

test.each<[string, string, boolean]>([
  ["lab*.csv", "lab-1.csv", true],
  ["lab*.csv", "lab/1.csv", false],
  ["lab_{date}.csv", "lab_20261122.csv", true],
  ["lab_{date}.csv", "lab_2026112.csv", false],
  ["*{date}*", "x20261122y", true],
  ["a?c", "a😀c", true],
  ["a?c", "a/c", false],
  ["*a*b*", "xxaxxbxx", true],
  ["*a*b*", "xxbxxaxx", false],
  ["a.c", "abc", false],
  ["", "", true],
  ["a", "ab", false],
])("the pattern %p and the name %p fit: %p", (pattern, name, expected) => {
  expect(fits(pattern, name)).toBe(expected);
});

test("a pattern fits what a regular expression of the same meaning does", () => {
  const part = fc.constantFrom("a", "b", "/", "*", "?", "{date}");
  const name = fc.string({ unit: fc.constantFrom("a", "b", "/", "1"), maxLength: 14 });
  fc.assert(
    fc.property(fc.array(part, { maxLength: 6 }), name, (parts, text) => {
      const meaning: Record<string, string> = { "*": "[^/]*", "?": "[^/]", "{date}": "\\d{8}" };
      const expression = new RegExp(`^${parts.map((one) => meaning[one] ?? one).join("")}$`);
      expect(fits(parts.join(""), text)).toBe(expression.test(text));
    }),
    { seed: 17, numRuns: 3000 },
  );
});

const [one, two] = [sha256Of("1"), sha256Of("2")];

test.each<[string, string, string, Record<string, string> | undefined]>([
  ["a hash alone", "a.csv.sha256", `${one}\n`, { "a.csv": one }],
  ["a hash in capitals", "a.csv.sha256", one.toUpperCase(), { "a.csv": one }],
  ["lines of sha256sum", "SHA256SUMS", `${one}  a b.csv\r\n${two} *./c.csv\n`, { "a b.csv": one, "c.csv": two }],
  ["a byte order mark", "a.csv.sha256", `\ufeff${one}  a.csv`, { "a.csv": one }],
  ["a hash alone in a manifest", "manifest.sha256", one, undefined],
  ["two hashes of one name", "SHA256SUMS", `${one}  a\n${two}  a`, undefined],
  ["a line that says nothing", "SHA256SUMS", `${one}  a\nhello`, undefined],
  ["nothing", "SHA256SUMS", "\n", undefined],
])("a side file with %s states what it should", (_title, name, text, expected) => {
  const stated = statements(name, text);
  expect(stated && Object.fromEntries(stated)).toEqual(expected);
});
