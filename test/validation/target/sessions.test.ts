// SPDX-License-Identifier: Apache-2.0
import { Sessions } from "../../../validation/target/sessions";

const MINUTE = 60_000;

async function opened(...minutes: readonly number[]): Promise<readonly string[]> {
  let now = 0;
  let count = 0;
  const sessions = new Sessions<string>(() => now * MINUTE);
  const got: string[] = [];
  for (const minute of minutes) {
    now = minute;
    got.push(await sessions.get("role", async () => `session ${++count}`));
  }
  return got;
}

test("a session is opened once", async () => {
  expect(await opened(0, 1, 29)).toEqual(["session 1", "session 1", "session 1"]);
});

test("a session is opened anew long before its hour is over, and again after that", async () => {
  expect(await opened(0, 30, 59, 61)).toEqual(["session 1", "session 2", "session 2", "session 3"]);
});

test("each role has a session of its own", async () => {
  const sessions = new Sessions<string>();
  await sessions.get("a", async () => "of a");
  expect(await sessions.get("b", async () => "of b")).toBe("of b");
});
