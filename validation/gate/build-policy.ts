// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { Part11Error } from "../error";
import { assertSchema, digestOf, parseStrict, sha256Hex } from "../json";
import { packageRoot } from "../package-root";
import { ensureOpa, OPA_VERSION, runCommand } from "../toolchain";
import { bundleFiles } from "./bundle";
import { controlMetadata, type Inspection } from "./control-metadata";
import type { Sidecar } from "./policy";

/** Names that never enter the wasm: tests, what tests build on, and the rules about rules. */
const IGNORED = ["*_test.rego", "fixture", "conventions"] as const;

/** Relative and fixed: the bytes of the wasm depend on the paths and the options. */
export const BUILD_ARGUMENTS: readonly string[] = [
  ...["build", "--target", "wasm", "--optimize", "0"],
  ...["part", "of_answers", "packages"].flatMap((name) => ["--entrypoint", `part11_main/${name}`]),
  ...["--capabilities", "policies/capabilities.json"],
  ...IGNORED.flatMap((name) => ["--ignore", name]),
  ...["--bundle", "policies"],
];

export interface PolicyBuild {
  /** Folder that holds `policies/`. */
  readonly root: string;
  /** Path of `opa`. */
  readonly opa: string;
  readonly env: NodeJS.ProcessEnv;
}

/** The compiled policies of `root` and the text of their sidecar; nothing is written. */
export async function buildPolicy(build: PolicyBuild): Promise<{ readonly wasm: Buffer; readonly sidecar: string }> {
  const files = await bundle(build);
  const wasm = files.get("/policy.wasm");
  const data = files.get("/data.json");
  if (!wasm) throw refused("policy.wasm in the bundle", "none");
  const inspection = await opa(build, ["inspect", "--annotations", "--format", "json", "policies"]);
  const sidecar: Sidecar = {
    schemaVersion: 1,
    opaVersion: OPA_VERSION,
    sourcesDigest: digestOf(sources(build.root)),
    wasmDigest: sha256Hex(wasm),
    data: data ? (parseStrict(data, "data.json") as Sidecar["data"]) : {},
    controls: controlMetadata(JSON.parse(inspection) as Inspection),
  };
  assertSchema("policy", sidecar, "METADATA");
  return { wasm, sidecar: `${JSON.stringify(sidecar, null, 2)}\n` };
}

/** Compiles the policies of this package into `policies/part11.wasm` and `policies/part11.json`. */
export async function writePolicy(env: NodeJS.ProcessEnv): Promise<string> {
  const root = packageRoot();
  const { path: opaPath } = await ensureOpa({ cwd: root, env });
  const { wasm, sidecar } = await buildPolicy({ root, opa: opaPath, env });
  fs.writeFileSync(path.join(root, "policies", "part11.wasm"), wasm);
  fs.writeFileSync(path.join(root, "policies", "part11.json"), sidecar);
  const count = (JSON.parse(sidecar) as Sidecar).controls.length;
  return `${count} controls in policies/part11.wasm (${wasm.length} bytes, SHA-256 ${sha256Hex(wasm)})`;
}

async function bundle(build: PolicyBuild): Promise<ReadonlyMap<string, Buffer>> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "part11-"));
  try {
    const file = path.join(folder, "bundle.tar.gz");
    await opa(build, [...BUILD_ARGUMENTS, "--output", file]);
    return bundleFiles(fs.readFileSync(file));
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

async function opa({ root, opa, env }: PolicyBuild, args: readonly string[]): Promise<string> {
  const { code, stdout, stderr } = await runCommand(opa, args, { cwd: root, env });
  if (code !== 0) throw refused(`opa ${args[0]} to succeed`, stderr.trim() || stdout.trim() || `exit code ${code}`);
  return stdout;
}

function sources(root: string): readonly { readonly path: string; readonly sha256: string }[] {
  const folder = path.join(root, "policies");
  return fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => name.split(path.sep).join("/"))
    .filter((name) => name.endsWith(".rego") || path.basename(name) === "data.json" || name === "capabilities.json")
    .filter((name) => !name.endsWith("_test.rego") && !name.split("/").some((part) => isIgnored(part)))
    .sort()
    .map((name) => ({ path: `policies/${name}`, sha256: sha256Hex(fs.readFileSync(path.join(folder, name))) }));
}

function isIgnored(name: string): boolean {
  return (IGNORED as readonly string[]).includes(name);
}

function refused(expected: string, got: string): Part11Error {
  return new Part11Error({
    code: "POLICY_BUILD",
    what: "policies not compiled",
    where: "policies",
    expected,
    got,
    todo: "correct the policies and run npm run policy again",
  });
}

if (require.main === module) {
  writePolicy(process.env).then(
    (summary) => process.stdout.write(`${summary}\n`),
    (error: Error) => {
      process.stderr.write(`${error.message}\n`);
      process.exitCode = 2;
    },
  );
}
