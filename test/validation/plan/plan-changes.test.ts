// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { readPlanChanges } from "../../../validation/plan/plan-changes";
import { temporaryFolder } from "../evidence/temporary-folder";

const temporary = temporaryFolder();
afterAll(() => temporary.remove());

/** What is read of a drifted resource with this change. */
function drifted(change: object) {
  const file = path.join(temporary.path, "plan.json");
  const drift = [{ address: "aws_s3_bucket.raw", type: "aws_s3_bucket", change: { actions: ["update"], ...change } }];
  fs.writeFileSync(file, JSON.stringify({ resource_drift: drift }));
  return readPlanChanges(file).drift[0]!;
}

test("a drifted attribute is shown as it was and as it is, others are left out", () => {
  const { attributes, values } = drifted({
    before: { policy: "", versioning: [{ enabled: false }], bucket: "raw" },
    after: { policy: "{}", versioning: [{ enabled: true }], bucket: "raw" },
  });
  expect(attributes).toEqual(["policy", "versioning"]);
  expect(values).toEqual({
    policy: { before: "", after: "{}" },
    versioning: { before: [{ enabled: false }], after: [{ enabled: true }] },
  });
});

test("what one side lacks is null", () => {
  expect(drifted({ before: {}, after: { tags: {} } }).values).toEqual({ tags: { before: null, after: {} } });
});

test("what is not known yet says so", () => {
  const { values } = drifted({ before: { etag: "1" }, after: {}, after_unknown: { etag: true } });
  expect(values).toEqual({ etag: { before: "1", after: "(known after apply)" } });
});

test.each([
  ["before", { before_sensitive: { secret: true, nested: [{ secret: true }] } }],
  ["after", { after_sensitive: { secret: true, nested: [{ secret: true }] } }],
])("a value marked sensitive %s is shown on neither side", (_side, marks) => {
  const change = {
    before: { secret: "canary-1", nested: [{ secret: "canary-2", open: 1 }] },
    after: { secret: "canary-3", nested: [{ secret: "canary-4", open: 2 }] },
    ...marks,
  };
  const { values } = drifted(change);
  expect(JSON.stringify(values)).not.toContain("canary");
  expect(values.nested).toEqual({
    before: [{ secret: "(sensitive)", open: 1 }],
    after: [{ secret: "(sensitive)", open: 2 }],
  });
});
