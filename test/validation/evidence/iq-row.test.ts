// SPDX-License-Identifier: Apache-2.0
import { iqRowResult, type Reading } from "../../../validation/evidence";

const A: Reading = { kind: "value", value: { Action: ["a"], Effect: "Deny" } };
const SAME_A: Reading = { kind: "value", value: { Effect: "Deny", Action: ["a"] } };
const B: Reading = { kind: "value", value: { Action: ["b"], Effect: "Deny" } };
const UNKNOWN: Reading = { kind: "unknown" };
const NOT_SET: Reading = { kind: "not-set" };
const DEFAULT: Reading = { kind: "default", value: "STANDARD", source: "API reference" };
const NOT_AVAILABLE: Reading = { kind: "not-available", reason: "no such call" };

describe("iqRowResult", () => {
  it.each<[string, string, Reading, Reading, Reading, Reading]>([
    ["all agree", "PASS", A, A, A, A],
    ["all agree, keys in another order", "PASS", A, SAME_A, A, SAME_A],
    ["plan does not know yet", "PASS", A, UNKNOWN, A, A],
    ["nowhere set", "PASS", NOT_SET, NOT_SET, NOT_SET, NOT_SET],
    ["not configured, elsewhere at the default", "PASS", NOT_SET, NOT_SET, DEFAULT, DEFAULT],
    ["configured, live at the default", "FAIL", A, A, A, DEFAULT],
    ["configuration says that it is a default", "FAIL", DEFAULT, DEFAULT, DEFAULT, DEFAULT],
    ["not configured, live has a value", "FAIL", NOT_SET, NOT_SET, DEFAULT, A],
    ["live cannot be read", "NOT AVAILABLE", A, A, A, NOT_AVAILABLE],
    ["live cannot be read, plan does not know yet", "NOT AVAILABLE", A, UNKNOWN, A, NOT_AVAILABLE],
    ["live differs", "FAIL", A, A, A, B],
    ["live is not set", "FAIL", A, A, A, NOT_SET],
    ["live is unknown", "FAIL", A, A, A, UNKNOWN],
    ["state differs", "FAIL", A, A, B, A],
    ["state and live differ alike", "FAIL", A, A, B, B],
    ["state differs and live cannot be read", "FAIL", A, A, B, NOT_AVAILABLE],
    ["state cannot be read", "FAIL", A, A, NOT_AVAILABLE, A],
    ["plan differs", "FAIL", A, B, A, A],
    ["plan is not set", "FAIL", A, NOT_SET, A, A],
    ["plan cannot be read", "FAIL", A, NOT_AVAILABLE, A, A],
    ["config is unknown", "FAIL", UNKNOWN, A, A, A],
    ["everything is unknown", "FAIL", UNKNOWN, UNKNOWN, UNKNOWN, UNKNOWN],
    ["nothing can be read", "FAIL", NOT_AVAILABLE, NOT_AVAILABLE, NOT_AVAILABLE, NOT_AVAILABLE],
    ["config is set and nothing else", "FAIL", A, NOT_SET, NOT_SET, NOT_SET],
  ])("%s: %s", (_name, result, config, plan, state, live) => {
    expect(iqRowResult({ config, plan, state, live })).toBe(result);
  });
});
