// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";

const root = path.join(__dirname, "..");

/** What each room may import beside itself, its dependencies and node's own modules. */
const allowed: Record<string, readonly string[]> = { modules: [], stacks: ["modules"], validation: [] };

function imports(room: string): Array<{ file: string; target: string }> {
  const files = fs
    .readdirSync(path.join(root, room), { recursive: true, encoding: "utf8" })
    .filter((f) => f.endsWith(".ts"));
  return files.flatMap((file) => {
    const text = fs.readFileSync(path.join(root, room, file), "utf8");
    return [...text.matchAll(/(?:from|import|require)\s*\(?\s*"([^"]+)"/g)].map((match) => ({
      file: path.join(room, file),
      target: match[1]!,
    }));
  });
}

test.each(Object.keys(allowed))("%s imports no room that it may not know", (room) => {
  const foreign = imports(room)
    .filter(({ target }) => target.startsWith("."))
    .map(({ file, target }) => ({
      file,
      room: path.normalize(path.join(path.dirname(file), target)).split(path.sep)[0]!,
    }))
    .filter((found) => found.room !== room && !allowed[room]!.includes(found.room));
  expect(foreign).toEqual([]);
});

test("the provider is imported by resource, never by its index, which takes seconds to load", () => {
  const index = ["modules", "stacks"].flatMap(imports).filter(({ target }) => target === "@cdktf/provider-aws");
  expect(index).toEqual([]);
});

test("validation knows neither cdktf nor its provider", () => {
  const known = imports("validation").filter(({ target }) => /^(cdktf|constructs|@cdktf\/)/.test(target));
  expect(known).toEqual([]);
});
