// SPDX-License-Identifier: Apache-2.0
import { parseAllowedSigners } from "../../../validation/approvals";
import { keyOf, LIST, lineOf, PEOPLE } from "./people";

const parse = (text: string) => parseAllowedSigners(Buffer.from(text), "list");
const anna = lineOf(PEOPLE.author);
const key = keyOf(PEOPLE.author).publicKey.blob.toString("base64");

test("names the person, every login, the purposes and the printed name", () => {
  const [signer] = parse(`# who may approve\n\n${anna.replace("anna.author ", "anna.author,anna-on-github ")}`);
  expect(signer).toMatchObject({
    person: "anna.author",
    logins: ["anna.author", "anna-on-github"],
    printedName: "Anna Author",
    namespaces: ["part11-author"],
  });
  expect(signer!.key.fingerprint).toBe("SHA256:E7LQlUffbrYDSQ7yWeh6fkGYW59X+TF8Sdu1efdiN+Y");
});

test("reads times in UTC", () => {
  const [signer] = parse(lineOf(PEOPLE.author, ',valid-after="20260101Z",valid-before="20270101120000Z"'));
  expect(new Date(signer!.validAfter!).toISOString()).toBe("2026-01-01T00:00:00.000Z");
  expect(new Date(signer!.validBefore!).toISOString()).toBe("2027-01-01T12:00:00.000Z");
});

test.each([
  ["an empty list", "", "nobody is listed"],
  ["a line without purposes", `anna.author ssh-ed25519 ${key} Anna\n`, "expected principals"],
  ["a certificate authority", anna.replace(" namespaces", " cert-authority,namespaces"), "option cert-authority"],
  ["a pattern of principals", anna.replace("anna.author ", "*@example.org "), "no plain name"],
  ["a pattern of purposes", anna.replace("part11-author", "part11-*"), "a pattern"],
  ["empty purposes", anna.replace("part11-author", ""), "no namespaces"],
  ["a purpose given twice", anna.replace(" ssh-", ',namespaces="part11-quality" ssh-'), "option namespaces"],
  ["local times", lineOf(PEOPLE.author, ',valid-before="20270101"'), "time 20270101"],
  ["a day that does not exist", lineOf(PEOPLE.author, ',valid-before="20270230Z"'), "time 20270230Z"],
  ["no printed name", anna.replace(" Anna Author", ""), "expected principals"],
  ["a name with a character that cannot be seen", anna.replace("Anna A", "Anna\u202eA"), "cannot be seen"],
  ["another type than the key's", anna.replace("ssh-ed25519", "ssh-rsa"), "listed as ssh-rsa"],
  ["a key that is cut", anna.replace(key, key.slice(0, 40)), "list:1"],
  ["a key twice", anna + anna.replace("anna.author ", "another ").replace("Anna Author", "Another"), "a second time"],
  [
    "a login of two persons",
    LIST.replace("ravi.reviewer ", "ravi.reviewer,anna.author "),
    "anna.author is listed as two persons",
  ],
])("refuses %s", (_, text, said) => {
  expect(() => parse(text)).toThrow(
    expect.objectContaining({ fault: "MALFORMED", message: expect.stringContaining(said) }),
  );
});
