// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { main } from "../../validation/cli";
import { packageRoot } from "../../validation/package-root";
import { parseIncidents, QUESTIONS } from "../../validation/review";

const guide = fs.readFileSync(path.join(packageRoot(), "docs", "guides", "review.md"), "utf8");

test("the guide to the periodic review shows incidents that are taken", () => {
  const [, yaml] = /```yaml\n(.*?)```/s.exec(guide)!;
  expect(parseIncidents(Buffer.from(yaml!), "guide").content.incidents.length).toBe(1);
});

test("the guide has a row for each question", () => {
  const [, , ...rows] = guide.match(/^\|.*$/gm)!;
  expect(rows.length).toBe(Object.keys(QUESTIONS).length);
});

test("the guide calls with options that there are", async () => {
  const [, call] = /```shell\n(.*?)```/s.exec(guide)!;
  let help = "";
  const io = { stdout: { write: (text: string) => (help += text) }, stderr: process.stderr, env: {}, cwd: "/" };
  await main(["review", "--help"], io);
  const missing = call!.match(/--[a-z-]+/g)!.filter((option) => !help.includes(option));
  expect(missing).toEqual([]);
});
