// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { placesOf } from "../../../../validation/gate";
import { sha256Hex } from "../../../../validation/json";
import { removeTemporaryFolders, temporaryFolder } from "../../plan/fixture-app/project";
import { FAILED } from "./sample";

afterAll(removeTemporaryFolders);

const SYNTH = {
  data: { aws_caller_identity: { me: {} } },
  module: { store: { source: "./store" } },
  resource: {
    aws_s3_bucket: {
      raw: { bucket: "raw", "//": { metadata: { path: "zone/raw" } } },
      "od\u0064": { bucket: "}{" },
    },
  },
  terraform: {},
};

function places(synth: unknown, { digest, root = "." }: { digest?: string; root?: string } = {}) {
  const cwd = temporaryFolder();
  const text = typeof synth === "string" ? synth : JSON.stringify(synth, null, 2);
  fs.mkdirSync(path.join(cwd, "out"));
  fs.writeFileSync(path.join(cwd, "out", "cdk.tf.json"), text);
  const decided = { ...FAILED, digests: { ...FAILED.digests, synth: digest ?? sha256Hex(Buffer.from(text)) } };
  const files = { plan: "plan.json", synth: "out/cdk.tf.json", maxBytes: 1_000_000 };
  return placesOf(files, decided, cwd, path.resolve(cwd, root));
}

const LINES = JSON.stringify(SYNTH, null, 2).split("\n");
const lineOf = (part: string) => LINES.findIndex((line) => line.includes(part)) + 1;

describe("the place of a finding is", () => {
  it.each([
    ["aws_s3_bucket.raw", '"raw": {'],
    ["aws_s3_bucket.raw[0]", '"raw": {'],
    ['aws_s3_bucket.raw["a.b"]', '"raw": {'],
    ["aws_s3_bucket.odd", '"odd": {'],
    ["data.aws_caller_identity.me", '"me": {'],
    ["module.store.aws_s3_bucket.raw", '"store": {'],
    ['module.store["x"].module.inner.aws_s3_bucket.raw', '"store": {'],
  ])("for %s the line of its block in the synth", (address, part) => {
    expect(places(SYNTH)({ address })).toEqual({ file: "out/cdk.tf.json", line: lineOf(part) });
  });

  it.each(["plan", "", "provider.aws", "aws_s3_bucket.absent", "resource.aws_s3_bucket"])(
    "for %j, which the synth does not hold, the plan",
    (address) => {
      expect(places(SYNTH)({ address })).toEqual({ file: "plan.json", line: 1 });
    },
  );

  it("the plan when the synth is no longer the one that was judged", () => {
    expect(places(SYNTH, { digest: "0".repeat(64) })({ address: "aws_s3_bucket.raw" }).file).toBe("plan.json");
  });

  it("the plan without a synth, stdin by that name", () => {
    const files = { plan: "-", maxBytes: 1 };
    expect(placesOf(files, FAILED, "/", "/")({ address: "aws_s3_bucket.raw" })).toEqual({ file: "stdin", line: 1 });
  });

  it("named without the folders that lie outside the repository", () => {
    const files = { plan: "../elsewhere/plan.json", maxBytes: 1 };
    expect(placesOf(files, FAILED, "/repo/a", "/repo/a")({ address: "x" }).file).toBe("plan.json");
    expect(placesOf(files, FAILED, "/repo/a", "/repo")({ address: "x" }).file).toBe("elsewhere/plan.json");
  });
});

describe("with a stack trace in the synth the place is", () => {
  const traced = (stackTrace: unknown) => ({
    resource: { aws_s3_bucket: { raw: { "//": { metadata: { path: "zone/raw", stackTrace } } } } },
    terraform: {},
  });
  const at = (root: string, stackTrace: unknown) =>
    places(traced(stackTrace), { root })({ address: "aws_s3_bucket.raw" });

  it.each([
    [
      "the first frame of the user's own code",
      ["new S3Bucket (/repo/node_modules/a/b.js:1:2)", "new Raw (/repo/lib/raw.ts:12:5)", "main (/repo/main.ts:3:1)"],
      "lib/raw.ts",
      12,
    ],
    ["a frame without a function", ["/repo/main.ts:3:1"], "main.ts", 3],
    ["a frame that is relative, as recordConstructLines writes it", ["lib/raw.ts:7:5", "main.ts:1:1"], "lib/raw.ts", 7],
    ["a frame of a module", ["file:///repo/main.mts:9:1"], "main.mts", 9],
    ["a frame as an error prints it", ["    at Object.<anonymous> (/repo/main.ts:4:1)"], "main.ts", 4],
  ])("%s", (_, trace, file, line) => {
    expect(at("/repo", trace)).toEqual({ file, line });
  });

  it.each([
    ["of another folder", ["f (/elsewhere/main.ts:1:1)"]],
    ["that leads out of the repository", ["f (/repo/../etc/main.ts:1:1)"]],
    ["of Node", ["f (node:internal/main.js:1:1)", "f (/repo/node_modules/x/a.ts:1:1)"]],
    ["without a line", ["f (/repo/main.ts)", "f (/repo/main.ts:0:1)", "f (/repo/main.ts:99999999999:1)"]],
    ["of no source file", ["f (/repo/main.sh:1:1)"]],
    ["that is no text", [1, null, {}]],
    ["in a trace that is no list", "f (/repo/main.ts:1:1)"],
  ])("the synth for a frame %s", (_, trace) => {
    expect(at("/repo", trace).file).toMatch(/cdk\.tf\.json$/);
  });
});
