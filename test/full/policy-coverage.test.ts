// SPDX-License-Identifier: Apache-2.0
import { packageRoot } from "../../validation/package-root";
import { ensureOpa, runCommand } from "../../validation/toolchain";

const cwd = packageRoot();

test("the policies' own tests run every line of them", async () => {
  const { path: opa } = await ensureOpa({ cwd, env: process.env });
  const args = ["test", "--bundle", "policies", "--timeout", "300s", "--coverage", "--format", "json"];
  const { code, stdout } = await runCommand(opa, args, { cwd, env: process.env });
  expect(code).toBe(0);
  expect(uncoveredLines(stdout)).toEqual([]);
}, 1_800_000);

function uncoveredLines(stdout: string): readonly string[] {
  const { files } = JSON.parse(stdout) as {
    files: Record<string, { not_covered?: ReadonlyArray<{ start: { row: number }; end: { row: number } }> }>;
  };
  expect(Object.keys(files).length).toBeGreaterThan(0);
  return Object.entries(files).flatMap(([file, { not_covered = [] }]) =>
    not_covered.map(({ start, end }) => `${file}:${start.row}-${end.row}`),
  );
}
