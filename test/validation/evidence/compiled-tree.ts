// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { transformFileSync } from "@swc/core";

const ROOT = path.join(__dirname, "..", "..", "..");

/**
 * Compiles the evidence rooms once into a package folder of its own, so that a test can start many processes of plain
 * Node: each would otherwise spend most of its time on compiling.
 */
export function compileEvidence(out: string): void {
  for (const folder of ["validation", "test/validation/approvals", "test/validation/evidence"]) {
    for (const name of fs.readdirSync(path.join(ROOT, folder), { recursive: true }) as string[]) {
      if (!name.endsWith(".ts") || name.endsWith(".test.ts")) continue;
      const target = path.join(out, folder, name.replace(/\.ts$/, ".js"));
      fs.mkdirSync(path.dirname(target), { recursive: true });
      const { code } = transformFileSync(path.join(ROOT, folder, name), {
        jsc: { target: "es2022", parser: { syntax: "typescript", decorators: true } },
        module: { type: "commonjs" },
        swcrc: false,
      });
      fs.writeFileSync(target, code);
    }
  }
  fs.cpSync(path.join(ROOT, "validation", "schema"), path.join(out, "validation", "schema"), { recursive: true });
  fs.cpSync(path.join(ROOT, "package.json"), path.join(out, "package.json"));
  fs.symlinkSync(path.join(ROOT, "node_modules"), path.join(out, "node_modules"), "junction");
}
