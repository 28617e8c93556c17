// SPDX-License-Identifier: Apache-2.0
import { allEnded } from "../../../validation/toolchain";

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
