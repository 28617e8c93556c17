// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import { loadSidecar } from "../../validation/gate";
import { loadCrosswalk } from "../../validation/gate/crosswalk";
import { packageRoot } from "../../validation/package-root";
import { controlPage } from "./control-page";
import { crosswalkPage } from "./crosswalk-page";
import { indexPage } from "./index-page";

/** Folder of the generated pages; nothing else stands in it. */
export const PAGES = path.join(packageRoot(), "docs", "controls");

/** File name -> text of every page under docs/controls. */
export function pages(): ReadonlyMap<string, string> {
  const { controls } = loadSidecar().sidecar;
  const crosswalk = loadCrosswalk();
  return new Map([
    ["README.md", indexPage(controls, crosswalk)],
    ["crosswalk.md", crosswalkPage(controls, crosswalk)],
    ...controls.map((control) => [`${control.id}.md`, controlPage(control)] as const),
  ]);
}
