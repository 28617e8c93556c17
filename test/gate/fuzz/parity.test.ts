// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { loadPolicySync } from "@open-policy-agent/opa-wasm";
import canonicalize from "canonicalize";
import fc from "fast-check";
import { type Answer, loadPolicy } from "../../../validation/gate";
import { packageRoot } from "../../../validation/package-root";
import { ensureOpa, runCommand } from "../../../validation/toolchain";
import { drawn } from "../../drawn";
import { drawnPlans, planOf } from "./generated";
import { ASKED, dataOf, factsOfBytes } from "./pipeline";

/** opa reads a batch at once; a larger one takes gigabytes. */
const BATCH = 100;
const MOST = 10_000;
const HOUR = 3_600_000;
const PAGES = 2_048;

const QUERY = `[said |
  names := {name | some name in input.names}
  some facts in input.batch
  said := data.part11_main._controls(names) with input as facts
]`;

const ROOT = packageRoot();

let folder: string;
let opa: string;
beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "part11-parity-"));
  opa = (await ensureOpa({ cwd: ROOT, env: process.env })).path;
}, HOUR);
afterAll(() => fs.rmSync(folder, { recursive: true }));

it(
  "opa and wasm say the same of generated facts",
  async () => {
    const { seed, numRuns } = drawn("facts for opa and wasm", 25, MOST);
    const engine = loadPolicySync(loadPolicy().wasm, { initial: PAGES });
    const views = generatedViews(seed, numRuns);
    let compared = 0;
    for (let batch = take(views, BATCH); batch.length > 0; batch = take(views, BATCH)) {
      const byOpa = await said(batch.map((data) => data.facts));
      batch.forEach((data, index) => {
        engine.setData(data);
        const [{ result }] = engine.evaluate({ controls: ASKED }, "part11_main/part") as [
          { result: { controls: Said } },
        ];
        expect(sorted(byOpa[index]!)).toEqual(sorted(result.controls));
        compared += 1;
      });
    }
    expect(compared).toBe(numRuns);
  },
  HOUR,
);

type Said = Record<string, { answers: readonly unknown[]; not_applicable: string | null }>;

/** What the policies see of generated plans that are plans at all. */
function* generatedViews(seed: number, count: number): Generator<ReturnType<typeof dataOf>> {
  let found = 0;
  for (let round = 0; found < count; round++) {
    for (const drawnPlan of fc.sample(drawnPlans, { seed: seed + round, numRuns: BATCH })) {
      const view = viewed(JSON.stringify(planOf(drawnPlan)));
      if (view === null) continue;
      yield view;
      if (++found === count) return;
    }
  }
}

function viewed(text: string): ReturnType<typeof dataOf> | null {
  try {
    return dataOf(factsOfBytes(Buffer.from(text)));
  } catch {
    return null;
  }
}

function take<T>(from: Iterator<T>, count: number): readonly T[] {
  const taken: T[] = [];
  while (taken.length < count) {
    const next = from.next();
    if (next.done) break;
    taken.push(next.value);
  }
  return taken;
}

async function said(batch: readonly unknown[]): Promise<readonly Said[]> {
  const input = path.join(folder, "input.json");
  fs.writeFileSync(input, JSON.stringify({ names: ASKED, batch }));
  const query = ["eval", "--bundle", "policies", "--input", input, "--format", "json", QUERY];
  const { code, stderr, stdout } = await runCommand(opa, query, { cwd: ROOT, env: process.env });
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  return JSON.parse(stdout).result[0].expressions[0].value;
}

function sorted(controls: Said): unknown {
  return Object.entries(controls)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, { answers, not_applicable }]) => [
      name,
      answers
        .map((answer) =>
          sameNumbers(
            JSON.stringify(
              Object.entries(answer as Answer)
                .map(sameOrder)
                .sort(),
            ),
          ),
        )
        .sort(),
      not_applicable,
    ]);
}

/** Members of an object shown as a text stand in another order in wasm; no status depends on it. */
function sameOrder([name, said]: [string, unknown]): unknown {
  return [name, typeof said === "string" && /^[[{]/.test(said) ? inOrder(said) : said];
}

function inOrder(text: string): string {
  try {
    return canonicalize(JSON.parse(text))!;
  } catch {
    return text;
  }
}

/** opa and wasm write a number of more digits than a double holds in two ways; no status depends on it. */
function sameNumbers(text: string): string {
  return text.replace(/\d(?:\.\d+)?e\+\d+|\d{16,}/g, (number) => String(Number(number)));
}
