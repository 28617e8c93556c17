// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { Part11Error } from "./error";

/** Folder of this package's package.json. The same from source (`validation/`) and from the build (`dist/validation/`). */
export function packageRoot(): string {
  for (let dir = __dirname; dir !== path.dirname(dir); dir = path.dirname(dir)) {
    const manifest = path.join(dir, "package.json");
    if (fs.existsSync(manifest) && JSON.parse(fs.readFileSync(manifest, "utf8")).name === "cdktf-part11") return dir;
  }
  throw new Part11Error({
    code: "PACKAGE_DAMAGED",
    what: "package folder not found",
    where: __dirname,
    expected: "a package.json named cdktf-part11 above this file",
    got: "none",
    todo: "install cdktf-part11 again",
  });
}
