// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { Part11Error } from "../error";

/** Refuses a folder for output that is the bundle or lies in it: it is sealed. @throws USAGE */
export function assertOutside(folder: string, bundle: string): void {
  const relative = path.relative(real(bundle), real(folder));
  if (relative !== "" && (relative.startsWith("..") || path.isAbsolute(relative))) return;
  throw new Part11Error({
    code: "USAGE",
    what: "output refused",
    where: `--out ${folder}`,
    expected: "a folder outside the bundle, which is sealed",
    got: "a folder in it",
    todo: "name another folder",
  });
}

/** Links resolved: a folder may be inside under another name. */
function real(folder: string): string {
  if (fs.existsSync(folder)) return fs.realpathSync(folder);
  return path.join(real(path.dirname(folder)), path.basename(folder));
}
