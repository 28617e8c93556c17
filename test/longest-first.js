// SPDX-License-Identifier: Apache-2.0
const Sequencer = require("@jest/test-sequencer").default;

/** A fresh clone knows no durations, so these would start whenever their turn comes, and the last one alone at the end. */
const LONG = [
  "test/full/qualify-broken-off.test.ts",
  "test/full/main-job.test.ts",
  "test/gate/mutation.test.ts",
  "test/gate/policies.test.ts",
  "test/full/iq-on-emulator.test.ts",
  "test/gate/linear.test.ts",
  "test/validation/target/emulator/preflight.test.ts",
  "test/validation/evidence/kill.test.ts",
  "test/validation/evidence/fuzz.test.ts",
  "test/validation/gate/diff/compare.test.ts",
];

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    const rank = ({ path }) => {
      const at = LONG.findIndex((name) => path.endsWith(name));
      return at === -1 ? LONG.length : at;
    };
    return super.sort(tests).sort((a, b) => rank(a) - rank(b));
  }
};
