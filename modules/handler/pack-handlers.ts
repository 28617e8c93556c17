// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { buildSync } from "esbuild";
import { zipSync } from "fflate";
import { archiveFolder } from "./archive";

const MODULES = path.join(__dirname, "..");
/** Archives carry a time for each file: the first that zip can write, so that the same code gives the same bytes. */
const EPOCH = new Date(1980, 0, 1);

/** Packs every `modules/<module>/<function>/handler.ts` into `dist/handlers`, with all that it imports, the AWS SDK included. */
export function packHandlers(folder = archiveFolder()): readonly string[] {
  fs.mkdirSync(folder, { recursive: true });
  return handlers().map((source) => {
    const archive = path.join(folder, `${source.replace("/", "-")}.zip`);
    // Stored and not deflated: the bytes depend on no version of zlib.
    fs.writeFileSync(archive, zipSync({ "index.js": [bundled(source), { level: 0, mtime: EPOCH }] }));
    return archive;
  });
}

/** `<module>/<function>` of every handler, sorted. */
export function handlers(): readonly string[] {
  return fs
    .readdirSync(MODULES, { recursive: true, encoding: "utf8" })
    .map((name) => name.split(path.sep).join("/"))
    .filter((name) => /^[^/]+\/[^/]+\/handler\.ts$/.test(name))
    .map((name) => path.posix.dirname(name))
    .sort();
}

function bundled(source: string): Uint8Array {
  const { outputFiles } = buildSync({
    entryPoints: [path.join(MODULES, source, "handler.ts")],
    absWorkingDir: path.join(MODULES, ".."),
    bundle: true,
    write: false,
    platform: "node",
    target: "node20",
    format: "cjs",
    minify: true,
    keepNames: true,
    legalComments: "none",
    logLevel: "warning",
  });
  return outputFiles[0]!.contents;
}

if (require.main === module) {
  for (const archive of packHandlers()) process.stdout.write(`${path.basename(archive)}\n`);
}
