// SPDX-License-Identifier: Apache-2.0
import { guardRefuses } from "../../../../validation/qualify/read-only/preflight";
import { ReadOnlyGuard } from "../../../../validation/target/aws";

const AT = { region: "eu-central-1" };

test("a guard that lets nothing out passes its preflight", async () => {
  expect(await guardRefuses(AT)).toMatchObject({
    result: "PASS",
    actual: "WRITE_REFUSED, WRITE_REFUSED; 0 requests",
  });
});

test("a guard that lets a write out fails it", async () => {
  const { result, actual } = await guardRefuses(AT, new ReadOnlyGuard({ S3Client: ["PutObject"] }));
  expect([result, actual]).toEqual(["FAIL", expect.stringMatching(/, WRITE_REFUSED; [1-9]\d* requests$/)]);
});

test("a guard whose handler lets clients without guard out fails it", async () => {
  const open = new ReadOnlyGuard();
  open.handler = (wire) => wire;
  const { result, actual } = await guardRefuses(AT, open);
  expect([result, actual]).toEqual(["FAIL", expect.stringMatching(/^WRITE_REFUSED, .*; [1-9]\d* requests$/)]);
});
