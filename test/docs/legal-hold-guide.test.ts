// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { hold } from "../../validation/cli/hold";
import { parseSelection } from "../../validation/hold";
import { packageRoot } from "../../validation/package-root";
import { Bucket } from "../validation/hold/in-memory";

const GUIDE = fs.readFileSync(path.join(packageRoot(), "docs", "guides", "legal-hold.md"), "utf8");
const FOLDER = "clinical/inbound/raw/acme/st-101";
const BUCKET = new Bucket([
  { key: `${FOLDER}/2026-11-02/LAB_CHEM_20261102.csv`, versionId: "v1" },
  { key: `${FOLDER}/2026-11-09/LAB_CHEM_20261109.csv`, versionId: "v2" },
]);

/** The commands of the guide, each as its arguments without `part11 hold`. */
const COMMANDS = [...GUIDE.matchAll(/```shell\npart11 hold (.*)\n```/g)].map(([, text]) =>
  [...text!.matchAll(/"([^"]*)"|(\S+)/g)].map(([, quoted, word]) => quoted ?? word!),
);
const [, SCREEN] = /```\n(held [\s\S]*?)```/.exec(GUIDE)!;

test("the commands of the guide hold, list and release one after the other, and the first says what the guide shows", async () => {
  const cwd = fs.mkdtempSync(path.join(os.tmpdir(), "part11-"));
  try {
    const said: string[] = [];
    const io = { stdout: { write: (text: string) => said.push(text) }, stderr: { write: () => true }, env: {}, cwd };
    const ports = { objects: async () => BUCKET, now: () => new Date(0) };
    const ended: unknown[] = [];
    for (const argv of COMMANDS) {
      const from = said.length;
      const exit = await hold(argv, io, ports);
      ended.push([argv[0], exit, said.slice(from).join("")]);
    }
    expect(ended).toEqual([
      ["add", 0, SCREEN],
      ["list", 0, expect.stringMatching(/^(?:held .* for LIT-2027-03\n){2}$/)],
      ["release", 0, expect.stringMatching(/^(?:released .*\n){2}versions: 2, failed: 0\n$/)],
    ]);
  } finally {
    fs.rmSync(cwd, { recursive: true });
  }
});

test("each command names a selection that is understood", () => {
  expect(COMMANDS.map(([, selection]) => parseSelection(selection!).path)).toEqual([
    `${FOLDER}/`,
    "clinical/inbound/raw/acme/",
    `${FOLDER}/`,
  ]);
});
