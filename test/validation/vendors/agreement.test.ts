// SPDX-License-Identifier: Apache-2.0
import { generateKeyPairSync } from "node:crypto";
import * as fc from "fast-check";
import { parseSshKey } from "../../../modules";
import { sessionOf } from "../../../modules/sftp-gateway/identity-provider/session";
import { checkVendors } from "../../../modules/vendor-directory/checks";
import { readVendors } from "../../../stacks/vendors";
import { parseOpensshKey } from "../../../validation/vendors/openssh-key";
import { longestSessionPolicy } from "../../../validation/vendors/session-policy";
import { keyLine, newKey, rsaFields } from "./keys";

// The gateway and the command line share no code; what the one takes the other must not refuse on the day of the login.

test("the directory takes the committed example", () => {
  expect(() => checkVendors(readVendors().vendors, "vendors.yaml")).not.toThrow();
});

describe("a key", () => {
  const [e, n] = rsaFields(generateKeyPairSync("rsa", { modulusLength: 3072 }).publicKey);
  test.each([
    ...(["ed25519", "p256", "p384", "p521", "rsa2048", "rsa3072"] as const).map((type) => [type, newKey(type)]),
    ["RSA with exponent 3", keyLine("ssh-rsa", Buffer.from([3]), n)],
    ["RSA with a field too many", keyLine("ssh-rsa", e, n, e)],
    ["DSA", keyLine("ssh-dss", e, n)],
    ["a text", "ssh-ed25519 AAAA"],
  ])("that the command line takes, the directory takes under the same fingerprint: %s", (_, line) => {
    const [ours, theirs] = [parseOpensshKey(line!), parseSshKey(line!)];
    const print = (key: object) => ("fingerprint" in key ? key.fingerprint : "refused");
    expect(print(ours)).toBe(print(theirs));
  });
});

test("no session policy of the gateway is longer than the command line says", () => {
  const id = fc.stringMatching(/^[a-z][a-z0-9-]{1,30}[a-z0-9]$/);
  const study = fc.stringMatching(/^[a-z0-9][a-z0-9-]{1,31}$/).filter((text) => text !== "test");
  const studies = fc.uniqueArray(study, { minLength: 1, maxLength: 8 });
  const bucket = fc.stringMatching(/^[a-z0-9][a-z0-9-]{1,61}[a-z0-9]$/);
  const region = fc.constantFrom("us-gov-west-1", "eu-central-1", "us-east-1");
  fc.assert(
    fc.property(id, studies, bucket, region, (vendor, own, name, where) => {
      const partition = where.startsWith("us-gov") ? "aws-us-gov" : "aws";
      const { Policy } = sessionOf(vendor, own, {
        bucketArn: `arn:${partition}:s3:::${name}`,
        keyArn: `arn:${partition}:kms:${where}:111122223333:key/mrk-${"0".repeat(32)}`,
        region: where,
        roleArnPrefix: "arn:aws:iam::111122223333:role/acme-clin-vendor-",
      });
      expect(Policy.length).toBeLessThanOrEqual(
        longestSessionPolicy({ id: vendor, studies: own.map((one) => ({ id: one })) }),
      );
    }),
    { seed: 15, numRuns: 300 },
  );
});
