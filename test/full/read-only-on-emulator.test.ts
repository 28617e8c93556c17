// SPDX-License-Identifier: Apache-2.0
// The embedded AWS stands in for AWS behind the one port that a test may replace: whatever is sent to an endpoint of AWS arrives
// there. What comes of it is called AWS by the run and is no evidence of AWS; its bundle is gone with the test.
import * as fs from "node:fs";
import * as https from "node:https";
import * as path from "node:path";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { type IqRow, readJournal, type StepFinished, verifyBundle } from "../../validation/evidence";
import { packageRoot } from "../../validation/package-root";
import { makePlan } from "../../validation/plan";
import type { Qualification } from "../../validation/qualify";
import { readProfile } from "../../validation/qualify/profile";
import { qualifyReadOnly } from "../../validation/qualify/read-only/read-only";
import type { Wire } from "../../validation/target/aws";
import type { Credentials, Emulator } from "../../validation/target/emulator";
import { temporaryFolder } from "../validation/evidence/temporary-folder";
import { type AppliedZone, appliedZone } from "./applied-zone";

const said = { accountId: "111122223333", region: "eu-central-1", environment: "qualification" } as const;
const temporary = temporaryFolder();
let zone: AppliedZone;
let done: Qualification;
let steps: StepFinished[];
const sent: string[] = [];

/** Leads what goes to AWS to the emulator, signed for AWS as it is: another address, and a certificate of another name. */
function wireTo(emulator: Emulator, credentials: Credentials): Wire {
  const port = Number(new URL(emulator.endpoint).port);
  const httpsAgent = new https.Agent({
    ca: fs.readFileSync(emulator.caFile),
    checkServerIdentity: () => undefined,
    lookup: (_host, options, callback) => {
      const address = { address: "127.0.0.1", family: 4 };
      if (options.all) callback(null, [address]);
      else callback(null, address.address, address.family);
    },
  });
  const handler = new NodeHttpHandler({ httpsAgent });
  const handle: Wire["handler"]["handle"] = async (request, options) => {
    sent.push(`${request.method} ${request.hostname}`);
    const there = Object.assign(Object.create(Object.getPrototypeOf(request)), request, { port });
    return handler.handle(there, options as never);
  };
  return { handler: { handle }, credentials: async () => credentials };
}

beforeAll(async () => {
  zone = await appliedZone();
  const { TF_CLI_CONFIG_FILE, ...env } = process.env;
  const cwd = packageRoot();
  const plan = path.join(temporary.path, "plan");
  await makePlan({
    stack: "clinical-landing-zone",
    environment: "qualification",
    leaveOut: readProfile("emulator").leaveOut.map(({ type }) => type),
    out: plan,
    cwd,
    env,
  });
  const state = path.join(temporary.path, "state.json");
  fs.writeFileSync(state, JSON.stringify(zone.state));
  const { credentials } = zone.deployer.clientConfig(said.region);
  done = await qualifyReadOnly({
    cwd,
    env: {},
    said,
    plan,
    state,
    settings: path.join(cwd, "stacks", "settings", "qualification.yaml"),
    gateSettings: path.join(cwd, "stacks", "settings", "part11-qualification.yaml"),
    out: path.join(temporary.path, "bundle"),
    provisional: true,
    onProgress: () => undefined,
    wire: wireTo(zone.emulator, credentials as Credentials),
  });
  const entries = readJournal(path.join(done.folder, "journal.jsonl"));
  steps = entries.flatMap((entry) => (entry.type === "step-finished" ? [entry.body] : []));
}, 1_800_000);

afterAll(async () => {
  await zone?.stop();
  temporary.remove();
});

const rowsOf = (all: readonly StepFinished[]): IqRow[] => all.flatMap(({ rows }) => rows ?? []);

describe("a read-only run, the embedded AWS in the place of AWS", () => {
  it("finds every resource installed as configured, but for the queues, whose URLs name the emulator", () => {
    const iq = steps.filter(({ protocol }) => protocol === "IQ");
    const notPassed = iq.filter(({ result }) => result !== "PASS").map(({ result, reason }) => [result, reason]);
    const elsewhere = [
      "BLOCKED",
      expect.stringContaining("expected an endpoint of AWS over https, got https://127.0.0.1"),
    ];
    expect({ notPassed, rows: rowsOf(iq).length > 1000 }).toEqual({ notPassed: [elsewhere, elsewhere], rows: true });
  });

  it("sees what operation left, but for digests of the trail, which the emulator makes none of", () => {
    const looked = steps.filter(({ step }) => step.startsWith("OQ-read-")).map(({ step, result }) => [step, result]);
    expect(looked).toEqual([
      ["OQ-read-trail-delivers", "FAIL"],
      ["OQ-read-versions-locked", "PASS"],
      ["OQ-read-subscribers-confirmed", "PASS"],
    ]);
  });

  it("has no call refused by its own guard", () => {
    expect(done.summary.problems.filter(({ what }) => what.includes("WRITE_REFUSED"))).toEqual([]);
  });

  it("sends everything to AWS", () => {
    expect(sent.filter((request) => !request.endsWith(".amazonaws.com"))).toEqual([]);
  });

  it("leaves an intact bundle", () => {
    expect(verifyBundle(done.folder).problems).toEqual([]);
  });
});
