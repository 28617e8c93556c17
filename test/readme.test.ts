// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import ts from "typescript";
import { main } from "../validation/cli";

const root = path.join(__dirname, "..");
const readme = fs.readFileSync(path.join(root, "README.md"), "utf8");

function block(language: string): string {
  const match = new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``).exec(readme);
  if (!match) throw new Error(`no block ${language} in README.md`);
  return match[1]!;
}

test("the import example compiles against the modules of this package", () => {
  const file = path.join(root, "readme-example.ts");
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.CommonJS,
    moduleResolution: ts.ModuleResolutionKind.Node10,
    esModuleInterop: true,
    // The sources need them; the declarations that users compile against do not (test/full/package.test.ts).
    types: ["node"],
    baseUrl: root,
    paths: { "cdktf-part11": ["modules/index.ts"] },
  };
  const host = ts.createCompilerHost(options);
  const { readFile, fileExists, getSourceFile } = host;
  host.fileExists = (name) => name === file || fileExists(name);
  host.readFile = (name) => (name === file ? block("ts") : readFile(name));
  host.getSourceFile = (name, ...rest) =>
    name === file ? ts.createSourceFile(name, block("ts"), ts.ScriptTarget.ES2022) : getSourceFile(name, ...rest);
  const program = ts.createProgram([file], options, host);
  const problems = ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
  expect(problems).toEqual([]);
});

test("the import example has at most ten lines", () => {
  expect(block("ts").trim().split("\n").length).toBeLessThanOrEqual(10);
});

test("every script that the README calls is in package.json", () => {
  const { scripts } = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8")) as {
    scripts: Record<string, string>;
  };
  const called = [...readme.matchAll(/npm (?:run )?([a-z:]+)/g)]
    .map(([, name]) => name!)
    .filter((name) => !["ci", "pack"].includes(name));
  expect(called.filter((name) => !(name in scripts))).toEqual([]);
});

test("every file, folder and page that the README names is there", () => {
  const named = [
    ...readme.matchAll(/\]\((docs\/[^)]+)\)/g),
    ...readme.matchAll(/^\| `([a-z]+\/)` \|/gm),
    ...readme.matchAll(/`([a-z]+\/[\w/-]+(?:\.\w+)?)`/g),
  ].map(([, target]) => target!);
  expect(named).toEqual(expect.arrayContaining(["docs/decisions/0007", "modules/"]));
  expect(named.filter((target) => !isThere(target))).toEqual([]);
});

/** A decision is named by its number alone. */
function isThere(target: string): boolean {
  const { dir, base } = path.parse(path.join(root, target));
  return fs.readdirSync(dir).some((name) => name === base || (/^\d{4}$/.test(base) && name.startsWith(`${base}-`)));
}

test("in a checkout the command is where the README says", () => {
  const { bin } = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8"));
  expect(readme).toContain(`\`node ${bin.part11}\``);
});

/** Verbs that have verbs of their own. */
const WITH_SUBVERBS = ["control", "policy"];

test.each([
  ["README.md", 8],
  ["CONTRIBUTING.md", 2],
  ["docs/guides/gate-in-ci.md", 1],
])("every call of part11 that %s shows is of a verb and of options that there are", async (name, atLeast) => {
  const text = fs.readFileSync(path.join(root, name), "utf8");
  const calls = [
    ...text.matchAll(/(?:npx part11|dist\/validation\/cli\.js|bin\/part11) (\w[\w-]*)((?:[^`\n\\]|\\\n)*)/g),
  ];
  expect(calls.length).toBeGreaterThanOrEqual(atLeast);
  for (const [line, verb, rest] of calls) {
    const subverb = WITH_SUBVERBS.includes(verb!) ? [rest!.trim().split(" ")[0]!] : [];
    let help = "";
    const io = { stdout: { write: (text: string) => (help += text) }, stderr: process.stderr, env: {}, cwd: root };
    expect([line, await main([verb!, ...subverb, "--help"], io)]).toEqual([line, 0]);
    for (const [option] of rest!.matchAll(/--[a-z-]+/g))
      expect([line, help]).toEqual([line, expect.stringContaining(option)]);
  }
});
