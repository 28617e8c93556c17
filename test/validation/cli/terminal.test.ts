// SPDX-License-Identifier: Apache-2.0
import { spawn } from "node:child_process";
import * as path from "node:path";
import { main } from "../../../validation/cli";
import { packageRoot } from "../../../validation/package-root";
import { PRODUCTION } from "../../gate/mutation/documents";

const ROOT = packageRoot();
const CLI = ["-r", path.join(ROOT, "node_modules", "ts-node", "register"), path.join(ROOT, "validation", "cli.ts")];

async function printed(argv: string[], terminal: object): Promise<string> {
  let text = "";
  const stdout = { write: (part: string) => (text += part), ...terminal };
  await main(argv, { stdout, stderr: { write: () => undefined }, env: { NO_COLOR: "1", PATH: "" }, cwd: PRODUCTION });
  return text;
}

const GATE = ["gate", "--plan", "plan.json", "--settings", "part11.yaml", "--environment", "production"];

const VERBS = [
  ["controls", ["controls"]],
  ["explain", ["explain", "P11-10c-02"]],
  ["doctor", ["doctor"]],
  ["gate without findings", [...GATE, "--synth", "cdk.tf.json"]],
  ["gate with findings", GATE],
] as const;

describe.each(VERBS)("%s", (_title, argv) => {
  const words = (text: string) => text.split(/\s+/);

  test("breaks no word at the right edge of a terminal of 80 columns", async () => {
    const text = await printed([...argv], { isTTY: true, columns: 80 });
    const tooLong = text.split("\n").filter((line) => line.length > 80);
    // A resource address cannot be broken, and it is printed with its attribute.
    expect(tooLong.filter((line) => !/^ {4}(fail|unknown) /.test(line))).toEqual([]);
  });

  test("says the same words in a pipe, with no line broken", async () => {
    const [piped, narrow] = [await printed([...argv], {}), await printed([...argv], { isTTY: true, columns: 40 })];
    expect(words(narrow)).toEqual(words(piped));
    expect(narrow.split("\n").length).toBeGreaterThan(piped.split("\n").length);
  });
});

test("a reader of stdout that goes away gets no stack trace, and what was not told is no success", async () => {
  const child = spawn(process.execPath, [...CLI, "controls"], { cwd: ROOT, stdio: ["ignore", "pipe", "pipe"] });
  child.stdout.destroy();
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => {
    stderr += chunk.toString();
  });
  const code = await new Promise((resolve) => child.once("close", resolve));
  expect({ code, stderr }).toEqual({ code: 2, stderr: "" });
});
