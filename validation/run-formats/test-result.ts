// SPDX-License-Identifier: Apache-2.0
import { statementOf } from "../evidence/seal";
import { parseStrict } from "../json";
import type { ExecutedStep } from "./executed-steps";

interface Statement {
  readonly predicate: Readonly<Record<string, unknown>>;
}

/**
 * The in-toto Statement that the seal signs, with the steps named besides (predicate test-result v0.1): the same subject,
 * `manifest.json` by its SHA-256, and the same result. It carries no signature: whoever vouches for it signs it.
 *
 * @param manifest bytes of the bundle's manifest
 */
export function testResult(manifest: Buffer, steps: readonly ExecutedStep[]): object {
  const statement = parseStrict(statementOf(manifest), "statement") as Statement;
  const named = (...states: readonly ExecutedStep["state"][]) =>
    steps.filter(({ state }) => states.includes(state)).map(({ protocol, step }) => `${protocol.id}/${step.id}`);
  return {
    ...statement,
    predicate: {
      ...statement.predicate,
      passedTests: named("passed"),
      // The predicate knows no test that was left out; a warning is the most that such a one may be.
      warnedTests: named("left"),
      failedTests: named("failed", "broken"),
    },
  };
}
