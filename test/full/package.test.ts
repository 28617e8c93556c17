// SPDX-License-Identifier: Apache-2.0
import { execFileSync, spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import ts from "typescript";

const root = path.join(__dirname, "..", "..");
let project: string;

const PEERS = ["cdktf", "constructs", "@cdktf/provider-aws"];

/** What the build and `files` of package.json read of this checkout. */
const SOURCES = [
  ...["docs", "modules", "policies", "stacks", "validation"],
  ...["package.json", "tsconfig.json", "tsconfig.build.json", "README.md", "CHANGELOG.md", "LICENSE"],
];

/** Packs a copy of the sources, so that `prepare` builds all of `dist` anew and nothing of an earlier build is in it. */
function pack(): string {
  const copy = path.join(project, "checkout");
  for (const name of SOURCES) fs.cpSync(path.join(root, name), path.join(copy, name), { recursive: true });
  fs.symlinkSync(path.join(root, "node_modules"), path.join(copy, "node_modules"));
  const printed = execFileSync("npm", ["pack", "--silent", "--pack-destination", project], {
    cwd: copy,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
    timeout: 900_000,
  });
  return printed.trim().split("\n").pop()!;
}

/** An empty project with the packed tarball and its dependencies; the peers are links to this checkout's, to spare their 400 MB. */
beforeAll(() => {
  project = fs.mkdtempSync(path.join(os.tmpdir(), "part11-"));
  fs.writeFileSync(path.join(project, "package.json"), JSON.stringify({ name: "empty", private: true }));
  const install = ["install", `./${pack()}`, "--legacy-peer-deps", "--prefer-offline", "--no-audit", "--no-fund"];
  execFileSync("npm", [...install, "--silent"], { cwd: project, stdio: "ignore", timeout: 900_000 });
  for (const peer of PEERS) {
    const link = path.join(project, "node_modules", peer);
    fs.mkdirSync(path.dirname(link), { recursive: true });
    fs.symlinkSync(path.join(root, "node_modules", peer), link);
  }
}, 1_900_000);

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
  receiving: { codeBucketName: "acme-code-111122223333", deliveries: [] },
});
app.synth();
`;

test("a user synthesizes the landing zone from the installed package", () => {
  fs.writeFileSync(path.join(project, "app.js"), app);
  execFileSync(process.execPath, ["app.js"], { cwd: project });
  const synth = fs.readFileSync(path.join(project, "out", "stacks", "zone", "cdk.tf.json"), "utf8");
  expect(Object.keys((JSON.parse(synth) as { resource: object }).resource)).toContain("aws_cloudtrail");
});

const README_EXAMPLE = /```ts\n([\s\S]*?)```/.exec(fs.readFileSync(path.join(root, "README.md"), "utf8"))![1]!;

test("the README's example, installed like this, synthesizes", () => {
  const source = ts.transpile(README_EXAMPLE, { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 });
  fs.writeFileSync(path.join(project, "readme.js"), source);
  execFileSync(process.execPath, ["readme.js"], { cwd: project });
  const synth = fs.readFileSync(path.join(project, "cdktf.out", "stacks", "records", "cdk.tf.json"), "utf8");
  const { resource } = JSON.parse(synth) as { resource: object };
  expect(Object.keys(resource)).toContain("aws_s3_bucket_object_lock_configuration");
});

const zone = (props: string) => `import { ClinicalLandingZone, type ClinicalLandingZoneProps } from "cdktf-part11";
import type { Construct } from "constructs";
export const zone = (scope: Construct, props: ClinicalLandingZoneProps) => new ClinicalLandingZone(scope, "Zone", ${props});
`;

/** What a strict tsc says of files in the project, declarations of the package included; one run, since it reads them all. */
function compiled(files: Readonly<Record<string, string>>): (name: string) => readonly string[] {
  for (const [name, source] of Object.entries(files)) fs.writeFileSync(path.join(project, name), source);
  const compilerOptions = { strict: true, noEmit: true, target: "es2022", module: "commonjs", types: [] };
  fs.writeFileSync(path.join(project, "tsconfig.json"), JSON.stringify({ compilerOptions, files: Object.keys(files) }));
  const tsc = [require.resolve("typescript/bin/tsc"), "-p", "."];
  const { stdout } = spawnSync(process.execPath, tsc, { cwd: project, encoding: "utf8" });
  const lines = stdout.split("\n").filter((line) => line !== "");
  const elsewhere = lines.filter((line) => !Object.keys(files).some((name) => line.startsWith(`${name}(`)));
  return (name) => [...elsewhere, ...lines.filter((line) => line.startsWith(`${name}(`))];
}

describe("a user's TypeScript, strict, against the declarations of the installed package", () => {
  let said: (name: string) => readonly string[];
  beforeAll(() => {
    const wrong = zone("{ ...props, retention: undefined }");
    said = compiled({ "app.ts": zone("props"), "readme.ts": README_EXAMPLE, "wrong.ts": wrong });
  });

  test.each(["app.ts", "readme.ts"])("compiles: %s", (name) => {
    expect(said(name)).toEqual([]);
  });

  test("does not compile for a landing zone without its retention", () => {
    expect(said("wrong.ts")).toEqual([
      expect.stringMatching(/^wrong\.ts\(3,\d+\): error TS\d+: .* not assignable to type 'Retention'\.$/),
    ]);
  });
});

test("the peer ranges admit the versions that are installed here", () => {
  const { stdout } = spawnSync("npm", ["ls", ...PEERS, "--json"], { cwd: project, encoding: "utf8" });
  const found = JSON.parse(stdout).dependencies["cdktf-part11"].dependencies;
  const versions = PEERS.map((peer) => {
    const { version } = JSON.parse(fs.readFileSync(path.join(root, "node_modules", peer, "package.json"), "utf8"));
    return [peer, expect.objectContaining({ version })];
  });
  expect(found).toMatchObject(Object.fromEntries(versions));
  expect(PEERS.filter((peer) => "invalid" in found[peer])).toEqual([]);
});

test("npx part11 gate judges a plan there, with the policies of the package", () => {
  const golden = path.join(root, "test", "golden", "production");
  const files = [
    "--plan",
    "plan.json",
    "--synth",
    "cdk.tf.json",
    "--lock",
    ".terraform.lock.hcl",
    "--settings",
    "part11.yaml",
  ];
  const args = files.map((arg) => (arg.startsWith("--") ? arg : path.join(golden, arg)));
  const command = ["part11", "gate", ...args, "--environment", "production", "--format", "json"];
  const { status, stdout } = spawnSync("npx", command, { cwd: project, encoding: "utf8" });
  expect(status).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ verdict: "pass" });
});
