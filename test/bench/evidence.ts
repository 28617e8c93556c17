// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { ephemeralSealKey, linkOf, publicKeyPem } from "../../validation/evidence";
import { packageRoot } from "../../validation/package-root";
import { OQ, sampleRun } from "../validation/evidence/sample-run";
import { best } from "./measure";

const ENTRIES = 10_000;
const MAX_VERIFY_SECONDS = 2;
const BUNDLES = 1000;
const MAX_CHAIN_SECONDS = 5;
const RUNS = 3;

/** Measures `part11 verify` of a long journal and `part11 chain` of many bundles, whole processes; true when both limits hold. */
export async function benchEvidence(print: (line: string) => void): Promise<boolean> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "part11-"));
  try {
    const key = ephemeralSealKey();
    const pem = path.join(folder, "seal.pub.pem");
    fs.writeFileSync(pem, publicKeyPem(key.publicKey));

    const [first] = OQ.steps;
    const steps = Array.from({ length: ENTRIES / 2 }, (_, at) => ({ ...first!, id: `OQ-STEP-${at}` }));
    const long = path.join(folder, "long");
    sampleRun(long, { key, protocols: [{ ...OQ, steps }] });
    const entries = fs.readFileSync(path.join(long, "journal.jsonl"), "utf8").trimEnd().split("\n").length;
    const verify = ["verify", long, "--key", pem];

    const chain = path.join(folder, "chain");
    const last = chainOf(BUNDLES, chain, key);
    const verifyChain = ["chain", chain, "--key", pem, "--last", last];

    const held = await inTime(
      `verify ${entries} entries and as many files as steps`,
      verify,
      MAX_VERIFY_SECONDS,
      print,
    );
    return (await inTime(`chain of ${BUNDLES} bundles`, verifyChain, MAX_CHAIN_SECONDS, print)) && held;
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

/** Writes a whole chain; the SHA-256 of its last manifest. */
function chainOf(bundles: number, folder: string, key: ReturnType<typeof ephemeralSealKey>): string {
  let before: ReturnType<typeof linkOf> | undefined;
  for (let sequence = 1; sequence <= bundles; sequence += 1) {
    const run = `run-${String(sequence).padStart(4, "0")}`;
    const after = before && { sequence, run: before.run, manifestSha256: before.manifestSha256 };
    sampleRun(path.join(folder, run), { key, run, hoursLater: sequence, ...(after && { after }) });
    before = linkOf(path.join(folder, run));
  }
  return before!.manifestSha256;
}

async function inTime(
  what: string,
  args: readonly string[],
  limit: number,
  print: (line: string) => void,
): Promise<boolean> {
  const cli = path.join(packageRoot(), "dist", "validation", "cli.js");
  const { seconds, code } = await best(RUNS, [cli, ...args]);
  const held = code === 0 && seconds <= limit;
  print(`${held ? "ok    " : "BROKEN"}  ${what}: ${seconds.toFixed(2)} s (limit ${limit} s), exit ${code}`);
  return held;
}
