// SPDX-License-Identifier: Apache-2.0
import type { IqRow, StepFinished } from "../../validation/evidence";
import { iqCommitments, iqProtocol, runIq, serviceClients } from "../../validation/iq";
import { sha256Hex } from "../../validation/json";
import { Transcript } from "../../validation/target/transcript";
import { type AppliedZone, appliedZone } from "./applied-zone";
import { tamperTwenty } from "./tamper-twenty";

let zone: AppliedZone;
let untouched: StepFinished[];
let tampered: StepFinished[];
let changed: string[];
let unreachable: StepFinished[];

// One applied stack serves every test, and the tampering cannot be taken back: the runs stand in this order.
beforeAll(async () => {
  zone = await appliedZone();
  untouched = await qualify();
  changed = await tamperTwenty(zone.state, serviceClients(zone.root, zone.emulator.region, new Transcript()));
  tampered = await qualify();
  await zone.emulator.stop();
  unreachable = await qualify();
}, 1_800_000);

afterAll(() => zone?.stop());

async function qualify(): Promise<StepFinished[]> {
  const results: StepFinished[] = [];
  await runIq({
    ...zone.inputs,
    state: zone.state,
    connection: zone.deployer,
    evidence: (path, content) => ({ path, sha256: sha256Hex(content), size: Buffer.byteLength(content) }),
    onStarted: () => undefined,
    onFinished: (finished) => results.push(finished),
  });
  return results;
}

const rowsOf = (steps: readonly StepFinished[]): IqRow[] => steps.flatMap(({ rows }) => rows ?? []);
const failedRows = (steps: readonly StepFinished[]) => rowsOf(steps).filter(({ result }) => result === "FAIL");

describe("IQ of the landing zone on the emulator", () => {
  it("finds the stack installed as configured", () => {
    const notPassed = untouched.filter(({ result }) => result !== "PASS");
    expect({ notPassed, failed: failedRows(untouched) }).toEqual({ notPassed: [], failed: [] });
  });

  it("gives every step of the protocol a result", () => {
    expect(untouched.map(({ step }) => step)).toEqual(iqProtocol(zone.inputs).steps.map(({ id }) => id));
  });

  it("lacks a live value in the committed rows and in no other", () => {
    const lacking = rowsOf(untouched).filter(({ result }) => result === "NOT AVAILABLE");
    expect(lacking.map(({ id }) => id).sort()).toEqual(
      iqCommitments(zone.inputs)
        .notAvailable.map(({ row }) => row)
        .sort(),
    );
  });

  it("names each of twenty attributes that were changed behind Terraform's back", () => {
    const named = failedRows(tampered).map(({ id }) => id);
    expect([changed.length, changed.filter((row) => !named.includes(row))]).toEqual([20, []]);
  });

  it("fails no resource that nobody changed", () => {
    const addresses = new Set(changed.map((row) => row.slice(0, row.indexOf("#"))));
    expect(failedRows(tampered).filter(({ address }) => !addresses.has(address))).toEqual([]);
  });

  it("reads nothing, and passes nothing that it would have to read, when the emulator is gone", () => {
    const results = new Set(
      unreachable.slice(2).map(({ result, rows }) => `${result}, rows: ${rows?.length ?? "none"}`),
    );
    expect([...results]).toEqual(["BLOCKED, rows: none"]);
  });
});
