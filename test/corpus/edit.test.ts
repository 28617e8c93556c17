// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { edit } from "./edit";
import { configurationsIn, notesOf } from "./folders";

let folder: string;

beforeEach(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "part11-"));
});

afterEach(() => fs.rmSync(folder, { recursive: true }));

describe("an edit of a plan", () => {
  it("sets and removes what its pointers name", () => {
    const plan = { complete: true, changes: [{ "a/b": 1 }, { kept: 2 }] };
    edit(plan, { set: { "/complete": false, "/changes/0/a~1b": 3 }, remove: ["/changes/1"] });
    expect(plan).toEqual({ complete: false, changes: [{ "a/b": 3 }] });
  });

  it.each(["complete", "/changes/7/region"])("refuses %s, which leads to nothing", (pointer) => {
    expect(() => edit({ changes: [] }, { set: { [pointer]: 1 } })).toThrow(pointer);
  });

  it("refuses to remove what is not there", () => {
    expect(() => edit({}, { remove: ["/complete"] })).toThrow("nothing to remove");
  });
});

describe("the notes of a folder", () => {
  it("are empty without example.json", () => {
    expect(notesOf(folder)).toEqual({});
  });

  it.each([
    ['{"enviroment": "qualification"}', "enviroment"],
    ['{"set": {"/complete": false}}', "synthetic"],
    ['{"synthetic": "for no edit"}', "synthetic"],
  ])("are refused when they say %s", (text, named) => {
    fs.writeFileSync(path.join(folder, "example.json"), text);
    expect(() => notesOf(folder)).toThrow(named);
  });
});

it("a configuration holds its modules", () => {
  for (const name of ["b", "b/modules/m", "a"]) {
    fs.mkdirSync(path.join(folder, name), { recursive: true });
    fs.writeFileSync(path.join(folder, name, "main.tf"), "");
  }
  expect(configurationsIn(folder)).toEqual([path.join(folder, "a"), path.join(folder, "b")]);
});
