// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { main } from "../../validation/cli";
import { packageRoot } from "../../validation/package-root";

const FOLDER = path.join(packageRoot(), "docs", "guides");
const GUIDE = fs.readFileSync(path.join(FOLDER, "ledger.md"), "utf8");
const COMMANDS = [...GUIDE.matchAll(/```shell\npart11 (.*)\n```/g)].map(([, text]) => text!);

/** What the command says of itself. */
async function helpOf(verbs: readonly string[]): Promise<string> {
  const said: string[] = [];
  const stdout = { write: (text: string) => void said.push(text) };
  await main([...verbs, "--help"], { stdout, stderr: stdout, env: {}, cwd: FOLDER });
  return said.join("");
}

test("the guide shows each command on the ledger", () => {
  const verbs = COMMANDS.map((command) => command.split(" --")[0]);
  expect(verbs).toEqual(["arrivals", "ledger verify", "ledger reconcile", "replay"]);
});

test.each(COMMANDS)("every option exists: part11 %s", async (command) => {
  const [verbs = "", ...options] = command.split(/ (?=--)/);
  const help = await helpOf(verbs.split(" "));
  const unknown = options.map((option) => option.split(" ")[0]!).filter((option) => !help.includes(`${option} <`));
  expect([options.length > 0, unknown]).toEqual([true, []]);
});

test("every link of the guide leads somewhere", () => {
  const links = [...GUIDE.matchAll(/\]\(([^)#]+)/g)].map(([, link]) => link!);
  expect(links.filter((link) => !fs.existsSync(path.join(FOLDER, link)))).toEqual([]);
});
