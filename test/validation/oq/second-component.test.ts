// SPDX-License-Identifier: Apache-2.0
import { sftpSecondComponentChallenges } from "../../../validation/oq/challenges/sftp-second-component";
import { LoginDoor, type Weakness } from "./login-door";
import { ownClock } from "./patience";

jest.mock("node:timers/promises", () => jest.requireActual("./patience").noWaiting);

// What a hash costs is nobody's question here, and is the same on both sides.
jest.mock("node:crypto", () => {
  const { scrypt, ...rest } = jest.requireActual<typeof import("node:crypto")>("node:crypto");
  const cheap = (...[text, salt, bytes, , done]: Parameters<typeof scrypt>) =>
    scrypt(text, salt, bytes, { N: 2 }, done);
  return { ...rest, scrypt: cheap };
});

beforeEach(ownClock);
afterEach(() => jest.useRealTimers());

const TOGETHER = "OQ-sftp-two-components";
const WRONG = "OQ-sftp-wrong-password";
const NO_PASSWORD = "OQ-sftp-key-without-password";
const NO_KEY = "OQ-sftp-password-without-key";

function run(id: string, weak?: Weakness) {
  const door = new LoginDoor(weak);
  return { door, seen: sftpSecondComponentChallenges.find(({ step }) => step.id === id)!.run(door.range) };
}

test.each([TOGETHER, WRONG, NO_PASSWORD, NO_KEY])(
  "%s passes at the identity provider that is installed, leaves everything as it was, and no password anywhere",
  async (id) => {
    const found = new LoginDoor().state();
    const { door, seen } = run(id);
    const result = await seen;
    expect(result).toMatchObject({ result: "PASS" });
    expect(door.state()).toBe(found);
    const kept = JSON.stringify([result, door.transcript.exchanges]);
    expect(door.given.size).toBe(id === WRONG ? 2 : 1);
    expect([...door.given].filter((password) => kept.includes(password))).toEqual([]);
    expect(kept).not.toContain("$scrypt$");
    expect(kept).toContain('"SecretString\\":\\"(withheld)\\"');
  },
);

test.each<[string, string, string | RegExp, Weakness]>([
  [TOGETHER, "a password stands in a log", /provider: \d+ lines, [1-9]\d* with the password/, { logsPassword: true }],
  [WRONG, "any password is taken", "the call was not refused", { anyPassword: true }],
  [WRONG, "no record is kept", "refused, and no record of the refusal was seen", { silent: true }],
  [
    NO_PASSWORD,
    "the right password is refused too: its hash cannot be read",
    "the allowed call beside it failed, so the refusal proves nothing",
    { ignored: ["PutRolePolicy"] },
  ],
  [
    WRONG,
    "it is refused whatever the secret holds",
    "without the layer the call is refused too, so another layer refuses",
    { ignored: ["PutSecretValue"] },
  ],
  [NO_PASSWORD, "the key is enough all the same", "the call was not refused", { keyIsEnough: true }],
  [NO_PASSWORD, "no record is kept", "refused, and no record of the refusal was seen", { silent: true }],
  [NO_KEY, "the password is enough all the same", "the call was not refused", { passwordIsEnough: true }],
  [
    NO_KEY,
    "the server refuses it whatever it asks for",
    "without the layer the call is refused too, so another layer refuses",
    { keyAlways: true },
  ],
])("%s does not pass where %s", async (id, _, reason, weak) => {
  const {
    result,
    reason: given,
    actual,
  } = await run(id, weak).seen.catch(({ message }: Error) => ({
    ...{ result: "BLOCKED", reason: message, actual: "" },
  }));
  expect(result).not.toBe("PASS");
  expect(typeof reason === "string" ? given : actual).toMatch(reason);
});

test("a setting that is not put back is no result", async () => {
  await expect(run(NO_PASSWORD, { ignored: ["DeleteRolePolicy"] }).seen).rejects.toThrow(
    /settings not put back .*the inline policies of acme-qual-identity-provider/,
  );
});

test("a setting that cannot be put back is named with its reason, keeps no other from it, and is no result", async () => {
  const { door, seen } = run(NO_PASSWORD, { refused: ["DeleteRolePolicy", "DeleteSecret"] });
  await expect(seen).rejects.toThrow(
    /the inline policies of acme-qual-identity-provider \(no DeleteRolePolicy\), the secret arn:\S+ \(no DeleteSecret\)/,
  );
  expect(door.server.SftpAuthenticationMethods).toBe("PUBLIC_KEY");
});
