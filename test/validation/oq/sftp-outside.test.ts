// SPDX-License-Identifier: Apache-2.0
import { ask, RefusedBySftp } from "../../../validation/oq/call";
import { firstNotRefused } from "../../../validation/oq/challenges/sftp-outside";
import { BY_SFTP_HOME, departure } from "../../../validation/oq/refusal";

const AT_HOME = new RefusedBySftp(2, "NO_SUCH_FILE");

/** A session that answers each listing in turn; the last answer is that of every later one. */
function session(...answers: ReadonlyArray<readonly string[] | RefusedBySftp>) {
  const left = [...answers];
  const asked: string[] = [];
  const list = async (path: string) => {
    asked.push(path);
    const answer = left.length > 1 ? left.shift()! : left[0]!;
    if (answer instanceof RefusedBySftp) throw answer;
    return answer;
  };
  return { asked, list };
}

const PATHS = ["/one", "/two", "/three"];

test("every path is asked for once, and the refusal of all is the answer", async () => {
  const { asked, list } = session(AT_HOME);
  const answer = await ask("ls", () => firstNotRefused({ list }, PATHS));
  expect([departure(answer, BY_SFTP_HOME), asked]).toEqual([undefined, PATHS]);
});

test("a listing that was allowed once stands, although the same is refused afterwards", async () => {
  const { list } = session(["theirs.csv"], AT_HOME);
  const answer = await ask("ls", () => firstNotRefused({ list }, PATHS));
  expect(departure(answer, BY_SFTP_HOME)).toBe("the call was not refused");
});

test("another refusal stands, although the next would be as it must be", async () => {
  const { list } = session(new RefusedBySftp(3, "PERMISSION_DENIED"), AT_HOME);
  const answer = await ask("ls", () => firstNotRefused({ list }, PATHS));
  expect(departure(answer, BY_SFTP_HOME)).toBe("refused with PERMISSION_DENIED instead of NO_SUCH_FILE");
});

test("to list nothing is no refusal", async () => {
  const answer = await ask("ls", () => firstNotRefused(session(AT_HOME), []));
  expect(departure(answer, BY_SFTP_HOME)).toBe("the call was not refused");
});
