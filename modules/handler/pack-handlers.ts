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
    fs.writeFileSync(archive, zipSync({ "index.js": [bundled(source, "handler.ts"), { level: 0, mtime: EPOCH }] }));
    return archive;
  });
}

/**
 * Bundles every `modules/<module>/<part>/task.ts` into one file of `dist/tasks`, in a folder of its own that an image is built
 * of: what runs there is packed like the functions, and the house builds, scans and signs the image.
 */
export function packTasks(folder = path.join(archiveFolder(), "..", "tasks")): readonly string[] {
  return entries("task.ts").map((source) => {
    const own = path.join(folder, source.replace("/", "-"));
    fs.mkdirSync(own, { recursive: true });
    const file = path.join(own, "index.js");
    fs.writeFileSync(file, bundled(source, "task.ts"));
    return file;
  });
}

/** `<module>/<function>` of every handler, sorted. */
export function handlers(): readonly string[] {
  return entries("handler.ts");
}

function entries(file: "handler.ts" | "task.ts"): readonly string[] {
  return fs
    .readdirSync(MODULES, { recursive: true, encoding: "utf8" })
    .map((name) => name.split(path.sep).join("/"))
    .filter((name) => name.split("/").length === 3 && path.posix.basename(name) === file)
    .map((name) => path.posix.dirname(name))
    .sort();
}

function bundled(source: string, file: "handler.ts" | "task.ts"): Uint8Array {
  const { outputFiles } = buildSync({
    entryPoints: [path.join(MODULES, source, file)],
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
  for (const file of packTasks()) process.stdout.write(`${path.basename(path.dirname(file))}\n`);
}
