// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { main } from "../../validation/cli";
import { packageRoot } from "../../validation/package-root";

const FOLDER = path.join(packageRoot(), "docs", "guides");
const GUIDE = fs.readFileSync(path.join(FOLDER, "push.md"), "utf8");

test("the command of the guide to pushing reads a folder and puts nothing", async () => {
  const cwd = fs.mkdtempSync(path.join(os.tmpdir(), "part11-"));
  try {
    fs.mkdirSync(path.join(cwd, "share"));
    fs.writeFileSync(path.join(cwd, "share", "a.csv"), "1");
    const [, text] = /```shell\n(.*?)```/s.exec(GUIDE)!;
    const words = text!.replace(/\\\n/g, " ").matchAll(/"([^"]*)"|(\S+)/g);
    const [, ...argv] = [...words].map(([, quoted, word]) => quoted ?? word!);
    let stdout = "";
    const io = { stdout: { write: (said: string) => (stdout += said) }, stderr: { write: () => true }, env: {}, cwd };
    expect(await main(argv, io)).toBe(0);
    expect(stdout).toContain("would-put: 1");
  } finally {
    fs.rmSync(cwd, { recursive: true });
  }
});

test("every link of the guide to pushing leads somewhere", () => {
  const links = [...GUIDE.matchAll(/\]\(([^)]+)\)/g)].map(([, link]) => link!);
  expect(links.filter((link) => !fs.existsSync(path.join(FOLDER, link)))).toEqual([]);
});
