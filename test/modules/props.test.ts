// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import * as ts from "typescript";

const modules = path.join(__dirname, "../../modules");

function parsed(file: string): ts.SourceFile {
  return ts.createSourceFile(file, fs.readFileSync(file, "utf8"), ts.ScriptTarget.Latest, true);
}

/** Properties of every interface that modules/index.ts exports, with their doc comments. */
function properties(): { name: string; optional: boolean; doc: string }[] {
  const exported = new Set(parsed(path.join(modules, "index.ts")).text.match(/\b[A-Z]\w+/g));
  return (fs.readdirSync(modules, { recursive: true }) as string[])
    .filter((file) => file.endsWith(".ts"))
    .flatMap((file) => [...parsed(path.join(modules, file)).statements].filter(ts.isInterfaceDeclaration))
    .filter(({ name }) => exported.has(name.text))
    .flatMap(({ name, members }) =>
      members.map((member) => ({
        name: `${name.text}.${member.name!.getText()}`,
        optional: member.questionToken !== undefined,
        doc: ts
          .getJSDocCommentsAndTags(member)
          .map((comment) => comment.getText())
          .join(" "),
      })),
    );
}

test("every property of a public interface says what it is", () => {
  const all = properties();
  expect(all.length).toBeGreaterThan(80);
  expect(all.filter(({ doc }) => doc === "").map(({ name }) => name)).toEqual([]);
});

test("every optional property names its default", () => {
  const optional = properties().filter((property) => property.optional);
  expect(optional.filter(({ doc }) => !doc.includes("@default")).map(({ name }) => name)).toEqual([]);
});
