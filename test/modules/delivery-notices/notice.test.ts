// SPDX-License-Identifier: Apache-2.0
import { messageOf, type Notice } from "../../../modules/delivery-notices/notice";

const RECEIPT: Notice = {
  status: "RECEIVED",
  vendor: "acme",
  study: "st-101",
  facts: {
    file: "lab.csv",
    version: "v1",
    bytes: 5,
    sha256: "a".repeat(64),
    received: "2026-11-22T00:00:00Z",
    reason: undefined,
  },
};

test("a receipt is lines that people read", () => {
  expect(JSON.parse(messageOf(RECEIPT).body).email).toBe(
    `status     RECEIVED
vendor     acme
study      st-101
file       lab.csv
version    v1
bytes      5
sha256     ${"a".repeat(64)}
received   2026-11-22T00:00:00Z

The SHA-256 is of all bytes received. If it is not that of your file, send the file again.
`,
  );
});

test("programs get the same as JSON", () => {
  const { facts, ...rest } = RECEIPT;
  const { reason, ...told } = facts;
  expect([reason, JSON.parse(JSON.parse(messageOf(RECEIPT).body).default)]).toEqual([
    undefined,
    { schemaVersion: 1, ...rest, ...told },
  ]);
});

test("vendor, study and status are attributes", () => {
  expect(messageOf(RECEIPT).attributes).toEqual({ vendor: "acme", study: "st-101", status: "RECEIVED" });
});

test("a name cannot break out of its line nor turn it, and is not in the subject", () => {
  const { subject, body } = messageOf({ ...RECEIPT, facts: { file: "a\nstatus PROMOTED\u202efdp.csv\u2028" } });
  expect(JSON.parse(body).email).toContain("file       a\\u{a}status PROMOTED\\u{202e}fdp.csv\\u{2028}\n");
  expect(subject).toBe("acme st-101: RECEIVED");
});
