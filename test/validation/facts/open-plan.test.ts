// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import { openPlan } from "../../../validation/facts";
import { codeOf, planFile, planJson } from "./plan-fixture";

const bytes = fs.readFileSync(planFile("changes"));
const codeOfText = (text: string) => codeOf(() => openPlan(Buffer.from(text), "plan.json"));
const codeOfPlan = (plan: unknown) => codeOfText(JSON.stringify(plan));

describe("a plan file", () => {
  test("of Terraform 1.11 is accepted", () => {
    expect([...openPlan(bytes, "plan.json").resource_changes]).toEqual(planJson("changes").resource_changes);
  });

  test("without changes is accepted", () => {
    expect([...openPlan(Buffer.from('{"format_version":"1.2","configuration":{}}'), "p").resource_changes]).toEqual([]);
  });

  test("cut at any place is refused", () => {
    const codes = new Set<string>();
    const end = bytes.toString("utf8").trimEnd().length;
    for (let length = 0; length < end; length += 97) codes.add(codeOf(() => openPlan(bytes.subarray(0, length), "p")));
    expect([...codes]).toEqual(["NOT_JSON"]);
  });

  test.each([
    ["another major version", "2.0", "PLAN_FORMAT"],
    ["an old format", "0.2", "PLAN_FORMAT"],
    ["a version that is a number", 1.2, "PLAN_FORMAT"],
  ])("of %s is refused", (_, format_version, code) => {
    expect(codeOfPlan({ ...planJson("changes"), format_version })).toBe(code);
  });

  test.each([
    ["a state file", { version: 4, serial: 1, lineage: "x", resources: [] }],
    ["show -json of a state", { format_version: "1.0", values: {} }],
    ["a wrapped plan", { plan: planJson("changes") }],
    ["a cdk.tf.json", { "//": {}, terraform: {}, provider: {}, resource: {} }],
    ["a list", [1]],
    ["a text", "plan"],
    ["an empty object", {}],
    ["a plan whose changes are no list", { ...planJson("changes"), resource_changes: {} }],
  ])("that is %s is refused as foreign", (_, plan) => {
    expect(codeOfPlan(plan)).toBe("PLAN_FOREIGN");
  });

  test("the refusal of a cdk.tf.json says where it belongs", () => {
    const text = JSON.stringify({ "//": {}, terraform: {}, provider: {} });
    expect(() => openPlan(Buffer.from(text), "p")).toThrow(/--synth/);
  });

  test.each([
    ["a member twice", '{"format_version":"1.2","configuration":{},"format_version":"1.2"}', "DUPLICATE_KEY"],
    [
      "an escaped member twice",
      '{"format_version":"1.2","configuration":{},"\\u0066ormat_version":"1.2"}',
      "DUPLICATE_KEY",
    ],
    ["__proto__", '{"format_version":"1.2","configuration":{},"__proto__":{}}', "FORBIDDEN_KEY"],
    [
      "__proto__ in a change",
      '{"format_version":"1.2","configuration":{},"resource_changes":[{"__proto__":{}}]}',
      "FORBIDDEN_KEY",
    ],
    [
      "a key twice in a change",
      '{"format_version":"1.2","configuration":{},"resource_changes":[{"a":1,"a":2}]}',
      "DUPLICATE_KEY",
    ],
    ["a byte order mark", '\ufeff{"format_version":"1.2","configuration":{}}', "NOT_UTF8"],
    ["something after its end", '{"format_version":"1.2","configuration":{}}x', "NOT_JSON"],
    ["a missing comma", '{"format_version":"1.2" "configuration":{}}', "NOT_JSON"],
    ["a trailing comma", '{"format_version":"1.2","configuration":{},}', "NOT_JSON"],
  ])("with %s is refused", (_, text, code) => {
    expect(codeOfText(text)).toBe(code);
  });

  test("with an unreadable change is refused", () => {
    const plan = planJson("changes");
    plan.resource_changes[0].change.actions = ["obliterate"];
    expect(codeOfPlan(plan)).toBe("SCHEMA_MISMATCH");
  });

  test("with one address twice is refused", () => {
    const plan = planJson("changes");
    plan.resource_changes.push(plan.resource_changes[0]);
    expect(codeOfPlan(plan)).toBe("PLAN_FOREIGN");
  });
});
