// SPDX-License-Identifier: Apache-2.0
import { execFileSync } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { packageRoot } from "../../validation/package-root";
import { best, type Measurement } from "./measure";
import { multiply, resourceCount } from "./multiply";

const RUNS = 3;
const LARGE = 10_000;
const SMALL = 1_000;
/** Whole process over `JSON.parse` of the same plan in the same Node. */
const MAX_RATIO = 5;
const MAX_MEGABYTES = 400;
/** Time of ten times the resources over the time of one. */
const MAX_GROWTH = 11;

const FLOOR = 'JSON.parse(require("node:fs").readFileSync(process.argv[1]))';

interface Sample {
  readonly resources: number;
  readonly bytes: number;
  readonly floor: Measurement;
  readonly gate: Measurement;
  readonly phases: Readonly<Record<string, number>>;
}

/** Measures the gate on the production plan multiplied; true when every limit holds. */
export async function benchGate(print: (line: string) => void): Promise<boolean> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "part11-"));
  try {
    const small = await sample(folder, SMALL);
    const large = await sample(folder, LARGE);
    for (const each of [small, large]) for (const line of describe(each)) print(line);
    const limits: ReadonlyArray<readonly [string, number, number]> = [
      ["gate / JSON.parse", large.gate.seconds / large.floor.seconds, MAX_RATIO],
      ["peak memory, MB", large.gate.peakMegabytes, MAX_MEGABYTES],
      [
        `time of ${large.resources} / ${small.resources} resources`,
        large.gate.seconds / small.gate.seconds,
        MAX_GROWTH,
      ],
    ];
    for (const [name, value, limit] of limits) {
      print(`${value <= limit ? "ok    " : "BROKEN"}  ${name}: ${value.toFixed(2)} (limit ${limit})`);
    }
    return limits.every(([, value, limit]) => value <= limit) && [small, large].every(({ gate }) => gate.code !== 2);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

async function sample(folder: string, wanted: number): Promise<Sample> {
  const golden = path.join(packageRoot(), "test", "golden", "production");
  const read = (name: string) => fs.readFileSync(path.join(golden, name), "utf8");
  const original = { plan: read("plan.json"), synth: read("cdk.tf.json") };
  const { plan, synth } = multiply(original, Math.ceil(wanted / resourceCount(original.plan)));
  const files = { plan: path.join(folder, `plan-${wanted}.json`), synth: path.join(folder, `cdk-${wanted}.tf.json`) };
  fs.writeFileSync(files.plan, plan);
  fs.writeFileSync(files.synth, synth);
  const inputs = ["--plan", files.plan, "--synth", files.synth, "--lock", path.join(golden, ".terraform.lock.hcl")];
  const cli = path.join(packageRoot(), "dist", "validation", "cli.js");
  return {
    resources: resourceCount(plan),
    bytes: plan.length,
    floor: await best(RUNS, ["-e", FLOOR, files.plan]),
    gate: await best(RUNS, [cli, "gate", ...inputs, "--environment", "production"]),
    phases: phases({ ...files, lock: path.join(golden, ".terraform.lock.hcl"), environment: "production" }),
  };
}

// The same calls as the verb makes, each timed by itself in a process of their own.
function phases(inputs: object): Readonly<Record<string, number>> {
  const script = `
    const start = performance.now(), took = {};
    let last = start;
    const phase = (name, value) => { const now = performance.now(); took[name] = now - last; last = now; return value; };
    const { decide, evaluate, loadPolicy } = require("./dist/validation/gate");
    const { loadFacts } = require("./dist/validation/facts");
    phase("load code");
    const policy = phase("load policy", loadPolicy());
    const facts = phase("facts", loadFacts({ ...${JSON.stringify(inputs)}, maxBytes: 2 ** 29 - 1 }, process.cwd()));
    const evaluation = phase("evaluate", evaluate(facts, policy));
    phase("decide", decide(facts, policy, evaluation));
    process.stdout.write(JSON.stringify(took));`;
  return JSON.parse(execFileSync(process.execPath, ["-e", script], { cwd: packageRoot(), encoding: "utf8" }));
}

function describe({ resources, bytes, floor, gate, phases }: Sample): readonly string[] {
  const seconds = ({ seconds, peakMegabytes }: Measurement) =>
    `${seconds.toFixed(2)} s, ${peakMegabytes.toFixed(0)} MB`;
  const parts = Object.entries(phases).map(([name, ms]) => `${name} ${ms.toFixed(0)} ms`);
  return [
    `${resources} resources, plan of ${(bytes / 1e6).toFixed(1)} MB`,
    `  JSON.parse  ${seconds(floor)}`,
    `  part11 gate ${seconds(gate)}, exit code ${gate.code}: ${(gate.stdout.split("\n")[0] ?? "").trim()}`,
    `  phases      ${parts.join(", ")}`,
  ];
}

if (require.main === module) {
  benchGate((line) => process.stdout.write(`${line}\n`)).then(
    (held) => {
      process.exitCode = held ? 0 : 1;
    },
    (error: Error) => {
      process.stderr.write(`${error.message}\n`);
      process.exitCode = 2;
    },
  );
}
