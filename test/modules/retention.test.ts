// SPDX-License-Identifier: Apache-2.0
import { Retention } from "../../modules";
import { checkRetention } from "../../modules/retention";
import { codeOf } from "./synth";

const minimum = { years: 7 };

test("a year counts 365.25 days, rounded up", () => {
  expect(Retention.compliance({ years: 7 }).days).toBe(2557);
});

test.each([{ years: 0 }, { years: 1.5 }, { years: 101 }, { days: 0 }, { days: 36_501 }, { days: Number.NaN }])(
  "fails on the period %j",
  (period) => {
    expect(codeOf(() => Retention.compliance(period))).toBe("RETENTION_INVALID");
  },
);

test("fails on years and days together", () => {
  expect(codeOf(() => Retention.compliance({ years: 1, days: 1 } as never))).toBe("RETENTION_INVALID");
});

test.each([
  ["production", Retention.compliance({ years: 7 }), "accepted"],
  ["production", Retention.compliance({ days: 2557 }), "accepted"],
  ["production", Retention.compliance({ days: 2556 }), "RETENTION_TOO_SHORT"],
  ["production", Retention.governance({ years: 10 }), "RETENTION_MODE"],
  ["production", Retention.none(), "RETENTION_MODE"],
  ["qualification", Retention.compliance({ days: 1 }), "accepted"],
  ["qualification", Retention.compliance({ days: 2 }), "RETENTION_TOO_LONG_OUTSIDE_PRODUCTION"],
  ["qualification", Retention.governance({ days: 1 }), "RETENTION_MODE"],
  ["qualification", Retention.none(), "RETENTION_MODE"],
  ["development", Retention.none(), "accepted"],
  ["development", Retention.governance({ days: 1 }), "accepted"],
  ["development", Retention.compliance({ days: 1 }), "RETENTION_MODE"],
  ["development", Retention.compliance({ years: 7 }), "RETENTION_TOO_LONG_OUTSIDE_PRODUCTION"],
] as const)("%s takes %s: %s", (environment, retention, outcome) => {
  const code = codeOf(() => checkRetention(environment, retention, minimum, "test"));
  expect(code).toBe(outcome === "accepted" ? "nothing thrown" : outcome);
});

test("the refusal of a long lock outside production names its cost", () => {
  const refused = () => checkRetention("development", Retention.compliance({ years: 7 }), minimum, "Raw");
  expect(refused).toThrow("every TB put here is paid for 7.0 years");
});
