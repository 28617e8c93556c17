// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { parseDispositions } from "../../validation/deviations";
import { packageRoot } from "../../validation/package-root";
import { ROW_STATUSES } from "../../validation/traceability/matrix";

const guide = fs.readFileSync(path.join(packageRoot(), "docs", "guides", "traceability.md"), "utf8");

test("the guide shows a file of dispositions that is taken", () => {
  const [, yaml] = /```yaml\n(.*?)```/s.exec(guide)!;
  const said = parseDispositions(Buffer.from(yaml!), "guide", new Date("2026-12-01T00:00:00Z"));
  expect([said.dispositions, said.notApplicable, said.outOfScope].map(({ length }) => length)).toEqual([1, 1, 1]);
});

test("the guide names every status that a requirement may have", () => {
  const named = [...guide.matchAll(/^\| ([A-Z][A-Z, ]+) \|/gm)].flatMap(([, cell]) => cell!.split(", "));
  expect(named.sort()).toEqual([...ROW_STATUSES].sort());
});
