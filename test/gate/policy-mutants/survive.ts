// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { packageRoot } from "../../../validation/package-root";
import { runCommand } from "../../../validation/toolchain";
import { POLICIES, type PolicyFolder } from "./folders";
import type { Mutant } from "./mutants";

/** Mutants that one process of opa tests: most of the time of a process goes into the library. */
const BATCH = 24;

interface TestResult {
  readonly package: string;
  readonly fail?: boolean;
  readonly error?: unknown;
}

/** Controls whose tests are asked too when the tests of a library folder notice nothing. */
const WITNESSES = 12;
/** Mutants of the library that one process tests together with their witnesses. */
const SMALL_BATCH = 4;

/**
 * Ids of the mutants that nobody notices: not the tests of their own folder nor, where that is one of the library, those
 * of the first controls that import it.
 */
export async function surviving(
  mutants: readonly Mutant[],
  opa: string,
  folders: readonly PolicyFolder[],
): Promise<readonly string[]> {
  const unnoticed = await inBatches(mutants, BATCH, (batch) => survivorsOf(batch, opa, ({ others }) => others ?? []));
  const witnessed = unnoticed.filter(({ folder, values }) => isLibrary(folder) && !values);
  const witnesses = (mutant: Mutant) => importersOf(mutant.folder, folders).slice(0, WITNESSES);
  const left = await inBatches(witnessed, SMALL_BATCH, (batch) => survivorsOf(batch, opa, witnesses));
  return [...unnoticed.filter((mutant) => !witnessed.includes(mutant)), ...left].map(({ id }) => id).sort();
}

async function inBatches(
  mutants: readonly Mutant[],
  size: number,
  survivors: (batch: readonly Mutant[]) => Promise<readonly Mutant[]>,
): Promise<readonly Mutant[]> {
  const found: Mutant[] = [];
  for (let start = 0; start < mutants.length; start += size) {
    found.push(...(await survivors(mutants.slice(start, start + size))));
  }
  return found;
}

function isLibrary(folder: PolicyFolder): boolean {
  return folder.package.startsWith("lib.");
}

function importersOf(library: PolicyFolder, folders: readonly PolicyFolder[]): readonly PolicyFolder[] {
  const line = `import data.${library.package}\n`;
  return folders.filter((one) => !isLibrary(one) && [...one.sources.values()].some((text) => text.includes(line)));
}

type Witnesses = (mutant: Mutant) => readonly PolicyFolder[];

async function survivorsOf(batch: readonly Mutant[], opa: string, witnesses: Witnesses): Promise<readonly Mutant[]> {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), "part11-mutants-"));
  try {
    fs.copyFileSync(path.join(POLICIES, "data.json"), path.join(root, "data.json"));
    fs.cpSync(path.join(POLICIES, "lib"), path.join(root, "lib"), {
      recursive: true,
      filter: (source) => !source.endsWith("_test.rego"),
    });
    batch.forEach((mutant, index) => {
      writeRenamed(mutant, `m${index}`, root, witnesses(mutant));
    });
    const results = await testResults(opa, root);
    // What does not compile is noticed by `opa check`; which one it is shows when each is tried in a smaller batch.
    if (results === null) return batch.length === 1 ? [] : halves(batch, opa, witnesses);
    const caught = new Set(results.filter(({ fail, error }) => fail || error).map((result) => ownerOf(result.package)));
    const tested = new Set(results.map((result) => ownerOf(result.package)));
    return batch.filter((_, index) => !caught.has(`m${index}`) || !tested.has(`m${index}`));
  } finally {
    fs.rmSync(root, { recursive: true });
  }
}

async function halves(batch: readonly Mutant[], opa: string, witnesses: Witnesses): Promise<readonly Mutant[]> {
  const middle = batch.length >> 1;
  const first = await survivorsOf(batch.slice(0, middle), opa, witnesses);
  return [...first, ...(await survivorsOf(batch.slice(middle), opa, witnesses))];
}

/** The package and its witnesses under another name, with their tests, so that many mutants fit in one process. */
function writeRenamed(
  { folder, file, text, values }: Mutant,
  name: string,
  root: string,
  witnesses: readonly PolicyFolder[],
): void {
  const packages = [folder, ...witnesses].map((one) => one.package).join("|");
  const renamed = (rego: string) =>
    rego
      .replace(new RegExp(`^package (${packages})(_test)?$`, "m"), `package ${name}.$1$2`)
      .replace(new RegExp(`\\bdata\\.(${packages})\\b`, "g"), `data.${name}.$1`)
      .replace(/\bdata\.part11_data\b/g, values ? `data.${name}.values` : "data.part11_data");
  if (values) {
    fs.mkdirSync(path.join(root, name, "values"), { recursive: true });
    fs.writeFileSync(path.join(root, name, "values", "data.json"), JSON.stringify(values));
  }
  for (const one of [folder, ...witnesses]) {
    const target = path.join(root, name, one.package);
    fs.mkdirSync(target, { recursive: true });
    for (const [other, source] of [...one.sources, ...one.tests]) {
      fs.writeFileSync(path.join(target, other), renamed(one === folder && other === file ? text : source));
    }
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
