// SPDX-License-Identifier: Apache-2.0
import { readLock } from "../../../validation/facts";
import { codeOf } from "./plan-fixture";

const block = (source: string, hashes: string) =>
  `provider "${source}" {\n  version     = "5.100.0"\n  constraints = "5.100.0"\n  hashes = [\n${hashes}  ]\n}\n`;
const HEADER = '# This file is maintained automatically by "terraform init".\n\n';

describe("dependency lock file", () => {
  test("tells version and number of hashes of each provider", () => {
    const text = `${HEADER}${block("host/hashicorp/aws", '    "h1:a=",\n    "zh:b",\n')}\n${block("host/hashicorp/tls", "")}`;
    expect(readLock(text, "lock")).toEqual({
      "host/hashicorp/aws": { version: "5.100.0", hashes: 2 },
      "host/hashicorp/tls": { version: "5.100.0", hashes: 0 },
    });
  });

  test("without providers is empty", () => {
    expect(readLock(HEADER, "lock")).toEqual({});
  });

  test.each([
    ["that is JSON", "{}"],
    ["with something between the blocks", `${block("a/b/c", "")}x = 1\n`],
    ["cut in a block", block("a/b/c", "").slice(0, -4)],
    ["with one provider twice", block("a/b/c", "") + block("a/b/c", "")],
    ["without a version", 'provider "a/b/c" {\n  hashes = []\n}\n'],
  ])("%s is refused", (_, text) => {
    expect(codeOf(() => readLock(text, "lock"))).toBe("LOCK_FORMAT");
  });
});
