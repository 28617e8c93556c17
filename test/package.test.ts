// SPDX-License-Identifier: Apache-2.0
import { execFileSync, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

const root = path.join(__dirname, "..");
let project: string;

/** An empty project with the packed tarball; the peers are this checkout's own, to spare their download. */
beforeAll(() => {
  project = fs.mkdtempSync(path.join(os.tmpdir(), "part11-package-"));
  const packed = execFileSync("npm", ["pack", "--silent", "--pack-destination", project], {
    cwd: root,
    encoding: "utf8",
  });
  const manifest = {
    name: "empty",
    private: true,
    dependencies: { "cdktf-part11": `file:./${packed.trim().split("\n").pop()}` },
    overrides: Object.fromEntries(
      ["cdktf", "constructs", "@cdktf/provider-aws"].map((peer) => [peer, installed(peer)]),
    ),
  };
  fs.writeFileSync(path.join(project, "package.json"), JSON.stringify(manifest));
  execFileSync("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", "--silent"], { cwd: project });
}, 300_000);

afterAll(() => fs.rmSync(project, { recursive: true, force: true }));

function installed(peer: string): string {
  return (
    JSON.parse(fs.readFileSync(path.join(root, "node_modules", peer, "package.json"), "utf8")) as { version: string }
  ).version;
}

const app = `
const { App, TerraformStack } = require("cdktf");
const { AwsProvider } = require("@cdktf/provider-aws/lib/provider");
const { ClinicalLandingZone, Retention } = require("cdktf-part11");
const app = new App({ outdir: "out" });
const stack = new TerraformStack(app, "zone");
new AwsProvider(stack, "aws", { region: "eu-central-1" });
const replicaProvider = new AwsProvider(stack, "replica", { alias: "replica", region: "eu-west-1" });
const arn = (name) => "arn:aws:iam::111122223333:role/" + name;
const told = [{ protocol: "email", endpoint: "on-call@example.org" }];
new ClinicalLandingZone(stack, "Zone", {
  env: { partition: "aws", accountId: "111122223333", region: "eu-central-1" },
  replicaRegion: "eu-west-1", replicaProvider, namePrefix: "acme",
  identity: { systemId: "LZ", owner: "office", changeRef: "CHG-1", environment: "production", dataType: "clinical-trial", recordClass: "clinical" },
  retention: Retention.compliance({ years: 7 }), inboxRetention: Retention.compliance({ days: 7 }),
  administratorArns: [arn("deployer")], writers: [{ name: "lab", vendor: "lab", trustedBy: [arn("app")] }],
  inspectorTrustedBy: [arn("qa")], custodianTrustedBy: [arn("records")], highSubscribers: told, lowSubscribers: told,
});
app.synth();
`;

test("a user synthesizes the landing zone from the installed package", () => {
  fs.writeFileSync(path.join(project, "app.js"), app);
  execFileSync(process.execPath, ["app.js"], { cwd: project });
  const synth = fs.readFileSync(path.join(project, "out", "stacks", "zone", "cdk.tf.json"), "utf8");
  expect(Object.keys((JSON.parse(synth) as { resource: object }).resource)).toContain("aws_cloudtrail");
});

test("npx part11 gate judges a plan there, with the policies of the package", () => {
  const golden = path.join(root, "test", "golden", "production");
  const files = ["--plan", "plan.json", "--synth", "cdk.tf.json", "--lock", ".terraform.lock.hcl"];
  const args = files.map((arg) => (arg.startsWith("--") ? arg : path.join(golden, arg)));
  const command = ["part11", "gate", ...args, "--environment", "production", "--format", "json"];
  const { status, stdout, stderr } = spawnSync("npx", command, { cwd: project, encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  expect(JSON.parse(stdout)).toMatchObject({ verdict: "pass" });
});
