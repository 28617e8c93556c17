// SPDX-License-Identifier: Apache-2.0
import { execFileSync, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

const root = path.join(__dirname, "..");
let project: string;

const PEERS = ["cdktf", "constructs", "@cdktf/provider-aws"];

/** An empty project with the packed tarball and its dependencies; the peers are links to this checkout's, to spare their 400 MB. */
beforeAll(() => {
  project = fs.mkdtempSync(path.join(os.tmpdir(), "part11-package-"));
  const pack = ["pack", "--silent", "--ignore-scripts", "--pack-destination", project];
  const packed = execFileSync("npm", pack, { cwd: root, encoding: "utf8" }).trim().split("\n").pop()!;
  fs.writeFileSync(path.join(project, "package.json"), JSON.stringify({ name: "empty", private: true }));
  const install = [
    "install",
    `./${packed}`,
    "--legacy-peer-deps",
    "--prefer-offline",
    "--no-audit",
    "--no-fund",
    "--silent",
  ];
  execFileSync("npm", install, { cwd: project, stdio: "ignore", timeout: 240_000 });
  for (const peer of PEERS) {
    const link = path.join(project, "node_modules", peer);
    fs.mkdirSync(path.dirname(link), { recursive: true });
    fs.symlinkSync(path.join(root, "node_modules", peer), link);
  }
}, 300_000);

afterAll(() => fs.rmSync(project, { recursive: true, force: true }));

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
  const { status, stdout } = spawnSync("npx", command, { cwd: project, encoding: "utf8" });
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ verdict: "pass" });
});
