// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { main } from "../../../validation/cli";
import { outputFile, outputFolder, writeOutput } from "../../../validation/cli/output";
import { PRODUCTION } from "../../gate/mutation/documents";
import { fixtureProject, removeTemporaryFolders, temporaryFolder } from "../plan/fixture-app/project";
import { unwritable } from "./unwritable";

const PLAN = path.join(PRODUCTION, "plan.json");
const NO_INPUT = { plan: "-" };
const REFUSED = expect.objectContaining({ code: "OUT_NOT_WRITABLE" });

const places = unwritable(temporaryFolder());
afterAll(removeTemporaryFolders);

async function run(argv: string[], cwd = temporaryFolder()) {
  const written = { stdout: "", stderr: "" };
  const stream = (name: "stdout" | "stderr") => ({
    write: (text: string) => {
      written[name] += text;
    },
  });
  // Nothing long can start: there is no tool on this PATH.
  const code = await main(argv, { stdout: stream("stdout"), stderr: stream("stderr"), env: { PATH: "" }, cwd });
  return { code, ...written };
}

describe("a file to write", () => {
  test.each([...places, ["in a folder that is not there", path.join("absent", "out")]])("is refused %s", (_, out) => {
    expect(() => outputFile(out, temporaryFolder(), NO_INPUT)).toThrow(REFUSED);
  });

  test.each([
    ["a folder", (out: string) => fs.mkdirSync(out)],
    ["a link", (out: string) => fs.symlinkSync("elsewhere", out)],
  ])("is refused where %s is, which stays", (_, make) => {
    const out = path.join(temporaryFolder(), "out");
    make(out);
    const before = fs.lstatSync(out).ino;
    expect(() => outputFile(out, "/", NO_INPUT)).toThrow(REFUSED);
    expect(fs.lstatSync(out).ino).toBe(before);
  });

  test.each([
    ["under its own name", (plan: string) => plan],
    [
      "under another name of it",
      (plan: string) => {
        fs.linkSync(plan, `${plan}.link`);
        return `${plan}.link`;
      },
    ],
  ])("is refused when it is an input %s", (_, named) => {
    const plan = path.join(temporaryFolder(), "plan.json");
    fs.writeFileSync(plan, "{}");
    expect(() => outputFile(named(plan), "/", { plan })).toThrow(expect.objectContaining({ code: "USAGE" }));
  });

  test("is not made by the check, nor is anything else", () => {
    const cwd = temporaryFolder();
    expect(outputFile("out.json", cwd, NO_INPUT)).toBe(path.join(cwd, "out.json"));
    expect(fs.readdirSync(cwd)).toEqual([]);
  });

  test("keeps what it held through the check", () => {
    const cwd = temporaryFolder();
    fs.writeFileSync(path.join(cwd, "out.json"), "before");
    outputFile("out.json", cwd, NO_INPUT);
    expect(fs.readFileSync(path.join(cwd, "out.json"), "utf8")).toBe("before");
  });

  test("leaves nothing behind when writing fails after the check", () => {
    const cwd = temporaryFolder();
    const out = outputFile("out.json", cwd, NO_INPUT);
    fs.mkdirSync(out);
    expect(() => writeOutput(out, "{}")).toThrow(REFUSED);
    expect(fs.readdirSync(cwd)).toEqual(["out.json"]);
  });
});

