// SPDX-License-Identifier: Apache-2.0
import type { Level, Risk } from "./requirement";

type Rated = Pick<Risk, "severity" | "probability" | "detectability">;

const WEIGHT: Readonly<Record<Level, number>> = { high: 3, medium: 2, low: 1 };

/**
 * Class and priority of a risk, by two tables after the pattern of GAMP 5's functional risk assessment: severity and
 * probability give the class, class and detectability the priority. Each step down in one of them lowers the result by
 * no more than one step.
 */
export function ratedRisk({ severity, probability, detectability }: Rated): Pick<Risk, "class" | "priority"> {
  const grave = WEIGHT[severity] + WEIGHT[probability];
  const riskClass = grave >= 5 ? 1 : grave === 4 ? 2 : 3;
  const urgent = 4 - riskClass + (4 - WEIGHT[detectability]);
  return { class: riskClass, priority: urgent >= 5 ? "high" : urgent === 4 ? "medium" : "low" };
}
