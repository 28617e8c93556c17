// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { loadPolicy, type Policy } from "../../../validation/gate";
import { buildPolicy } from "../../../validation/gate/build-policy";
import { comparePolicies } from "../../../validation/gate/diff/compare";
import { plansIn } from "../../../validation/gate/diff/plans";
import { sha256Hex } from "../../../validation/json";
import { packageRoot } from "../../../validation/package-root";
import { ensureOpa } from "../../../validation/toolchain";

/** All controls on all plans take some minutes. */
const FULL = process.env.PART11_FULL === "1";

/** A lock mode in one control, and in a library what an alias of AWS's own key is. */
const RELAXED = [
  {
    file: "part11/p11_10c_02/p11_10c_02.rego",
    from: 'answer.exact(subject, "rule.default_retention.mode", reading, "COMPLIANCE")',
    to: 'answer.of(subject, "rule.default_retention.mode", reading, {1 | reading.value in {"COMPLIANCE", "GOVERNANCE"}}, "COMPLIANCE")',
  },
  { file: "lib/key/key.rego", from: '	not contains(reading.value, "alias/aws/")\n', to: "" },
];
/** The control, and those that ask the library for a key of one's own. */
const WEAKENED = ["P11-10b-03", "P11-10c-02", "P11-10e-05", "P11-30-02", "P11-30-06"];

(FULL ? it : it.skip)(
  "a constant relaxed in one control and one in a library weaken the controls that have them, and no other (PART11_FULL=1)",
  async () => {
    const told = { plans: 0 };
    const onVariant = () => {
      told.plans++;
    };
    const changes = comparePolicies(loadPolicy(), await relaxed(), plansIn([], packageRoot()), { onVariant });
    process.stdout.write(`policy diff: ${changes.length} controls on ${told.plans} plans\n`);
    expect(changes.filter(({ change }) => change === "weakened").map(({ id }) => id)).toEqual(WEAKENED);
    expect(changes.filter(({ change }) => change === "stronger")).toEqual([]);
    expect(changes.filter(({ change, plans }) => change === "same" && plans === 0)).toEqual([]);
  },
  3_600_000,
);

/** The policies of this package with those constants relaxed. */
async function relaxed(): Promise<Policy> {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), "part11-"));
  try {
    fs.cpSync(path.join(packageRoot(), "policies"), path.join(root, "policies"), { recursive: true });
    for (const { file, from, to } of RELAXED) {
      const place = path.join(root, "policies", file);
      const text = fs.readFileSync(place, "utf8");
      expect(text).toContain(from);
      fs.writeFileSync(place, text.replace(from, to));
    }
    const { path: opa } = await ensureOpa({ cwd: packageRoot(), env: process.env });
    const { wasm, sidecar } = await buildPolicy({ root, opa, env: process.env });
    return { wasm, sidecar: JSON.parse(sidecar), digest: sha256Hex(sidecar) };
  } finally {
    fs.rmSync(root, { recursive: true });
  }
}
