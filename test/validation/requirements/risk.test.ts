// SPDX-License-Identifier: Apache-2.0
import type { Level } from "../../../validation/requirements";
import { ratedRisk } from "../../../validation/requirements/risk";

const LEVELS: readonly Level[] = ["high", "medium", "low"];

test("severity and probability give the class", () => {
  const table = LEVELS.map((severity) =>
    LEVELS.map((probability) => ratedRisk({ severity, probability, detectability: "high" }).class),
  );
  expect(table).toEqual([
    [1, 1, 2],
    [1, 2, 3],
    [2, 3, 3],
  ]);
});

test("class and detectability give the priority", () => {
  const ofClass = { 1: "high", 2: "medium", 3: "low" } as const;
  const table = ([1, 2, 3] as const).map((one) =>
    LEVELS.map((detectability) => {
      const rated = ratedRisk({ severity: ofClass[one], probability: ofClass[one], detectability });
      expect(rated.class).toBe(one);
      return rated.priority;
    }),
  );
  expect(table).toEqual([
    ["medium", "high", "high"],
    ["low", "medium", "high"],
    ["low", "low", "medium"],
  ]);
});