describe("a folder to write into", () => {
  test.each(places)("is refused %s", (_, out) => {
    expect(() => outputFolder(out, "/")).toThrow(REFUSED);
  });

  test("is refused where a file is", () => {
    const out = path.join(temporaryFolder(), "file");
    fs.writeFileSync(out, "");
    expect(() => outputFolder(out, "/")).toThrow(REFUSED);
  });

  test("may be several folders away from those that are there, of which none is left", () => {
    const cwd = temporaryFolder();
    expect(outputFolder(path.join("a", "b", "c"), cwd)).toBe(path.join(cwd, "a", "b", "c"));
    expect(fs.readdirSync(cwd)).toEqual([]);
  });

  test("leaves none of the folders that it made before it was refused", () => {
    const cwd = temporaryFolder();
    expect(() => outputFolder(path.join("a", "b".repeat(300)), cwd)).toThrow(REFUSED);
    expect(fs.readdirSync(cwd)).toEqual([]);
  });

  test("stays when it was there before", () => {
    const cwd = temporaryFolder();
    fs.mkdirSync(path.join(cwd, "out"));
    outputFolder("out", cwd);
    expect(fs.readdirSync(cwd)).toEqual(["out"]);
  });
});

describe.each(places)("--out %s is one sentence with a code and exit code 2 for", (_, out) => {
  const refusal = { code: 2, stdout: "", stderr: expect.stringMatching(/^part11: OUT_NOT_WRITABLE: [^\n]+\n$/) };

  test("facts", async () => {
    expect(await run(["facts", "--plan", PLAN, "--environment", "production", "--out", out])).toEqual(refusal);
  });

  test("plan, which starts no app", async () => {
    const cwd = fixtureProject("echo started > started");
    expect(await run(["plan", "--stack", "s", "--environment", "production", "--out", out], cwd)).toEqual(refusal);
    expect(fs.existsSync(path.join(cwd, "started"))).toBe(false);
  });

  test("qualify, before its set-up", async () => {
    const cwd = temporaryFolder();
    expect(await run(["qualify", "--out", out], cwd)).toEqual(refusal);
    expect(fs.readdirSync(cwd)).toEqual([]);
  });

  test.each([
    ["text", /^part11 gate {2}error OUT_NOT_WRITABLE {2}could not judge\n$/],
    ["json", /^\{"schemaVersion":1,"verdict":"error","error":\{"code":"OUT_NOT_WRITABLE","message":"[^\n]+"\}\}\n$/],
  ])("gate, whose stdout carries %s and nothing else", async (format, stdout) => {
    const argv = ["gate", "--plan", PLAN, "--environment", "production", "--format", format, "--out", out];
    const stderr = expect.stringMatching(/^OUT_NOT_WRITABLE: [^\n]+\n$/);
    expect(await run(argv)).toEqual({ code: 2, stdout: expect.stringMatching(stdout), stderr });
  });
});

test("the sentence says what, where, expected, got and what to do", async () => {
  const { stderr } = await run(["facts", "--plan", PLAN, "--environment", "production", "--out", "/absent/folder/x"]);
  expect(stderr).toBe(
    "part11: OUT_NOT_WRITABLE: output cannot be written in /absent/folder/x: expected a folder that is there and can be written, got ENOENT: no such file or directory; make the folder, or name another file with --out\n",
  );
});

test("facts writes to --out what it prints", async () => {
  const cwd = temporaryFolder();
  const argv = ["facts", "--plan", PLAN, "--environment", "production"];
  const { stdout } = await run(argv, cwd);
  expect(await run([...argv, "--out", "facts.json"], cwd)).toEqual({ code: 0, stdout: "", stderr: "" });
  expect(fs.readFileSync(path.join(cwd, "facts.json"), "utf8")).toBe(stdout);
});

test("qualify refuses a bundle folder that is there before its set-up", async () => {
  const cwd = temporaryFolder();
  fs.mkdirSync(path.join(cwd, "bundle"));
  const { code, stderr } = await run(["qualify", "--out", "bundle"], cwd);
  expect({ code, stderr }).toEqual({ code: 2, stderr: expect.stringMatching(/^part11: BUNDLE_EXISTS: [^\n]+\n$/) });
});

test("qualify refuses before its set-up when its own folder for evidence cannot be made", async () => {
  const cwd = temporaryFolder();
  fs.writeFileSync(path.join(cwd, "evidence"), "");
  expect((await run(["qualify"], cwd)).stderr).toMatch(/^part11: OUT_NOT_WRITABLE: /);
});
