// SPDX-License-Identifier: Apache-2.0
import { spawn } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { readJournal, verifyBundle } from "../../../validation/evidence";
import { compileEvidence } from "./compiled-tree";
import { temporaryFolder } from "./temporary-folder";

const temporary = temporaryFolder();
const compiled = path.join(temporary.path, "compiled");
const child = path.join(compiled, "test", "validation", "evidence", "kill-child.js");

beforeAll(() => compileEvidence(compiled));
afterAll(() => temporary.remove());

/** Runs the child; resolves with what ended it and what it printed. */
function run(folder: string, killAfter: number): Promise<{ signal: NodeJS.Signals | null; writes: number }> {
  return new Promise((resolve, reject) => {
    const running = spawn(process.execPath, [child, folder, String(killAfter)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let printed = "";
    running.stdout.on("data", (chunk: Buffer) => {
      printed += chunk;
    });
    running.on("error", reject);
    running.on("close", (_code, signal) => resolve({ signal, writes: Number(printed) }));
  });
}

describe("a run killed with SIGKILL", () => {
  it("leaves no bundle that says COMPLETE, whichever write was its last", async () => {
    const whole = path.join(temporary.path, "whole");
    const { writes } = await run(whole, 0);
    expect(verifyBundle(whole)).toMatchObject({ exit: 3, summary: { status: "COMPLETE" } });
    const entries = readJournal(path.join(whole, "journal.jsonl")).length;

    const lengths = new Set<number>();
    const exits: number[] = [];
    async function killAfter(n: number): Promise<void> {
      const folder = path.join(temporary.path, `killed-${n}`);
      expect((await run(folder, n)).signal).toBe("SIGKILL");
      const { exit, summary } = verifyBundle(folder);
      exits.push(exit);
      expect({ n, exit, summary }).toEqual({ n, exit: 2, summary: undefined });
      const journal = path.join(folder, "journal.jsonl");
      if (fs.statSync(journal).size > 0) lengths.add(readJournal(journal).length);
    }
    for (let n = 1; n <= writes; n += 2) {
      await Promise.all([n, n + 1].filter((m) => m <= writes).map(killAfter));
    }
    // The child was stopped once after every entry: one journal of each length.
    expect([...lengths].sort((a, b) => a - b)).toEqual(Array.from({ length: entries }, (_, i) => i + 1));
    process.stdout.write(`SIGKILL: ${exits.length} kills, ${entries} journal entries, 0 bundles\n`);
  }, 1_800_000);
});
