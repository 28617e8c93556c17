// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { type Decisions, judge } from "../../../validation/gate";
import { NO_EXPRESSION, WEAKENED, type Weakened } from "./weakened";

const MAX_BYTES = 16 * 1024 * 1024;

/** Ways to say the same weak value, each with the plan that the real Terraform made of it. */
const WAYS = ["prop", "add-override", "override-file", "variable", "module-default"] as const;
/** The synth is the root module's, before Terraform read an override file. */
const WITHOUT_SYNTH: readonly string[] = ["override-file", "module-default"];

const verdicts = new Map<string, Decisions>();

describe.each(WAYS)("a weak value through %s fails the gate at", (way) => {
  it.each(WEAKENED.map((one: Weakened) => [`${one.type} ${one.path}`, one] as const))("%s", (_, weakened) => {
    // Plan JSON carries no lifecycle: where no synth tells, nobody knows.
    const isUntold = weakened.name === NO_EXPRESSION && WITHOUT_SYNTH.includes(way);
    expect(statusesAt(way, weakened)).toEqual([isUntold ? "unknown" : "fail"]);
  });
});

it.each(WEAKENED.map((one: Weakened) => [`${one.type} ${one.path}`, one] as const))(
  "the strong value of %s is no finding",
  (_, weakened) => {
    expect(statusesAt("strong", weakened)).toEqual([]);
  },
);

// What no plan shows, only the runner can hold: it plans the very synth and nothing beside it.
it.each(
  WEAKENED.filter(({ name }) => name !== NO_EXPRESSION).map(
    (one: Weakened) => [`${one.type} ${one.path}`, one] as const,
  ),
)("a synth that is strong where the plan is weak, at %s alone, is refused", (_, { type, path: attribute }) => {
  const synth = read("prop");
  const [name, weak] = Object.entries(synth.resource[type]!)[0]!;
  const [argument] = attribute.split(".") as [string];
  weak[argument] = read("strong").resource[type]![name]![argument];
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "part11-spellings-"));
  try {
    fs.copyFileSync(path.join(__dirname, "prop", "plan.json"), path.join(folder, "plan.json"));
    fs.writeFileSync(path.join(folder, "cdk.tf.json"), JSON.stringify(synth));
    const files = { plan: "plan.json", synth: "cdk.tf.json", environment: "production", maxBytes: MAX_BYTES };
    expect(() => judge(files, folder)).toThrow(expect.objectContaining({ code: "SYNTH_MISMATCH" }));
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
});

it("a synth beside an override file is refused", () => {
  expect(() => judged("override-file", "cdk.tf.json")).toThrow(expect.objectContaining({ code: "SYNTH_MISMATCH" }));
});

/** What the control says of the attribute. */
function statusesAt(way: string, { control, type, path: attribute }: Weakened): readonly string[] {
  const decisions = verdicts.get(way) ?? judged(way, WITHOUT_SYNTH.includes(way) ? undefined : "cdk.tf.json");
  verdicts.set(way, decisions);
  const { findings } = decisions.controls.find(({ id }) => id === control)!;
  const at = (address: string) => address.replace(/^module\.landing\./, "").startsWith(`${type}.`);
  return findings.filter((finding) => at(finding.address) && finding.attribute === attribute).map((f) => f.status);
}

function read(way: string): { resource: Record<string, Record<string, Record<string, unknown>>> } {
  return JSON.parse(fs.readFileSync(path.join(__dirname, way, "cdk.tf.json"), "utf8"));
}

function judged(way: string, synth: string | undefined): Decisions {
  const folder = path.join(__dirname, way);
  if (synth !== undefined && !fs.existsSync(path.join(folder, synth))) throw new Error(`${folder}: no ${synth}`);
  return judge({ plan: "plan.json", synth, environment: "production", maxBytes: MAX_BYTES }, folder);
}
