// SPDX-License-Identifier: Apache-2.0
import { lockChallenges } from "../../../validation/oq/challenges/lock";
import type { Range } from "../../../validation/oq/range";

const DAY_MS = 86_400_000;
const extend = lockChallenges.find(({ step }) => step.id === "OQ-lock-extend")!;

interface Retention {
  readonly Mode?: string;
  readonly RetainUntilDate?: Date;
}

/** A bucket whose new versions are retained so, and that takes another retention or only says so. */
function range(found: Retention, isDeaf = false): Range {
  let Retention = found;
  const send = async ({ input }: { input: { Retention?: Retention } }) => {
    if (input.Retention && !isDeaf) Retention = input.Retention;
    return { Retention };
  };
  return {
    challenger: async () => ({ arn: "arn:challenger", s3: () => ({ send }) }),
    freshKey: () => "key",
    put: async () => ({ bucket: "challenged", key: "key", versionId: "v1", sha256: "" }),
  } as unknown as Range;
}

const until = (days: number) => ({ Mode: "COMPLIANCE", RetainUntilDate: new Date(Date.now() + days * DAY_MS) });

test("retention of a day becomes one of two days", async () => {
  expect((await extend.run(range(until(1)))).result).toBe("PASS");
});

test.each<[string, Range]>([
  ["stays as it was", range(until(1), true)],
  ["was longer before", range(until(2.0005))],
  ["was none before", range({})],
  ["could be shortened before", range({ ...until(1), Mode: "GOVERNANCE" })],
])("retention that %s was not lengthened", async (_, of) => {
  expect((await extend.run(of)).result).toBe("FAIL");
});
