// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { main } from "../../validation/cli";
import { packageRoot } from "../../validation/package-root";
import { EXAMPLE } from "../validation/vendors/example";
import { newKey } from "../validation/vendors/keys";

const GUIDE = fs.readFileSync(path.join(packageRoot(), "docs", "guides", "vendors.md"), "utf8");

/** The commands of the guide, each as its arguments without `part11`. */
const COMMANDS = [...GUIDE.matchAll(/```shell\n(.*?)```/gs)].map(([, text]) =>
  [
    ...text!
      .replace(/\\\n/g, " ")
      .trim()
      .matchAll(/"([^"]*)"|(\S+)/g),
  ]
    .map(([, quoted, word]) => quoted ?? word!)
    .slice(1),
);

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "part11-"));
  fs.writeFileSync(path.join(folder, "vendors.yaml"), EXAMPLE);
  fs.writeFileSync(path.join(folder, "delta.pub"), newKey("ed25519"));
  fs.writeFileSync(path.join(folder, "new.pub"), newKey("p256"));
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

async function exitOf(argv: readonly string[]): Promise<number> {
  const io = { stdout: { write: () => true }, stderr: { write: () => true }, env: {}, cwd: folder };
  return main([...argv], io);
}

const command = (...words: readonly string[]) => COMMANDS.find((argv) => words.every((word, i) => argv[i] === word))!;
// The dates of the guide are of its time.
const ON = ["--on", "2026-11-22"];

test("the commands of the guide change the example as it says, one after the other", async () => {
  const exits = [
    await exitOf([...command("vendor", "add"), ...ON]),
    await exitOf([...command("vendor", "rotate-key"), ...ON]),
    await exitOf([...command("vendor", "offboard"), ...ON]),
  ];
  expect(exits).toEqual([0, 0, 0]);
});

test("the guide shows each command that changes who may log in", () => {
  const shown = COMMANDS.map(([verb, name]) => `${verb} ${name}`);
  expect(shown).toEqual(
    expect.arrayContaining(["vendor add", "vendor rotate-key", "vendor offboard", "vendor disable"]),
  );
});
