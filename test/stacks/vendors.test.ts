// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { readVendors } from "../../stacks/vendors";
import { EXAMPLE } from "../validation/vendors/example";

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "part11-"));
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

function written(from: string, to: string): string {
  const file = path.join(folder, "vendors.yaml");
  fs.writeFileSync(file, EXAMPLE.replace(from, to));
  return file;
}

describe("the vendors of the stack", () => {
  test("are those of the committed example", () => {
    expect(readVendors().vendors.map(({ id }) => id)).toEqual(["acme", "borealis", "corvid"]);
  });

  test("hold what a login needs and nothing else", () => {
    expect(readVendors().vendors[0]).toEqual({
      id: "acme",
      studies: [{ id: "st-101" }, { id: "st-102" }],
      keys: [
        {
          publicKey: "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEgHJ/WajafexUU9HuPuX79eQhRYUaTpaECgayUFPtgh",
          notBefore: "2026-11-01",
          notAfter: "2027-10-31",
        },
      ],
      cidrs: ["192.0.2.16/28"],
      from: "2026-11-01",
      until: "2028-10-31",
      enabled: true,
    });
  });

  test("hold a key without its comment", () => {
    const { vendors } = readVendors(written("AAAAIEgHJ/WajafexUU9HuPuX79eQhRYUaTpaECgayUFPtgh", "AAAA ann@host"));
    expect(vendors[0]!.keys[0]!.publicKey).toBe("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAA");
  });

  test("are expected to send what is due, blinded or not, finished when the server says so", () => {
    expect(readVendors().deliveries).toEqual([
      {
        vendor: "acme",
        study: "st-101",
        name: "weekly-chemistry",
        files: "LAB_CHEM_{date}.csv",
        sizeBytes: { min: 100, max: 200000000 },
        manifest: "optional",
        sha256File: "required",
        blinding: "blinded",
        finishedBy: "transfer",
        windowMinutes: 720,
        schedule: {
          from: "2026-11-02",
          until: "2028-10-31",
          cadence: { every: "week", on: "monday", at: "06:00" },
          window: { hoursBefore: 24, hoursAfter: 12 },
        },
      },
      {
        vendor: "borealis",
        study: "st-101",
        name: "monthly-reads",
        files: "READS_*.zip",
        sizeBytes: { min: 1000, max: 5000000000 },
        manifest: "required",
        sha256File: "none",
        blinding: "blinded",
        finishedBy: "transfer",
        windowMinutes: 1440,
        schedule: {
          from: "2026-11-15",
          until: "2027-12-31",
          cadence: { every: "month", on: 15, at: "18:00" },
          window: { hoursBefore: 72, hoursAfter: 24 },
        },
      },
      {
        vendor: "corvid",
        study: "st-101",
        name: "randomisation-list",
        files: "RAND_*.csv",
        sizeBytes: { min: 100, max: 50000000 },
        manifest: "required",
        sha256File: "required",
        blinding: "unblinded",
        finishedBy: "transfer",
        windowMinutes: 2880,
        schedule: {
          from: "2026-12-01",
          until: "2027-06-30",
          cadence: { every: "once", at: "12:00" },
          window: { hoursBefore: 72, hoursAfter: 48 },
        },
      },
    ]);
  });

  test.each([
    ["a shape that is not the schema's", "schemaVersion: 1", "schemaVersion: 2"],
    ["a key of a map twice", "schemaVersion: 1", "schemaVersion: 1\nschemaVersion: 1"],
  ])("are refused with %s", (_, from, to) => {
    expect(() => readVendors(written(from, to))).toThrow(expect.objectContaining({ code: "SETTINGS_INVALID" }));
  });

  test("are taken where every delivery is of the class that the zone's buckets are locked for", () => {
    expect(readVendors(undefined, "clinical").deliveries).toHaveLength(3);
  });

  test("are refused with a delivery of another record class, which the buckets would keep for the wrong time", () => {
    const file = written("recordClass: clinical", "recordClass: tmf");
    const got =
      "expected deliveries of clinical, the record class of the settings, got tmf, of weekly-chemistry from acme";
    expect(() => readVendors(file, "clinical")).toThrow(got);
  });
});
