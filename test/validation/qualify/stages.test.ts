// SPDX-License-Identifier: Apache-2.0
import { allEnded, Stages } from "../../../validation/qualify/stages";

test("a failure is thrown only when everything beside it has ended", async () => {
  let ended = false;
  const slow = new Promise<void>((resolve) => setImmediate(resolve)).then(() => {
    ended = true;
  });
  await expect(allEnded([Promise.reject(new Error("first")), slow])).rejects.toThrow("first");
  expect(ended).toBe(true);
});

test("the values come in the order of the works", async () => {
  expect(await allEnded([Promise.resolve(1), Promise.resolve("two")])).toEqual([1, "two"]);
});

test("a stage is counted also when it fails", async () => {
  const stages = new Stages(() => {});
  await expect(stages.run("breaks", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
  expect(stages.seconds.map(({ stage }) => stage)).toEqual(["breaks"]);
});
