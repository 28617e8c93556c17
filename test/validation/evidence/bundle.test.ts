// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { Bundle, ephemeralSealKey, verifyBundle } from "../../../validation/evidence";
import { isBundlePath } from "../../../validation/evidence/layout";
import { renderReport } from "../../../validation/report";
import { COMMITMENTS, IQ, OQ, sampleRun, steppingClock } from "./sample-run";
import { temporaryFolder } from "./temporary-folder";

const temporary = temporaryFolder();
const folder = (name: string) => path.join(temporary.path, name);
afterAll(() => temporary.remove());

const filesBelow = (root: string) =>
  (fs.readdirSync(root, { recursive: true }) as string[])
    .filter((name) => fs.statSync(path.join(root, name)).isFile())
    .sort();

describe("Bundle", () => {
  it("gives the same bytes for the same run, key apart", () => {
    sampleRun(folder("first"));
    sampleRun(folder("second"));
    const different = filesBelow(folder("first")).filter(
      (name) =>
        !fs.readFileSync(path.join(folder("first"), name)).equals(fs.readFileSync(path.join(folder("second"), name))),
    );
    expect(different).toEqual(["seal.json", "seal.pub.pem"]);
  });

  it("refuses committed findings without the reason why they are intended", () => {
    const plans = COMMITMENTS.plans.map(({ reason: _, ...plan }) => plan);
    expect(() => Bundle.create(folder("reasonless"), { ...COMMITMENTS, plans }, steppingClock())).toThrow(
      expect.objectContaining({ code: "SCHEMA_MISMATCH" }),
    );
  });

  it("names what a broken off run left, so that it verifies and is not complete", () => {
    const bundle = Bundle.create(folder("left"), COMMITMENTS, steppingClock());
    bundle.journal.append("run-error", { during: "installation qualification", code: "INTERNAL", message: "x" });
    bundle.addFile("iq/left.json", "{}");
    const { status } = bundle.close({ outcome: "stopped", render: renderReport });
    expect([status, verifyBundle(folder("left"))]).toMatchObject(["INCOMPLETE", { exit: 3, problems: [] }]);
  });

  it("holds no private key when the run made one", () => {
    sampleRun(folder("ephemeral"));
    const holding = filesBelow(folder("ephemeral")).filter((name) =>
      fs.readFileSync(path.join(folder("ephemeral"), name), "latin1").includes("PRIVATE KEY"),
    );
    expect(holding).toEqual([]);
  });

  it("refuses a folder that exists", () => {
    fs.mkdirSync(folder("taken"));
    expect(() => Bundle.create(folder("taken"), COMMITMENTS)).toThrow(
      expect.objectContaining({ code: "BUNDLE_EXISTS" }),
    );
  });

  it("refuses commitments that are none", () => {
    const none = { ...COMMITMENTS, plans: [] };
    expect(() => Bundle.create(folder("none"), none)).toThrow(expect.objectContaining({ code: "SCHEMA_MISMATCH" }));
  });

  it.each([
    "journal.jsonl",
    "manifest.json",
    "seal.json",
    "seal.pub.pem",
    "seal.tsr",
    "summary.json",
    "report.html",
    "Manifest.JSON",
  ])("keeps the name %s for itself", (name) => {
    const bundle = Bundle.create(folder(`reserved-${name}`), COMMITMENTS, steppingClock());
    expect(() => bundle.addFile(name, "x")).toThrow(expect.objectContaining({ code: "BUNDLE_EXISTS" }));
    bundle.journal.close();
  });

  it("refuses two names that differ in letter case only", () => {
    const bundle = Bundle.create(folder("case"), COMMITMENTS, steppingClock());
    bundle.addFile("oq/a.json", "x");
    expect(() => bundle.addFile("oq/A.json", "x")).toThrow(expect.objectContaining({ code: "BUNDLE_EXISTS" }));
    bundle.journal.close();
  });

  it("refuses a protocol with a step id that stands twice", () => {
    const bundle = Bundle.create(folder("steps"), COMMITMENTS, steppingClock());
    const twice = { ...OQ, steps: [OQ.steps[0]!, OQ.steps[0]!] };
    expect(() => bundle.fixProtocol(twice)).toThrow(expect.objectContaining({ code: "SCHEMA_MISMATCH" }));
    bundle.journal.close();
  });

  it("says INCOMPLETE, and is intact, for a run that was stopped", () => {
    const summary = sampleRun(folder("stopped"), { outcome: "stopped" });
    expect([summary.status, verifyBundle(folder("stopped")).exit]).toEqual(["INCOMPLETE", 3]);
  });

  it("says INCOMPLETE for a run that recorded nothing but its end", () => {
    const bundle = Bundle.create(folder("nothing"), COMMITMENTS, steppingClock());
    const summary = bundle.close({ outcome: "finished", render: () => "" });
    expect(summary.status).toBe("INCOMPLETE");
  });

  it("says FAILED, and is intact, for a run with a failed step", () => {
    const key = ephemeralSealKey();
    const summary = sampleRun(folder("failed"), {
      key,
      result: (r) => (r.step === "OQ-SHORTEN" ? { ...r, result: "FAIL", reason: "200" } : r),
    });
    expect([summary.status, verifyBundle(folder("failed"), key.publicKey).exit]).toEqual(["FAILED", 0]);
  });

  it("says INCOMPLETE without an OQ protocol", () => {
    const summary = sampleRun(folder("iq-only"), { protocols: [IQ] });
    expect(summary.status).toBe("INCOMPLETE");
  });
});

describe("paths of a bundle", () => {
  it.each(["a", "a/b.json", "OQ-1/2.request.json", "x_y.txt"])("may be %s", (name) => {
    expect(isBundlePath(name)).toBe(true);
  });

  it.each([
    "",
    ".",
    "..",
    "../a",
    "a/../b",
    "/a",
    "a//b",
    "a/",
    "a\\b",
    "c:a",
    "a b",
    ".a",
    "a/.b",
    "-a",
    "a\u0000",
    "\u00e9",
    "CON",
    "a/nul.txt",
    "com1.json",
    "a.",
    "a./b",
    "a?",
    "a*",
    'a"',
    "x".repeat(513),
  ])("may not be %j", (name) => {
    expect(isBundlePath(name)).toBe(false);
  });
});
