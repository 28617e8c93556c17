// SPDX-License-Identifier: Apache-2.0
import { RefusedPerKey } from "../../../validation/oq/call";
import { type Findings, findingOf, judged } from "../../../validation/oq/judged";

const ADMINISTRATOR = { arn: "arn:aws:iam::000000000000:role/deploy" };
const HOLDS = { ok: true, seen: "one event", reason: "no event" };
const BROKEN = { ok: false, seen: "no record", reason: "not a record" };
const [PASSED, FAILED] = [
  { result: "PASS", actual: "quiet" },
  { result: "FAIL", actual: "told" },
] as const;

test("a step passes when every finding holds, and its twin and mutant do", () => {
  const seen = judged(ADMINISTRATOR, [HOLDS, { ...HOLDS, seen: "one record" }], {
    twin: { observation: PASSED, reason: "a false alarm" },
    mutant: { observation: PASSED, reason: "another layer" },
  });
  expect(seen).toEqual({
    result: "PASS",
    actual: "one event; one record",
    principal: ADMINISTRATOR.arn,
    twin: PASSED,
    mutant: PASSED,
  });
});

test("it fails for the first finding that does not hold, and all of them are told", () => {
  const { result, reason, actual } = judged(ADMINISTRATOR, [HOLDS, BROKEN, { ...BROKEN, reason: "a later one" }]);
  expect([result, reason, actual]).toEqual(["FAIL", BROKEN.reason, "one event; no record; no record"]);
});

test.each([
  ["FAIL", FAILED],
  ["NOT RUN", { result: "NOT RUN", actual: "nothing sent" } as const],
])("it fails for a twin or a mutant that is %s", (_, observation) => {
  const beside = { observation, reason: "it proves nothing" };
  const judgedBeside = [{ twin: beside }, { mutant: beside }].map((one) => judged(ADMINISTRATOR, [HOLDS], one));
  expect(judgedBeside.map(({ result, reason }) => [result, reason])).toEqual([
    ["FAIL", "it proves nothing"],
    ["FAIL", "it proves nothing"],
  ]);
});

test("a step that has found nothing does not pass", () => {
  const { result, reason, actual } = judged(ADMINISTRATOR, [] as unknown as Findings);
  expect([result, reason, actual]).toEqual(["FAIL", "nothing was seen", "nothing"]);
});

test.each([
  ["an answer that is as it must be", async () => ({ ok: true, seen: "told" }), true],
  ["an answer that is not", async () => ({ ok: false, seen: "not told" }), false],
  [
    "a refusal",
    async () => {
      throw new RefusedPerKey(200, "AccessDenied", "");
    },
    false,
  ],
])("%s is a finding that says so", async (_, call, ok) => {
  expect(await findingOf("nobody is told", call)).toMatchObject({ ok, reason: "nobody is told" });
});
