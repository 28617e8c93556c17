// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";

/** A program that says it is Terraform of a version, and does nothing else. */
export function writeTerraform(file: string, version: string): void {
  fs.writeFileSync(file, `#!/bin/sh\necho '{"terraform_version":"${version}"}'\n`, { mode: 0o755 });
}
