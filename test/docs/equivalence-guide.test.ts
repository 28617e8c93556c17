// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { parseParameters } from "../../validation/equivalence";
import { packageRoot } from "../../validation/package-root";

test("the guide to equivalence shows a file of parameters that is taken, with every kind", () => {
  const guide = fs.readFileSync(path.join(packageRoot(), "docs", "guides", "equivalence.md"), "utf8");
  const [, yaml] = /```yaml\n(.*?)```/s.exec(guide)!;
  const { parameters } = parseParameters(Buffer.from(yaml!), "guide");
  expect(parameters.map(({ kind }) => kind)).toEqual(["name", "account", "lock-duration"]);
});
