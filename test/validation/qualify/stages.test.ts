// SPDX-License-Identifier: Apache-2.0
import { Stages } from "../../../validation/qualify/stages";

test("a stage is counted also when it fails", async () => {
  const stages = new Stages(() => {});
  await expect(stages.run("breaks", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(stages.seconds.map(({ stage }) => stage)).toEqual(["breaks"]);
});
