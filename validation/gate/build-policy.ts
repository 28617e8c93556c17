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
import type { Family, Sidecar } from "./policy";

/** Names that never enter a wasm: tests, what tests build on, and the rules about rules. */
const IGNORED = ["*_test.rego", "fixture", "conventions"] as const;

/** What differs between the policies of this package and house rules. */
const FAMILIES = {
  part11: { entrypoints: ["part11_main/part", "part11_main/of_answers", "part11_main/packages"], other: "house_main" },
  house: { entrypoints: ["house_main/part", "house_main/packages"], other: "main" },
} as const;

/** Relative and fixed: the bytes of the wasm depend on the paths and the options. */
function buildArguments(family: Family): readonly string[] {
  const { entrypoints, other } = FAMILIES[family];
  return [
    ...["build", "--target", "wasm", "--optimize", "0"],
    ...entrypoints.flatMap((name) => ["--entrypoint", name]),
    ...["--capabilities", "policies/capabilities.json"],
    ...[...IGNORED, other].flatMap((name) => ["--ignore", name]),
    ...["--bundle", "policies"],
  ];
}

export interface PolicyBuild {
  /** Folder that holds `policies/`. */
  readonly root: string;
  /** Path of `opa`. */
  readonly opa: string;
  readonly env: NodeJS.ProcessEnv;
  /** Whose controls are compiled. `@default` part11 */
  readonly family?: Family;
}

/** The compiled policies of `root` and the text of their sidecar; nothing is written. */
export async function buildPolicy(build: PolicyBuild): Promise<{ readonly wasm: Buffer; readonly sidecar: string }> {
  const family = build.family ?? "part11";
  const files = await bundle(build, family);
  const wasm = files.get("/policy.wasm");
  const data = files.get("/data.json");
  if (!wasm) throw refused("policy.wasm in the bundle", "none");
  const inspection = await opa(build, ["inspect", "--annotations", "--format", "json", "policies"]);
  const sidecar: Sidecar = {
    schemaVersion: 1,
    opaVersion: OPA_VERSION,
    sourcesDigest: digestOf(sources(build.root, family)),
    wasmDigest: sha256Hex(wasm),
    data: data ? (parseStrict(data, "data.json") as Sidecar["data"]) : {},
    controls: controlMetadata(JSON.parse(inspection) as Inspection, family),
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

async function bundle(build: PolicyBuild, family: Family): Promise<ReadonlyMap<string, Buffer>> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "part11-"));
  try {
    const file = path.join(folder, "bundle.tar.gz");
    await opa(build, [...buildArguments(family), "--output", file]);
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

function sources(root: string, family: Family): readonly { readonly path: string; readonly sha256: string }[] {
  const folder = path.join(root, "policies");
  return fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((name) => name.split(path.sep).join("/"))
    .filter((name) => name.endsWith(".rego") || path.basename(name) === "data.json" || name === "capabilities.json")
    .filter((name) => !name.endsWith("_test.rego") && !name.split("/").some((part) => isIgnored(part, family)))
    .sort()
    .map((name) => ({ path: `policies/${name}`, sha256: sha256Hex(fs.readFileSync(path.join(folder, name))) }));
}

function isIgnored(name: string, family: Family): boolean {
  return (IGNORED as readonly string[]).includes(name) || name === FAMILIES[family].other;
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
