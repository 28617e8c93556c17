// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { sha256Hex } from "../json";
import { packageRoot } from "../package-root";

/** Not code of this package: what Python and git leave beside it. */
const LEFT_OUT = /(?:^|\/)(?:__pycache__|node_modules|\.git)(?:\/|$)/;

/**
 * SHA-256 over the code that is running and the files it reads: the folder `validation` of the build or of the source,
 * whichever runs, and the assets of the source folder. Lines of path and SHA-256, sorted by path, are hashed.
 */
export function codeDigest(root = packageRoot(), running = path.resolve(__dirname, "..")): string {
  const assets = filesBelow(path.join(root, "validation")).filter((file) => !/\.ts$/.test(file));
  const files = new Set([...filesBelow(running), ...assets, path.join(root, "package.json")]);
  const lines = [...files].map((file) => {
    const name = path.relative(root, file).split(path.sep).join("/");
    return `${name} ${sha256Hex(fs.readFileSync(file))}\n`;
  });
  return sha256Hex(lines.sort().join(""));
}

function filesBelow(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => !LEFT_OUT.test(name.split(path.sep).join("/")))
    .map((name) => path.join(folder, name))
    .filter((file) => fs.statSync(file).isFile());
}
