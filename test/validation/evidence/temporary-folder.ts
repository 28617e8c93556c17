// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

/** A folder of the test's own; `remove` takes it away with all it holds. */
export function temporaryFolder(): { readonly path: string; readonly remove: () => void } {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "part11-"));
  return { path: folder, remove: () => fs.rmSync(folder, { recursive: true, force: true }) };
}
