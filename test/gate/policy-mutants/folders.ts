// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { sha256Hex } from "../../../validation/json";
import { packageRoot } from "../../../validation/package-root";

export const POLICIES = path.join(packageRoot(), "policies");

/** Folders whose packages are what the verdict depends on. */
const PARTS = ["lib", "part11"];
/** Builders for tests: nothing of them is compiled. */
const TEST_ONLY = "lib/fixture";

/** One package: rules and the tests that must notice when a rule is weakened. */
export interface PolicyFolder {
  /** Below `policies`. */
  readonly name: string;
  /** File name -> text. */
  readonly sources: ReadonlyMap<string, string>;
  readonly tests: ReadonlyMap<string, string>;
  /** Packages of all its files. */
  readonly packages: readonly string[];
  /** Paths below `data` of its tests. */
  readonly testPaths: readonly string[];
  /** Names of the folders that it and its tests refer to. */
  readonly imports: readonly string[];
  /** SHA-256 of all its files. */
  readonly digest: string;
}

export type Policies = ReadonlyMap<string, PolicyFolder>;

export function allPolicies(): Policies {
  const names = PARTS.flatMap((part) => fs.readdirSync(path.join(POLICIES, part)).map((name) => `${part}/${name}`));
  return new Map(names.sort().map((name) => [name, folderOf(name)]));
}

/** The folders that mutants are made of. */
export function mutable(policies: Policies): readonly PolicyFolder[] {
  return [...policies.values()].filter(({ name }) => name !== TEST_ONLY);
}

/** What the folders refer to, and what that refers to; themselves not, unless referred to. */
export function importedBy(folders: readonly PolicyFolder[], policies: Policies): readonly PolicyFolder[] {
  const found = new Set<PolicyFolder>();
  const waiting = [...folders];
  for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
    for (const name of next.imports) {
      const imported = policies.get(name)!;
      if (found.has(imported)) continue;
      found.add(imported);
      waiting.push(imported);
    }
  }
  return [...found];
}

/** Folders that see the rules of this one, the nearest first. */
export function importersOf(folder: PolicyFolder, policies: Policies): readonly PolicyFolder[] {
  const found: PolicyFolder[] = [folder];
  for (const next of found) {
    for (const one of policies.values()) {
      if (one.imports.includes(next.name) && !found.includes(one)) found.push(one);
    }
  }
  return found.slice(1);
}

function folderOf(name: string): PolicyFolder {
  const folder = path.join(POLICIES, name);
  const files = fs.readdirSync(folder).filter((file) => file.endsWith(".rego"));
  const texts = (isTest: boolean) =>
    new Map(
      files
        .filter((file) => file.endsWith("_test.rego") === isTest)
        .map((file) => [file, fs.readFileSync(path.join(folder, file), "utf8")] as const),
    );
  return policyFolder(name, texts(false), texts(true));
}

/** A folder of these files: name -> text. */
export function policyFolder(
  name: string,
  sources: ReadonlyMap<string, string>,
  tests: ReadonlyMap<string, string>,
): PolicyFolder {
  const all = [...sources, ...tests];
  return {
    name,
    sources,
    tests,
    packages: [...new Set(all.map(([, text]) => packageOf(text)))],
    testPaths: [...new Set([...tests.values()].flatMap(testPathsOf))],
    imports: [...new Set(all.flatMap(([, text]) => importsOf(text)))].filter((other) => other !== name),
    digest: sha256Hex(JSON.stringify(all)),
  };
}

function packageOf(text: string): string {
  return /^package (\S+)$/m.exec(text)![1]!;
}

function testPathsOf(text: string): readonly string[] {
  const names = new Set([...text.matchAll(/^test_\w+/gm)].map(([name]) => name));
  return [...names].map((name) => `${packageOf(text).replaceAll(".", "/")}/${name}`);
}

function importsOf(text: string): readonly string[] {
  return [...text.matchAll(/^import data\.(lib|part11)\.(\w+)/gm)].map(([, part, name]) => `${part}/${name}`);
}
