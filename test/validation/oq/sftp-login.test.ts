// SPDX-License-Identifier: Apache-2.0
import { sftpLoginChallenges } from "../../../validation/oq/challenges/sftp-login";
import { ownClock } from "./patience";
import { PlayedZone } from "./played-zone";

jest.mock("node:timers/promises", () => jest.requireActual("./patience").noWaiting);
beforeEach(ownClock);
afterEach(() => jest.useRealTimers());

const run = (id: string, fault?: string) =>
  sftpLoginChallenges.find(({ step }) => step.id === id)!.run(new PlayedZone(fault).range());

const [ALARM, PASSWORD] = ["OQ-alarm-sftp-refused", "OQ-sftp-password-only"];

test.each([ALARM, PASSWORD])("%s passes where the login is refused, recorded and told of", async (id) => {
  expect(await run(id)).toMatchObject({ result: "PASS", twin: { result: "PASS" } });
});

test.each([
  [ALARM, "everybody let in", "the login is not refused as a login"],
  [ALARM, "refused otherwise", "the login is not refused as a login"],
  [ALARM, "deaf sftp-login-denied", "refused, and nobody was told"],
  [ALARM, "deaf sftp-auth-failure", "the alarm on refused logins does not ring"],
  [ALARM, "rings at every login", "with a login that is let in an alarm rings as well, so it proves nothing"],
  [PASSWORD, "everybody let in", "the login is not refused as a login"],
  [PASSWORD, "refused otherwise", "the login is not refused as a login"],
  [PASSWORD, "server writes nothing", "refused, and no record of the refusal was seen"],
])("%s fails where the system is %s: %s", async (id, fault, reason) => {
  expect(await run(id, fault)).toMatchObject({ result: "FAIL", reason });
});
