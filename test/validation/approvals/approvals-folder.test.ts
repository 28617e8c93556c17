// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { namedFiles, readApprovalsFolder } from "../../../validation/approvals/approvals-folder";
import { temporaryFolder } from "../evidence/temporary-folder";
import { recordOf, statementOf } from "./people";

const temporary = temporaryFolder();
afterAll(() => temporary.remove());

function folderWith(name: string, files: Readonly<Record<string, string | Buffer>>): string {
  const folder = path.join(temporary.path, name);
  fs.mkdirSync(folder);
  for (const [file, content] of Object.entries(files)) fs.writeFileSync(path.join(folder, file), content);
  return folder;
}

test("records come back as they were named", () => {
  const record = { ...recordOf(statementOf("quality")), attached: Buffer.from("page") };
  const folder = folderWith("whole", Object.fromEntries(namedFiles(record)));
  expect(readApprovalsFolder(folder)).toEqual([record]);
});

test("a folder that is not there holds none", () => {
  expect(readApprovalsFolder(path.join(temporary.path, "none"))).toEqual([]);
});

test.each(["IQ-quality.json.sig", "notes.txt", ".IQ.json", "a b.json"])("%s alone belongs to no record", (name) => {
  expect(() => readApprovalsFolder(folderWith(`stray-${name.length}${name[0]}`, { [name]: "x" }))).toThrow(
    expect.objectContaining({ code: "APPROVAL_REFUSED" }),
  );
});
