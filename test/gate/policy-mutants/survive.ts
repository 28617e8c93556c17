// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { packageRoot } from "../../../validation/package-root";
import { runCommand } from "../../../validation/toolchain";
import { POLICIES } from "./folders";
import type { Mutant } from "./mutants";

/** Mutants that one process of opa tests: most of the time of a process goes into the library. */
const BATCH = 24;

interface TestResult {
  readonly package: string;
  readonly fail?: boolean;
  readonly error?: unknown;
}

/** Ids of the mutants whose own tests all pass. */
export async function surviving(mutants: readonly Mutant[], opa: string): Promise<readonly string[]> {
  const survivors: string[] = [];
  for (let start = 0; start < mutants.length; start += BATCH) {
    survivors.push(...(await survivorsOf(mutants.slice(start, start + BATCH), opa)));
  }
  return survivors.sort();
}

async function survivorsOf(batch: readonly Mutant[], opa: string): Promise<readonly string[]> {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), "part11-mutants-"));
  try {
    fs.copyFileSync(path.join(POLICIES, "data.json"), path.join(root, "data.json"));
    fs.cpSync(path.join(POLICIES, "lib"), path.join(root, "lib"), {
      recursive: true,
      filter: (source) => !source.endsWith("_test.rego"),
    });
    batch.forEach((mutant, index) => {
      writeRenamed(mutant, `m${index}`, root);
    });
    const results = await testResults(opa, root);
    // What does not compile is noticed by `opa check`; which one it is shows when each is tried in a smaller batch.
    if (results === null) return batch.length === 1 ? [] : halves(batch, opa);
    const caught = new Set(results.filter(({ fail, error }) => fail || error).map((result) => ownerOf(result.package)));
    const tested = new Set(results.map((result) => ownerOf(result.package)));
    return batch.filter((_, index) => !caught.has(`m${index}`) || !tested.has(`m${index}`)).map(({ id }) => id);
  } finally {
    fs.rmSync(root, { recursive: true });
  }
}

async function halves(batch: readonly Mutant[], opa: string): Promise<readonly string[]> {
  const middle = batch.length >> 1;
  return [...(await survivorsOf(batch.slice(0, middle), opa)), ...(await survivorsOf(batch.slice(middle), opa))];
}

/** The package under another name, with its tests, so that many mutants of it fit in one process. */
function writeRenamed({ folder, file, text }: Mutant, name: string, root: string): void {
  const renamed = (rego: string) =>
    rego
      .replace(new RegExp(`^package ${folder.package}(_test)?$`, "m"), `package ${name}.${folder.package}$1`)
      .replace(new RegExp(`\\bdata\\.${folder.package}\\b`, "g"), `data.${name}.${folder.package}`);
  fs.mkdirSync(path.join(root, name));
  for (const [other, source] of [...folder.sources, ...folder.tests]) {
    fs.writeFileSync(path.join(root, name, other), renamed(other === file ? text : source));
  }
}

/** Null when the batch does not compile. */
async function testResults(opa: string, root: string): Promise<readonly TestResult[] | null> {
  const { stdout } = await runCommand(opa, ["test", root, "--timeout", "120s", "--format", "json"], {
    cwd: packageRoot(),
    env: process.env,
  });
  const results: unknown = stdout.trim() === "" ? null : JSON.parse(stdout);
  return Array.isArray(results) ? results : null;
}

function ownerOf(name: string): string {
  return name.replace(/^data\./, "").split(".")[0]!;
}
