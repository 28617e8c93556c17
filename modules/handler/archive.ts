// SPDX-License-Identifier: Apache-2.0
import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as path from "node:path";
import { ModuleError } from "../errors";

/** The code of a function as `npm run build` packs it. */
export interface HandlerArchive {
  /** Absolute path of the zip file. */
  readonly file: string;
  /** SHA-256 of its bytes, hex. */
  readonly sha256: string;
}

/**
 * The packed code of a handler of this package.
 *
 * @param source module and function, for instance `sftp-gateway/identity-provider`
 * @throws HANDLER_NOT_BUILT
 */
export function handlerArchive(source: string): HandlerArchive {
  const file = path.join(archiveFolder(), `${source.replace("/", "-")}.zip`);
  if (!fs.existsSync(file)) {
    throw new ModuleError("HANDLER_NOT_BUILT", {
      what: "code of a function not found",
      where: source,
      expected: `the archive ${path.basename(file)}`,
      got: "none",
      todo: "run npm run build in a checkout, or install cdktf-part11 again",
    });
  }
  return { file, sha256: createHash("sha256").update(fs.readFileSync(file)).digest("hex") };
}

/** Where the archives are: `dist/handlers`, whether this file runs from `modules` or from `dist/modules`. */
export function archiveFolder(): string {
  const root = path.join(__dirname, "..", "..");
  return path.basename(root) === "dist" ? path.join(root, "handlers") : path.join(root, "dist", "handlers");
}
