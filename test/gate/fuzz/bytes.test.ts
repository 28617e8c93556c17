// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import fc from "fast-check";
import { drawn } from "../../drawn";
import { bases } from "./bases";
import { gateOf } from "./command-line";
import { judgedBytes } from "./pipeline";
import { BROKEN, passedAgainstReference, refusal } from "./properties";
import { denied } from "./reference";

/** A bucket locked in a mode that yields, and nothing that watches it. */
const VIOLATING = path.join("controls", "p11_10c_02", "fail");
const FLIPS = 20_000;
const USUAL_FLIPS = 400;
/** Of all truncations, the share that a usual run tries. */
const USUAL_STRIDE = 40;
const FULL = process.env.PART11_FULL === "1";
const HOUR = 3_600_000;

const plan = Buffer.from(bases().find(({ name }) => name === VIOLATING)!.text);
const lastByte = plan.lastIndexOf("}");

it("the plan that is broken here is one that the reference denies", () => {
  expect(denied(JSON.parse(plan.toString()))).toContain("P11-10c-02");
});

it(
  "no truncation of a violating plan passes",
  () => {
    const stride = FULL ? 1 : USUAL_STRIDE;
    const codes = new Map<string, number>();
    for (let length = 0; length <= lastByte; length += stride) count(codes, outcomeOf(plan.subarray(0, length)));
    process.stdout.write(`truncations: ${told(codes)}\n`);
    expect([...codes.keys()].filter((code) => code === "fail" || code === "pass")).toEqual([]);
  },
  HOUR,
);

it(
  "no violating plan with one byte changed passes",
  () => {
    const codes = new Map<string, number>();
    const flips = fc.record({ at: fc.nat({ max: plan.length - 1 }), to: fc.nat({ max: 255 }) });
    fc.assert(
      fc.property(flips, ({ at, to }) => count(codes, outcomeOf(withByte(at, to)))),
      drawn("plans with a byte changed", USUAL_FLIPS, FLIPS),
    );
    process.stdout.write(`bytes changed: ${told(codes)}\n`);
    expect(codes.get("pass")).toBeUndefined();
  },
  HOUR,
);

it("the command line refuses truncated plans with exit code 2", async () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "part11-bytes-"));
  try {
    for (const length of [0, 1, plan.length >> 1, lastByte]) {
      expect((await gateOf(plan.subarray(0, length), folder)).code).toBe(2);
    }
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
});

/** The verdict, or the code of the refusal. */
function outcomeOf(bytes: Buffer): string {
  try {
    const decisions = judgedBytes(bytes);
    const whole = parsed(bytes);
    if (whole !== undefined) expect(passedAgainstReference(whole, decisions)).toEqual([]);
    return decisions.verdict;
  } catch (error) {
    const code = refusal(error);
    expect(BROKEN).not.toContain(code);
    return code;
  }
}

/** Undefined when only a part that decides nothing is no JSON: the gate does not parse that. */
function parsed(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch {
    return undefined;
  }
}

function withByte(at: number, to: number): Buffer {
  const changed = Buffer.from(plan);
  changed[at] = to;
  return changed;
}

function count(codes: Map<string, number>, code: string): void {
  codes.set(code, (codes.get(code) ?? 0) + 1);
}

function told(codes: ReadonlyMap<string, number>): string {
  return [...codes].map(([code, n]) => `${n} ${code}`).join(", ");
}
