// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { packageRoot } from "../../validation/package-root";
import { allEnded } from "../../validation/toolchain";
import { CORPUS, configurationsIn } from "./folders";
import { planFolder } from "./plan-folder";
import { type Installation, install, startProvider } from "./provider-process";

/** Configurations planned side by side. A provider takes one gigabyte. */
const WORKERS = 2;

/**
 * Plans configurations of the corpus with the real Terraform and writes `plan.json` beside each source; with `check` it
 * compares instead.
 *
 * @returns a line for each configuration that cannot be planned or, with `check`, whose stored plan is another one
 */
export async function planCorpus(
  folders: readonly string[],
  check: boolean,
  onPlanned: (folder: string) => void = () => {},
): Promise<readonly string[]> {
  const scratch = fs.mkdtempSync(path.join(os.tmpdir(), "part11-corpus-"));
  const waiting = [...folders];
  const problems: string[] = [];
  try {
    const installation = await install(scratch, { cwd: packageRoot(), env: process.env });
    const work = () =>
      planSome(waiting, installation, scratch, async (folder, plan) => {
        const problem = await outcome(folder, plan, check);
        if (problem === undefined) onPlanned(folder);
        else problems.push(problem);
      });
    await allEnded(Array.from({ length: Math.min(WORKERS, folders.length) }, work));
  } finally {
    fs.rmSync(scratch, { recursive: true });
  }
  return problems.sort();
}

async function planSome(
  waiting: string[],
  installation: Installation,
  scratch: string,
  done: (folder: string, plan: Promise<string>) => Promise<void>,
): Promise<void> {
  const provider = await startProvider(installation, scratch);
  try {
    for (let folder = waiting.shift(); folder !== undefined; folder = waiting.shift()) {
      await done(folder, planFolder(folder, installation, provider));
    }
  } finally {
    await provider.end();
  }
}

async function outcome(folder: string, plan: Promise<string>, check: boolean): Promise<string | undefined> {
  const file = path.join(folder, "plan.json");
  try {
    const text = await plan;
    if (!check) fs.writeFileSync(file, text);
    else if (!fs.existsSync(file)) return `${file} is missing`;
    else if (fs.readFileSync(file, "utf8") !== text) return `${file} is not what Terraform plans now`;
    return undefined;
  } catch (error) {
    const { code, message } = error as Error & { code?: string };
    if (code === "INTERRUPTED") throw error;
    return `${folder}: ${message}`;
  }
}

async function main(argv: readonly string[]): Promise<void> {
  const check = argv.includes("--check");
  const named = argv.filter((arg) => arg !== "--check").map((folder) => path.resolve(folder));
  const folders = (named.length > 0 ? named : [CORPUS]).flatMap(configurationsIn);
  const started = Date.now();
  const say = (folder: string) => process.stdout.write(`${path.relative(CORPUS, folder)}\n`);
  const problems = await planCorpus(folders, check, say);
  for (const problem of problems) process.stderr.write(`${problem}\n`);
  const seconds = ((Date.now() - started) / 1000).toFixed(0);
  process.stdout.write(`${folders.length} configurations, ${problems.length} problems, ${seconds} s\n`);
  if (problems.length > 0) process.exitCode = 1;
}

if (require.main === module) {
  main(process.argv.slice(2)).catch((error: Error) => {
    process.stderr.write(`${error.message}\n`);
    process.exitCode = 2;
  });
}
