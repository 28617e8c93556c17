// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";

/** Names below `folder` that no file and no folder can be made at, each with what keeps it from that. */
export function unwritable(folder: string): [string, string][] {
  const file = path.join(folder, "file");
  fs.writeFileSync(file, "");
  const places: [string, string][] = [
    ["below a file", path.join(file, "out")],
    ["with too long a name", path.join(folder, "o".repeat(300))],
    ["in a folder that takes nothing", path.join(readOnly(folder), "out")],
  ];
  return places;
}

// An administrator may write into any folder of his own, but into none of the kernel's, where mkdir says ENOENT.
function readOnly(folder: string): string {
  if (process.platform === "linux") return "/proc";
  const closed = path.join(folder, "closed");
  fs.mkdirSync(closed, { mode: 0o555 });
  return closed;
}
