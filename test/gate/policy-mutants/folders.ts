// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { packageRoot } from "../../../validation/package-root";

export const POLICIES = path.join(packageRoot(), "policies");

/** Folders whose packages are what the verdict depends on. */
const PARTS = ["lib", "part11"];
/** Builders for tests: nothing of them is compiled. */
const TEST_ONLY = "fixture";

/** One package: rules and the tests that must notice when a rule is weakened. */
export interface PolicyFolder {
  /** Below `policies`. */
  readonly name: string;
  readonly package: string;
  /** File name -> text. */
  readonly sources: ReadonlyMap<string, string>;
  readonly tests: ReadonlyMap<string, string>;
}

export function policyFolders(): readonly PolicyFolder[] {
  return PARTS.flatMap((part) =>
    fs
      .readdirSync(path.join(POLICIES, part))
      .filter((name) => name !== TEST_ONLY)
      .sort()
      .map((name) => folderOf(path.join(part, name))),
  );
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
  return { name, package: name.replace(path.sep, "."), sources: texts(false), tests: texts(true) };
}
