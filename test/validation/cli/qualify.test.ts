// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import { type QualifyPorts, qualify, screen } from "../../../validation/cli/qualify";
import { ephemeralSealKey, keyId, type SealedBy, type SealKey, type Summary } from "../../../validation/evidence";
import { sampleRun } from "../evidence/sample-run";
import { temporaryFolder } from "../evidence/temporary-folder";
import { ARN, InMemoryKms } from "../seal-kms/in-memory";

const temporary = temporaryFolder();
afterAll(() => temporary.remove());

const key: SealKey = ephemeralSealKey();
const id = keyId(key.publicKey);
let summary: Summary;

beforeAll(() => {
  summary = sampleRun(path.join(temporary.path, "run"), { key });
});

function shown(source: Summary["source"], origin: Omit<SealedBy, "keyId"> = { sealKey: "ephemeral" }): string {
  const run = {
    folder: "/a/evidence/x",
    summary: { ...summary, source },
    sealedBy: { keyId: id, ...origin },
    seconds: [],
  };
  return screen(run, "/a").join("\n");
}

test("a run of committed sources says nothing of them", () => {
  expect(shown({ commit: "0".repeat(40), dirty: false })).not.toContain("sources  ");
});

test.each([
  [{ commit: "0".repeat(40), dirty: true }, "made from uncommitted sources; cannot be tied to a version"],
  [{ commit: null, dirty: null }, "made from sources under no version control; cannot be tied to a version"],
  [{ commit: "0".repeat(40), dirty: null }, "cannot be tied to a version"],
])("sources %j cannot be tied to a version, and the verdict stays", (source, said) => {
  expect(shown(source)).toContain(said);
  expect(shown(source)).toContain(
    "\nCOMPLETE: development evidence complete for this target, 2 steps not run on it; provisional: executed without the required approvals\n",
  );
});

test.each([
  ["made for this run, gone now", { sealKey: "ephemeral" }],
  ["the key of --key", { sealKey: "given" }],
  [`AWS KMS key ${ARN}`, { sealKey: "kms", sealKeyArn: ARN }],
] as const)("the id of a seal key is shown, to be recorded elsewhere: %s", (said, origin) => {
  const text = shown({ commit: "0".repeat(40), dirty: false }, origin);
  expect(text).toContain(`seal key id  ${id} (${said})`);
  expect(text).toContain("record it outside the bundle");
});

describe("--kms-key", () => {
  async function given(kms: InMemoryKms, ...argv: string[]) {
    const asked: unknown[] = [];
    const ports: QualifyPorts = {
      kms: async (region) => {
        asked.push(region);
        return kms;
      },
    };
    const none = { write: () => undefined };
    const io = { stdout: none, stderr: none, env: {}, cwd: temporary.path };
    const run = qualify([...argv], io, ports);
    const code = await run.then(
      () => undefined,
      (error) => error.code,
    );
    return { asked, code };
  }

  test.each([
    [ARN, "eu-west-1"],
    ["arn:aws-us-gov:kms:us-gov-west-1:111122223333:alias/part11/seal", "us-gov-west-1"],
    ["alias/part11-seal", undefined],
  ])("%s is looked for in region %s", async (named, region) => {
    const refusing = new InMemoryKms({ told: { usage: "ENCRYPT_DECRYPT" } });
    expect(await given(refusing, "--provisional", "--kms-key", named)).toEqual({
      asked: [region],
      code: "KEY_UNUSABLE",
    });
  });

  test.each(["1234abcd-12ab-34cd-56ef-1234567890ab", "arn:aws:s3:::bucket", "alias/", "alias/a b", `${ARN}\n`])(
    "%j is no key of AWS KMS",
    async (named) => {
      expect(await given(new InMemoryKms(), "--kms-key", named)).toEqual({ asked: [], code: "USAGE" });
    },
  );

  test("stands for --key and not beside it", async () => {
    expect(await given(new InMemoryKms(), "--kms-key", ARN, "--key", "seal.pem")).toEqual({ asked: [], code: "USAGE" });
  });
});
