// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { PAGES, pages } from "./pages";

/** Writes docs/controls anew; pages of controls that are gone go too. */
function rewrite(): void {
  fs.rmSync(PAGES, { recursive: true, force: true });
  fs.mkdirSync(PAGES, { recursive: true });
  for (const [name, text] of pages()) fs.writeFileSync(path.join(PAGES, name), text);
}

rewrite();
