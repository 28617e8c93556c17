// SPDX-License-Identifier: Apache-2.0
import { visible } from "../gate";
import type { Equivalence, UsedParameter } from "./equivalence";
import { daysOf } from "./parameter";

/** The comparison for a terminal: verdict, what may differ and why, what else differs. */
export function equivalenceText(equivalence: Equivalence): string {
  const { from, to, parameters, parametersFile, problems, mayBeCalledQualified } = equivalence;
  const verdict = mayBeCalledQualified
    ? "equivalent: nothing differs but the listed parameters"
    : `not equivalent: production cannot be called qualified by this bundle, ${problems.length} reasons`;
  const lines = [
    `part11 equivalence  ${verdict}`,
    `qualified   ${from.bundle} (${from.status}, ${from.target.name}), plan ${from.plan} ${from.planSha256}`,
    `production  plan ${to.planSha256}`,
    `sealed by   key ${from.keyId}`,
    `parameters  ${parametersFile ? `${parametersFile.file} ${parametersFile.sha256}` : "none given: nothing may differ"}`,
    ...parameters.flatMap((one) => [`  ${valuesOf(one)}  in ${one.places} places`, `    ${one.justification}`]),
    ...problems.map(({ code, where, what }) => `${code}  ${where}: ${what}`),
    "The plan is still to be judged (part11 gate), and what was installed to be read back.",
  ];
  return `${lines.map(visible).join("\n")}\n`;
}

function valuesOf(parameter: UsedParameter): string {
  if (parameter.kind !== "lock-duration") return `${parameter.kind} ${parameter.qualified} -> ${parameter.production}`;
  const { address, qualified, production } = parameter;
  return `lock-duration of ${address} ${daysOf(qualified)} -> ${daysOf(production)} days`;
}
