// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import { ensureOpa, type ToolContext } from "../validation/toolchain";

const HERE: ToolContext = {
  cwd: path.join(__dirname, ".."),
  env: process.env,
  onProgress: (line) => process.stderr.write(`${line}\n`),
};

/**
 * Jest's globalSetup. Before a run of all tests, OPA is built where it is not on PATH: the workers would each build it, and
 * within the time of a test. A run of named tests builds it only when one of them asks for it.
 */
export default async function opaBeforeTests(
  { testPathPatterns }: { testPathPatterns: { patterns: readonly string[] } },
  _project?: unknown,
  context = HERE,
): Promise<void> {
  if (testPathPatterns.patterns.length === 0) await ensureOpa(context);
}
