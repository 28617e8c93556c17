// SPDX-License-Identifier: Apache-2.0
import { accessSync, constants } from "node:fs";
import * as path from "node:path";
import type { NotRun } from "./peer";

/** A program that a variable names, else one on PATH; else why it is not run. */
export function located(name: string, variable: string): string | NotRun {
  const named = process.env[variable];
  if (named !== undefined) return isExecutable(named) ? path.resolve(named) : { notRun: `${variable} is no program` };
  const folders = (process.env.PATH ?? "").split(path.delimiter).filter((folder) => folder !== "");
  const found = folders.map((folder) => path.join(folder, name)).find(isExecutable);
  return found ?? { notRun: `not on PATH, and ${variable} names none` };
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
