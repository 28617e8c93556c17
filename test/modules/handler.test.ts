// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { unzipSync } from "fflate";
import { handlerArchive } from "../../modules/handler";
import { handlers, packHandlers } from "../../modules/handler/pack-handlers";

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "part11-handlers-"));
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

it("packing the same code again gives the same bytes, which are those of dist/handlers", () => {
  for (const archive of packHandlers(folder)) {
    const built = handlerArchive(path.basename(archive, ".zip"));
    expect(fs.readFileSync(archive).equals(fs.readFileSync(built.file))).toBe(true);
  }
});

it("an archive holds one file, which exports a handler", () => {
  for (const archive of packHandlers(folder)) {
    const files = unzipSync(fs.readFileSync(archive));
    expect(Object.keys(files)).toEqual(["index.js"]);
    const module = { exports: {} as { handler?: unknown } };
    new Function("module", "exports", "require", Buffer.from(files["index.js"]!).toString())(
      module,
      module.exports,
      require,
    );
    expect(typeof module.exports.handler).toBe("function");
  }
});

it("a handler that was never packed is refused", () => {
  expect(handlers()).not.toContain("no/such");
  expect(() => handlerArchive("no/such")).toThrow(expect.objectContaining({ code: "HANDLER_NOT_BUILT" }));
});
