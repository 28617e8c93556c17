// SPDX-License-Identifier: Apache-2.0
import type { RequirementLinks, StepLinks } from "../requirements/links";
import { SEVERITIES, type Severity } from "./deviation";

const OF_CONTROL: Readonly<Record<string, Severity>> = {
  critical: "critical",
  high: "major",
  medium: "minor",
  low: "minor",
};

const OF_PRIORITY = { high: "critical", medium: "major", low: "minor" } as const;

/**
 * How grave a failure of what is linked is: the gravest of its controls' severities and its requirements' risk priorities.
 * Of what is linked to nothing nobody assessed a risk, so it is critical.
 */
export function severityOf(
  { controls, requirements }: Pick<StepLinks, "controls" | "requirements">,
  links: RequirementLinks,
): { readonly severity: Severity; readonly from: readonly string[] } {
  const rated = [
    ...controls.map((id) => {
      const severity = links.control(id)?.severity ?? "critical";
      return { severity: OF_CONTROL[severity] ?? "critical", from: `control ${id}: ${severity}` };
    }),
    ...requirements.map((id) => {
      const priority = links.requirement(id)?.risk.priority ?? "high";
      return { severity: OF_PRIORITY[priority], from: `requirement ${id}: risk priority ${priority}` };
    }),
  ];
  const severity = SEVERITIES.find((one) => rated.some((each) => each.severity === one));
  if (severity === undefined)
    return { severity: "critical", from: ["no requirement and no control assesses its risk"] };
  return { severity, from: rated.filter((each) => each.severity === severity).map(({ from }) => from) };
}
