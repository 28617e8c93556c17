// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { packageRoot } from "../../../../validation/package-root";
import type { EmulatorOptions } from "../../../../validation/target/emulator";
import { ensureVenv } from "../../../../validation/toolchain";

export const ACCOUNT = "111122223333";
export const REGION = "eu-west-1";

/** A temporary folder and the locked Python environment, which is made once and kept in `.part11`. */
export async function emulatorOptions(): Promise<EmulatorOptions & { remove(): void }> {
  const requirements = path.join(packageRoot(), "validation", "target", "emulator", "requirements.txt");
  const { python } = await ensureVenv(requirements, { cwd: packageRoot(), env: process.env });
  const runDir = fs.mkdtempSync(path.join(os.tmpdir(), "part11-"));
  const remove = () => fs.rmSync(runDir, { recursive: true, force: true });
  return { python, runDir, accountId: ACCOUNT, region: REGION, remove };
}
