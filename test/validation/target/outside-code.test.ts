// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { sha256Hex } from "../../../validation/json";
import { outsideCode } from "../../../validation/target/outside-code";

const CODE = Buffer.from("an archive");
let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "part11-code-"));
  fs.writeFileSync(path.join(folder, "ingest-receive.zip"), CODE);
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

function planned(after: Record<string, unknown> | null, type = "aws_lambda_function") {
  return { resource_changes: [{ address: `${type}.f`, type, change: { after } }] };
}

it("code that a plan takes from a bucket is the archive which the key names by its SHA-256", () => {
  const key = `handlers/ingest/receive/${sha256Hex(CODE)}.zip`;
  expect(outsideCode(planned({ s3_bucket: "code", s3_key: key }), folder)).toEqual([
    { bucket: "code", key, file: path.join(folder, "ingest-receive.zip") },
  ]);
});

it("a key that names no archive is refused with the address of the function", () => {
  const key = `handlers/ingest/receive/${"0".repeat(64)}.zip`;
  expect(() => outsideCode(planned({ s3_bucket: "code", s3_key: key }), folder)).toThrow(
    expect.objectContaining({ code: "HANDLER_MISSING", message: expect.stringContaining("aws_lambda_function.f") }),
  );
});

it.each([
  ["a function that goes", planned(null)],
  ["a function with a file of its own", planned({ filename: "code.zip" })],
  ["another resource", planned({ s3_bucket: "code", s3_key: "x.zip" }, "aws_s3_object")],
])("%s needs no code beside the stack", (_, plan) => {
  expect(outsideCode(plan, folder)).toEqual([]);
});
