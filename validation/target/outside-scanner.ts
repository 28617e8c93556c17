// SPDX-License-Identifier: Apache-2.0
import { Part11Error } from "../error";
import type { Facts } from "../facts";

/**
 * Name, without alias or version, of the function that promotion may call and that no plan makes.
 *
 * @returns undefined where the plan asks no scanner
 * @throws SUBJECT_NOT_FOUND where it may call several
 */
export function outsideScanner(facts: Facts): string | undefined {
  const asked = facts.statements.filter(
    ({ effect, actions }) => effect === "Allow" && actions.includes("lambda:invokefunction"),
  );
  const arns = asked.flatMap(({ resources }) => resources.filter((arn) => /^arn:[^:]+:lambda:.*:function:/.test(arn)));
  const names = new Set(arns.map((arn) => arn.split(":")[6]!));
  if (names.size <= 1) return [...names][0];
  throw new Part11Error({
    code: "SUBJECT_NOT_FOUND",
    what: "function of the scan not found",
    where: "policies of the plan",
    expected: "one function that a role may call",
    got: [...names].sort().join(", "),
    todo: "let promotion call the scan of the settings and nothing else",
  });
}
