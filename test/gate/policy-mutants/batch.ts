// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { importedBy, POLICIES, type Policies, type PolicyFolder } from "./folders";
import type { Mutant } from "./mutants";
import { NotCompiled, type OpaServer, withOpa } from "./opa-server";

/** Who notices a mutant: the folder and its test, or `opa check` in place of one. */
export interface Noticed {
  readonly folder: string;
  readonly test: string;
}

export const NOT_COMPILED = "opa check";

/**
 * Asks the tests of the mutants' own folders, for many mutants in one process: each is there under another name, with its
 * tests. Those that nobody notices have no entry.
 */
export async function noticedInBatch(
  batch: readonly Mutant[],
  opa: string,
  policies: Policies,
): Promise<ReadonlyMap<Mutant, Noticed>> {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), "part11-mutants-"));
  try {
    writeImports(batch, root, policies);
    batch.forEach((mutant, index) => {
      writeCopy(path.join(root, `m${index}`), `m${index}`, mutant.readers, mutant);
    });
    const readers = [...new Set(batch.flatMap((mutant) => mutant.readers))];
    readers.forEach((folder, index) => {
      writeCopy(path.join(root, `u${index}`), `u${index}`, [folder]);
    });
    return await withOpa(opa, root, ["."], (server) => compared(batch, readers, server));
  } catch (error) {
    if (!(error instanceof NotCompiled)) throw error;
    return withoutRefused(batch, error, opa, policies);
  } finally {
    fs.rmSync(root, { recursive: true });
  }
}

async function compared(
  batch: readonly Mutant[],
  readers: readonly PolicyFolder[],
  server: OpaServer,
): Promise<ReadonlyMap<Mutant, Noticed>> {
  const usual = new Map<string, string>();
  for (const [index, { testPaths }] of readers.entries()) {
    for (const at of testPaths) usual.set(at, passing(await server.value(`u${index}/${at}`), at));
  }
  const noticed = new Map<Mutant, Noticed>();
  for (const [index, mutant] of batch.entries()) {
    const by = await firstNoticed(mutant.readers, usual, (at) => server.value(`m${index}/${at}`));
    if (by) noticed.set(mutant, by);
  }
  return noticed;
}

/** The first test whose answer is another than without the mutant. */
export async function firstNoticed(
  folders: readonly PolicyFolder[],
  usual: ReadonlyMap<string, string>,
  value: (at: string) => Promise<string>,
): Promise<Noticed | undefined> {
  for (const folder of folders) {
    for (const at of folder.testPaths) {
      if ((await value(at)) !== usual.get(at)) return { folder: folder.name, test: at };
    }
  }
  return undefined;
}

/** An answer of the policies as they are: a test that holds nothing could notice nothing. */
export function passing(answer: string, at: string): string {
  if (/^\{"result":(true|\{".*:true\})\}\s*$/s.test(answer)) return answer;
  throw new Error(`${at} does not pass without a mutant: ${answer.slice(0, 200)}`);
}

async function withoutRefused(
  batch: readonly Mutant[],
  refused: NotCompiled,
  opa: string,
  policies: Policies,
): Promise<ReadonlyMap<Mutant, Noticed>> {
  const named = new Set([...refused.message.matchAll(/\bm(\d+)\//g)].map(([, index]) => batch[Number(index)]!));
  if (named.size === 0) throw refused;
  const rest = batch.filter((mutant) => !named.has(mutant));
  const noticed = rest.length === 0 ? [] : await noticedInBatch(rest, opa, policies);
  return new Map([...noticed, ...[...named].map((mutant) => [mutant, uncompiled(mutant)] as const)]);
}

export function uncompiled({ folder }: Mutant): Noticed {
  return { folder: folder.name, test: NOT_COMPILED };
}

function writeImports(batch: readonly Mutant[], root: string, policies: Policies): void {
  fs.copyFileSync(path.join(POLICIES, "data.json"), path.join(root, "data.json"));
  for (const { name, sources } of importedBy([...new Set(batch.flatMap(({ readers }) => readers))], policies)) {
    write(path.join(root, name), sources);
  }
}

/** Folders with their tests in packages of another name, and the mutant in its place. */
function writeCopy(target: string, name: string, folders: readonly PolicyFolder[], mutant?: Mutant): void {
  const packages = folders.flatMap((one) => one.packages).join("|");
  const renamed = (rego: string) =>
    rego
      .replace(new RegExp(`^package (${packages})$`, "m"), `package ${name}.$1`)
      .replace(new RegExp(`\\bdata\\.(${packages})\\b`, "g"), `data.${name}.$1`)
      .replace(/\bdata\.part11_data\b/g, mutant?.values ? `data.${name}.values` : "data.part11_data");
  if (mutant?.values) write(path.join(target, "values"), [["data.json", JSON.stringify(mutant.values)]]);
  for (const folder of folders) {
    const files = [...folder.sources, ...folder.tests].map(([file, text]) => {
      return [file, renamed(folder === mutant?.folder && file === mutant.file ? mutant.text : text)] as const;
    });
    write(path.join(target, folder.name), files);
  }
}

function write(folder: string, files: Iterable<readonly [string, string]>): void {
  fs.mkdirSync(folder, { recursive: true });
  for (const [file, text] of files) fs.writeFileSync(path.join(folder, file), text);
}
