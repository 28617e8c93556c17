// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { Part11Error } from "../error";
import { sha256Hex } from "../json";
import { packageRoot } from "../package-root";

/** Code of a function that a plan takes from a bucket which it does not make. */
export interface OutsideCode {
  readonly bucket: string;
  readonly key: string;
  /** The archive of this package that the key names by its SHA-256. */
  readonly file: string;
}

interface Planned {
  readonly resource_changes?: ReadonlyArray<{
    readonly address: string;
    readonly type: string;
    readonly change: { readonly after: Readonly<Record<string, unknown>> | null };
  }>;
}

/**
 * Code that must lie in its bucket before the plan's functions can be made.
 *
 * @param plan plan.json
 * @param folder where the archives are. `@default` `dist/handlers` of this package
 * @throws HANDLER_MISSING for a key that names no archive of the folder
 */
export function outsideCode(
  plan: unknown,
  folder = path.join(packageRoot(), "dist", "handlers"),
): readonly OutsideCode[] {
  const functions = ((plan as Planned).resource_changes ?? []).filter(({ type }) => type === "aws_lambda_function");
  if (functions.length === 0) return [];
  const archives = new Map(
    fs.readdirSync(folder).map((name) => {
      const file = path.join(folder, name);
      return [sha256Hex(fs.readFileSync(file)), file];
    }),
  );
  return functions.flatMap(({ address, change: { after } }) => {
    const { s3_bucket: bucket, s3_key: key } = after ?? {};
    if (typeof bucket !== "string" || typeof key !== "string") return [];
    const file = archives.get(path.posix.basename(key, ".zip"));
    if (file) return [{ bucket, key, file }];
    throw new Part11Error({
      code: "HANDLER_MISSING",
      what: "code of a function not found",
      where: address,
      expected: `an archive of dist/handlers with the SHA-256 that ends ${key}`,
      got: "none",
      todo: "run npm run build and plan again",
    });
  });
}
