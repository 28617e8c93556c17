// SPDX-License-Identifier: Apache-2.0
import * as crypto from "node:crypto";
import {
  hashSecondComponent,
  isSecondComponent,
} from "../../../../modules/sftp-gateway/identity-provider/second-component";

jest.mock("node:crypto", () => {
  const actual = jest.requireActual<typeof crypto>("node:crypto");
  return { ...actual, scrypt: jest.fn(actual.scrypt) };
});

const salt = Buffer.from("0123456789abcdef");

test("the component that was hashed is known again, another one is not", async () => {
  const stored = await hashSecondComponent("correct horse", salt);
  expect(stored).toMatch(/^\$scrypt\$ln=16,r=8,p=2\$[^$]+\$[^$]+$/);
  expect(await isSecondComponent("correct horse", stored)).toBe(true);
  expect(await isSecondComponent("correct horsf", stored)).toBe(false);
});

test.each([undefined, "correct horse", "$scrypt$ln=1,r=8,p=2$MDEyMzQ1Njc4OWFiY2RlZg$AAAA"])(
  "fails on a stored text of %s after as much work",
  async (stored) => {
    const scrypt = jest.mocked(crypto.scrypt).mockClear();
    expect(await isSecondComponent("correct horse", stored)).toBe(false);
    expect(scrypt.mock.calls.map((call) => call[3])).toEqual([expect.objectContaining({ N: 65536, r: 8, p: 2 })]);
  },
);
