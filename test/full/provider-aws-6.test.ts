// SPDX-License-Identifier: Apache-2.0
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { loadSidecar } from "../../validation/gate";
import { packageRoot } from "../../validation/package-root";

/** Last release of the bindings; they were generated from hashicorp/aws 6.25.0. */
const BINDINGS = "@cdktf/provider-aws@21.22.1";
/** Arguments of Terraform, not of the provider. */
const META_ARGUMENTS = new Set(["lifecycle"]);

const root = packageRoot();
let project: string;
let compiled: { readonly status: number | null; readonly stdout: string };

/** Modules and stacks in a project of their own with the other bindings; what else they import is this checkout's. */
beforeAll(() => {
  project = fs.mkdtempSync(path.join(os.tmpdir(), "part11-aws6-"));
  const { devDependencies } = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8"));
  write("package.json", { private: true });
  const wanted = [BINDINGS, ...["cdktf", "constructs"].map((name) => `${name}@${devDependencies[name]}`)];
  const installed = run("npm", [
    "install",
    "--ignore-scripts",
    "--prefer-offline",
    "--no-audit",
    "--no-fund",
    ...wanted,
  ]);
  if (installed.status !== 0) throw new Error(`npm could not install ${BINDINGS}: ${installed.stderr}`);
  for (const name of fs.readdirSync(path.join(root, "node_modules"))) link(name);
  for (const folder of ["modules", "stacks", "validation/schema", "dist/handlers"])
    fs.cpSync(path.join(root, folder), path.join(project, folder), { recursive: true });
  const compilerOptions = { noEmit: false, outDir: ".", rootDir: ".", types: ["node"] };
  write("tsconfig.json", {
    extends: path.join(root, "tsconfig.json"),
    compilerOptions,
    include: ["modules", "stacks"],
  });
  compiled = run(process.execPath, [require.resolve("typescript/bin/tsc"), "-p", "."]);
}, 900_000);

afterAll(() => fs.rmSync(project, { recursive: true, force: true }));

function run(command: string, args: readonly string[], env: NodeJS.ProcessEnv = {}) {
  return spawnSync(command, args, { cwd: project, env: { ...process.env, ...env }, encoding: "utf8" });
}

function write(name: string, value: object): void {
  fs.writeFileSync(path.join(project, name), JSON.stringify(value));
}

/** Links a package of this checkout unless the project has its own; a scope is a folder of packages. */
function link(name: string): void {
  const own = path.join(project, "node_modules", name);
  const theirs = path.join(root, "node_modules", name);
  if (!fs.existsSync(own)) fs.symlinkSync(theirs, own);
  else if (/^@[^/]+$/.test(name)) for (const each of fs.readdirSync(theirs)) link(`${name}/${each}`);
}

test("the bindings are those of hashicorp/aws 6", () => {
  const manifest = path.join(project, "node_modules", "@cdktf", "provider-aws", "package.json");
  expect(JSON.parse(fs.readFileSync(manifest, "utf8")).cdktf.provider.version).toMatch(/^6\./);
});

test("npm takes them for a version that the peer range of the package admits", () => {
  const { peerDependencies } = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8"));
  write("package.json", {
    private: true,
    dependencies: { "@cdktf/provider-aws": peerDependencies["@cdktf/provider-aws"] },
  });
  const { stdout } = run("npm", ["ls", "@cdktf/provider-aws", "--json"]);
  expect(JSON.parse(stdout).dependencies["@cdktf/provider-aws"]).not.toHaveProperty("invalid");
});

test("modules and stacks compile strictly against them", () => {
  expect(compiled).toMatchObject({ status: 0, stdout: "" });
});

test.each([
  ["production", "clinical-landing-zone"],
  ["qualification", "clinical-landing-zone"],
  ["qualification", "oq-challenge"],
  ["development", "clinical-landing-zone"],
  ["production", "evidence"],
])("the %s stack %s is the same as with hashicorp/aws 5, but for the version of the provider", (environment, stack) => {
  const there = synth(project, environment, [path.join(project, "stacks", "main.js")]);
  const here = synth(root, environment, ["-r", "ts-node/register", "stacks/main.ts"]);
  const text = there(stack).replace(/("version": )"6\.[0-9.]+"/, '$1"5.100.0"');
  expect(there(stack)).not.toBe(text);
  expect(text).toBe(here(stack));
});

/** Synthesizes the app as it stands in a folder; returns the text of a stack. */
function synth(cwd: string, environment: string, args: readonly string[]): (stack: string) => string {
  const outdir = path.join(project, `out-${environment}-${cwd === root ? "here" : "there"}`);
  const context = JSON.stringify({ "part11:environment": environment });
  const env = { ...process.env, CDKTF_OUTDIR: outdir, CDKTF_CONTEXT_JSON: context };
  const { status, stderr } = spawnSync(process.execPath, args, { cwd, env, encoding: "utf8" });
  expect({ status, stderr }).toEqual({ status: 0, stderr: "" });
  return (stack) => fs.readFileSync(path.join(outdir, "stacks", stack, "cdk.tf.json"), "utf8");
}

test("every attribute that a control reads is one of hashicorp/aws 6 too", () => {
  const read = loadSidecar().sidecar.controls.flatMap(({ attributes }) => attributes);
  const missing = read.filter(({ type, path: dotted }) => {
    const segments = dotted.split(".");
    const names = namesOf(type);
    return !META_ARGUMENTS.has(segments[0]!) && !segments.every((name) => names.has(name));
  });
  expect(read.length).toBeGreaterThan(0);
  expect(missing).toEqual([]);
});

const known = new Map<string, ReadonlySet<string>>();

/** Arguments (from the links to their documentation, since jsii renames some) and attributes of a type and its blocks. */
function namesOf(type: string): ReadonlySet<string> {
  const folder = path.join(
    project,
    "node_modules/@cdktf/provider-aws/lib",
    type.replace(/^aws_/, "").replaceAll("_", "-"),
  );
  const names = known.get(type) ?? new Set(declaredIn(folder));
  known.set(type, names);
  return names;
}

function declaredIn(folder: string): readonly string[] {
  const files = fs.readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".d.ts"));
  return files.flatMap((name) => {
    const text = fs.readFileSync(path.join(folder, name), "utf8");
    const attributes = [...text.matchAll(/^\s+get (\w+)\(/gm)].map(([, member]) => snake(member!));
    return [...attributes, ...[...text.matchAll(/#(\w+) /g)].map(([, argument]) => argument!)];
  });
}

function snake(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
