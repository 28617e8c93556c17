// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import ts from "typescript";

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
    types: [],
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

test("every script that the README calls is in package.json", () => {
  const { scripts } = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8")) as {
    scripts: Record<string, string>;
  };
  const called = [...readme.matchAll(/npm (?:run )?([a-z:]+)/g)]
    .map(([, name]) => name!)
    .filter((name) => !["ci"].includes(name));
  expect(called.filter((name) => !(name in scripts))).toEqual([]);
});

test("every folder and page that the README names is there", () => {
  const named = [...readme.matchAll(/\]\((docs\/[^)]+)\)/g), ...readme.matchAll(/^\| `([a-z]+\/)` \|/gm)].map(
    ([, target]) => target!,
  );
  expect(named.filter((target) => !fs.existsSync(path.join(root, target)))).toEqual([]);
});
