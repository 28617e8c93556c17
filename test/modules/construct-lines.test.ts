// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { App, TerraformStack } from "cdktf";
import { Node } from "constructs";
import { recordConstructLines } from "../../modules";

const { addMetadata } = Node.prototype;
afterEach(() => {
  Node.prototype.addMetadata = addMetadata;
});

const outdir = fs.mkdtempSync(path.join(os.tmpdir(), "part11-"));
afterAll(() => fs.rmSync(outdir, { recursive: true }));

function traceOfABucket(): readonly string[] | undefined {
  const app = new App({ outdir });
  const stack = new TerraformStack(app, "test");
  new AwsProvider(stack, "aws", { region: "eu-central-1" });
  new S3Bucket(stack, "bucket"); // the line
  app.synth();
  const synth = JSON.parse(fs.readFileSync(path.join(outdir, "stacks", "test", "cdk.tf.json"), "utf8"));
  return synth.resource.aws_s3_bucket.bucket["//"].metadata.stackTrace;
}

const ROOT = path.join(__dirname, "..", "..");
const LINE =
  fs
    .readFileSync(__filename, "utf8")
    .split("\n")
    .findIndex((line) => line.endsWith("// the line")) + 1;

test("cdktf records no trace by itself", () => {
  expect(traceOfABucket()).toBeUndefined();
});

test("a construct has the line of the code that made it first, relative to the repository", () => {
  recordConstructLines(ROOT);
  expect(traceOfABucket()![0]).toMatch(new RegExp(`^test/modules/construct-lines\\.test\\.ts:${LINE}:\\d+$`));
});

test("no frame names an installed package or a folder of this machine", () => {
  recordConstructLines(ROOT);
  expect(traceOfABucket()!.filter((frame) => /node_modules|^[/.]|^\w+:/.test(frame))).toEqual([]);
});

test("a construct made by no code of the repository has no trace", () => {
  recordConstructLines(path.join(ROOT, "docs"));
  expect(traceOfABucket()).toBeUndefined();
});
