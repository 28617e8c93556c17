// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { packageRoot } from "../../validation/package-root";
import { best, type Measurement } from "./measure";
import { type MultipliedPlan, writeMultipliedPlan } from "./multiplied-plan";
import { type Limit, Peers } from "./peers";

/** Wanted resources, and how often each size is run: the fastest counts. */
const SIZES = [
  { wanted: 100, runs: 3 },
  { wanted: 1_000, runs: 3 },
  { wanted: 10_000, runs: 3 },
  { wanted: 100_000, runs: 1 },
] as const;
/** The size that is held to a bare `JSON.parse` of the same plan in the same Node. */
const HELD = 10_000;
const MAX_RATIO = 5;
/** Largest resident set of the gate, by wanted resources. */
const MAX_MEGABYTES: Readonly<Record<number, number>> = { 10000: 400, 100000: 4_096 };
/** Time of ten times the resources over the time of one. */
const MAX_GROWTH = 11;
/** Sizes above are not asked of other tools, nor taken apart. */
const MOST_COMPARED = 10_000;
/** Seconds after which the gate is stopped. */
const PATIENCE = 150;

const FLOOR = 'JSON.parse(require("node:fs").readFileSync(process.argv[1]))';

interface Sample {
  readonly wanted: number;
  readonly resources: number;
  readonly floor: Measurement;
  readonly gate: Measurement;
}

/** Measures the gate on the production plan multiplied, beside other tools; true when every limit holds. */
export async function benchGate(print: (line: string) => void): Promise<boolean> {
  const peers = new Peers();
  const samples: Sample[] = [];
  const ofPeers: Limit[] = [];
  for (const { wanted, runs } of SIZES) {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), "part11-"));
    try {
      const plan = writeMultipliedPlan(folder, wanted);
      samples.push(await sample(plan, wanted, runs, print));
      if (wanted <= MOST_COMPARED) ofPeers.push(...(await compare(plan, folder, peers, print)));
    } finally {
      fs.rmSync(folder, { recursive: true });
    }
  }
  const limits = [...samples.flatMap(limitsOf), ...growth(samples), ...ofPeers];
  for (const each of limits) print(verdict(each));
  return limits.every(isHeld);
}

async function sample(
  plan: MultipliedPlan,
  wanted: number,
  runs: number,
  print: (line: string) => void,
): Promise<Sample> {
  const inputs = ["--plan", plan.plan, "--synth", plan.synth, "--lock", plan.lock, "--settings", plan.settings];
  const cli = path.join(packageRoot(), "dist", "validation", "cli.js");
  const floor = await best(runs, ["-e", FLOOR, plan.plan]);
  const gate = await best(runs, [cli, "gate", ...inputs, "--environment", "production"], { patience: PATIENCE });
  print(`${plan.resources} resources, plan of ${(plan.bytes / 1e6).toFixed(1)} MB, best of ${runs}`);
  print(`  JSON.parse  ${figures(floor)}`);
  print(`  part11 gate ${figures(gate)}, exit code ${gate.code}: ${said(gate)}`);
  return { wanted, resources: plan.resources, floor, gate };
}

/** The parts of the work, each timed in a process of their own, and other tools on the same plan and the same facts. */
async function compare(
  plan: MultipliedPlan,
  folder: string,
  peers: Peers,
  print: (line: string) => void,
): Promise<readonly Limit[]> {
  const { synth, lock, settings } = plan;
  const files = { plan: plan.plan, synth, lock, settings, environment: "production", maxBytes: 2 ** 29 - 1 };
  const script = [path.join(__dirname, "phases.js"), JSON.stringify(files), folder];
  const phases: Record<string, number> = JSON.parse(
    execFileSync(process.execPath, script, { cwd: packageRoot(), encoding: "utf8" }),
  );
  const parts = Object.entries(phases).map(([name, ms]) => `${name} ${ms.toFixed(0)} ms`);
  print(`  phases      ${parts.join(", ")}`);
  const [facts, evaluation] = ["facts.json", "evaluation.json"].map((name) => path.join(folder, name));
  return peers.judge({ plan, facts: facts!, evaluation: evaluation!, evaluateMs: phases.evaluate! }, print);
}

function limitsOf({ wanted, resources, floor, gate }: Sample): readonly Limit[] {
  const broken = notJudged(gate);
  const limits: Limit[] = [];
  if (wanted === HELD) {
    const value = gate.seconds / floor.seconds;
    limits.push({ name: `gate / JSON.parse of ${resources} resources`, value, limit: MAX_RATIO, broken });
  }
  const most = MAX_MEGABYTES[wanted];
  if (most !== undefined) {
    const value = gate.peakMegabytes;
    limits.push({ name: `peak memory of ${resources} resources, MB`, value, limit: most, broken });
  }
  return limits;
}

/** Each size over the one before; sizes are whole landing zones, so rarely ten times exactly. */
function growth(samples: readonly Sample[]): readonly Limit[] {
  return samples.slice(1).map((large, i) => {
    const small = samples[i]!;
    return {
      name: `time of ${large.resources} / ${small.resources} resources`,
      value: large.gate.seconds / small.gate.seconds,
      limit: (MAX_GROWTH * large.resources) / small.resources / 10,
      broken: notJudged(large.gate) ?? notJudged(small.gate),
    };
  });
}

function notJudged({ code, stderr, stopped }: Measurement): string | undefined {
  if (stopped) return `no verdict within ${PATIENCE} s`;
  return code === 0 || code === 1 ? undefined : `exit code ${code}, ${stderr.split(";")[0]}`;
}

function isHeld({ value, limit, broken }: Limit): boolean {
  return broken === undefined && value <= limit;
}

function verdict(one: Limit): string {
  const word = isHeld(one) ? "ok    " : "BROKEN";
  const reason = one.broken === undefined ? "" : `: ${one.broken}`;
  return `${word}  ${one.name}: ${one.value.toFixed(2)} (limit ${Number(one.limit.toFixed(2))})${reason}`;
}

function figures({ seconds, peakMegabytes }: Measurement): string {
  return `${seconds.toFixed(2)} s, ${peakMegabytes.toFixed(0)} MB`;
}

function said({ stdout, stderr }: Measurement): string {
  return ((stdout || stderr).split("\n")[0] ?? "").trim();
}
