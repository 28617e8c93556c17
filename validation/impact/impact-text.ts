// SPDX-License-Identifier: Apache-2.0
import { READ_ONLY } from "../evidence";
import { visible } from "../gate";
import type { Impact } from "./impact";
import type { StepImpact } from "./step-impacts";

/** An impact for a terminal: what changed, what it touches, what to execute again, why the rest stands. */
export function impactText({
  from,
  to,
  changes,
  notUnderstood,
  controls,
  requirements,
  steps,
  newReadBacks,
}: Impact): string {
  const again = steps.filter((one) => one.again);
  const rest = steps.filter((one) => !one.again);
  const lines = [
    `part11 impact  from ${from.bundle} (${from.status}, ${from.target.name}${from.isPinned ? "" : ", signer not pinned"})`,
    `plan ${from.plan} ${from.planSha256.slice(0, 12)} -> ${to.planSha256.slice(0, 12)}`,
    "",
    `Changed: ${changes.length} resources`,
    ...changes.map(({ address, kind, attributes }) => {
      const paths = attributes.map(({ path, aspects }) => `${path} (${aspects.join(", ")})`);
      return `  ${kind.padEnd(7)} ${address}${paths.length > 0 ? `: ${paths.join(", ")}` : ""}`;
    }),
    ...(notUnderstood.length > 0
      ? [
          "",
          "Not understood, so that everything is touched:",
          ...notUnderstood.map(({ where, what }) => `  ${where} ${what}`),
        ]
      : []),
    "",
    `Touched: ${controls.length} controls, ${requirements.length} requirements`,
    ...(notUnderstood.length > 0 ? [] : controls.map(({ id, because }) => `  ${id}  ${because}`)),
    ...(requirements.length > 0 ? [`  ${requirements.join(", ")}`] : []),
    "",
    `To execute again, at least: ${again.length} of ${steps.length} steps`,
    ...again.map(({ step, because }) => `  ${step}  ${because}`),
    ...newReadBacks.map((address) => `  new  read back ${address}`),
    "",
    `Standing: ${rest.length} steps`,
    ...reasons(rest),
    "",
    ...(from.target.kind === "emulator"
      ? ["The run was made on an emulator: development evidence, of which nothing is qualified."]
      : []),
    ...(from.target.access === "read-only" ? [`The run was ${READ_ONLY}.`] : []),
    "The new plan is still to be judged (part11 gate); who approves the scope of a requalification is a person.",
  ];
  return `${lines.map(visible).join("\n")}\n`;
}

/** Reasons why results stand, each once with its number of steps. */
function reasons(steps: readonly StepImpact[]): string[] {
  const count = new Map<string, number>();
  for (const { because } of steps) count.set(because, (count.get(because) ?? 0) + 1);
  return [...count].map(([because, times]) => `  ${times === 1 ? "1 step" : `${times} steps`}: ${because}`);
}
