// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { decide, loadPolicy } from "../../validation/gate";
import { packageRoot } from "../../validation/package-root";
import { factsOf } from "../validation/facts/plan-fixture";
import { evaluateInOneEngine } from "./one-engine";

const EXAMPLE = path.join(packageRoot(), "test/corpus/controls/p11_10a_01/pass/plan.json");

const loaded = loadPolicy();
const controls = loaded.sidecar.controls.filter(({ id }) => id === "P11-10a-01");
const policy = { ...loaded, sidecar: { ...loaded.sidecar, controls } };

/** What the compiled control says of one text of container definitions. */
function statusOf(text: string): string {
  const plan = JSON.parse(fs.readFileSync(EXAMPLE, "utf8"));
  plan.resource_changes[0].change.after.container_definitions = text;
  const facts = factsOf(plan);
  return decide(facts, policy, evaluateInOneEngine(facts, controls)).controls[0]!.status;
}

// In wasm a built-in that fails is undefined, and what is undefined must never come out as a pass.
describe("a text that is no JSON", () => {
  const whole: string = JSON.parse(fs.readFileSync(EXAMPLE, "utf8")).resource_changes[0].change.after
    .container_definitions;

  it("passes whole", () => {
    expect(statusOf(whole)).toBe("pass");
  });

  it("is unknown wherever it is cut off", () => {
    const cuts = Array.from({ length: 24 }, (_, i) => whole.slice(0, Math.floor((i * whole.length) / 24)));
    expect(cuts.map(statusOf)).toEqual(cuts.map(() => "unknown"));
  });

  it.each(["null", "1", '"text"', "{}", "[[]]", "[1]"])("is unknown as %s", (text) => {
    expect(statusOf(text)).toBe("unknown");
  });

  it.each(["]", "}", "[]", ", []", ', "only": []', "x", "]}", "}]", "//"])("is unknown where %s follows", (text) => {
    expect(statusOf(whole + text)).toBe("unknown");
  });

  it("fails as an empty list", () => {
    expect(statusOf("[]")).toBe("fail");
  });
});
