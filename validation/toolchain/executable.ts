// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";

/**
 * Absolute path of `name` as a shell would find it on the PATH of `env`, or undefined.
 * A name with a path separator is taken as a file relative to `cwd`.
 */
export function findExecutable(name: string, env: NodeJS.ProcessEnv, cwd: string): string | undefined {
  if (name.includes("/") || name.includes(path.sep)) {
    const file = path.resolve(cwd, name);
    return isExecutable(file) ? file : undefined;
  }
  for (const folder of (env.PATH ?? "").split(path.delimiter)) {
    // An empty entry means the working folder; a program must not come from there unasked.
    if (folder === "" || !path.isAbsolute(folder)) continue;
    const file = path.join(folder, name);
    if (isExecutable(file)) return file;
  }
  return undefined;
}

function isExecutable(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}
