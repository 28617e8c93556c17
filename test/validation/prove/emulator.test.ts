// SPDX-License-Identifier: Apache-2.0
import { DeleteObjectCommand } from "@aws-sdk/client-s3";
import { gather, judge, type Proof } from "../../../validation/prove";
import { awsReaders } from "../../../validation/prove/aws/readers";
import {
  type Credentials,
  clientConfig,
  createAdministrator,
  type Emulator,
  startEmulator,
} from "../../../validation/target/emulator";
import { until } from "../../../validation/target/emulator/preflight/scenario";
import { Stage, type Statement } from "../../../validation/target/emulator/preflight/stage";
import { emulatorOptions } from "../target/emulator/running";
import { type ReceivedFile, receivedFile } from "./received-file";
import { linksIn } from "./world";

let options: Awaited<ReturnType<typeof emulatorOptions>>;
let emulator: Emulator;
let stage: Stage;
let file: ReceivedFile;

beforeAll(async () => {
  options = await emulatorOptions();
  emulator = await startEmulator(options);
  stage = new Stage(emulator, await createAdministrator(emulator), "eu-central-1", 20);
  file = await receivedFile(stage, "subject,value\n101-001,4.2\n");
}, 120_000);

afterAll(async () => {
  await emulator?.stop();
  options.remove();
});

async function proofBy(credentials: Credentials, versionId = file.record.versionId): Promise<Proof> {
  const { endpoint, requestHandler } = clientConfig(emulator, credentials);
  const readers = await awsReaders(file.record.bucket, file.names, { endpoint, credentials, requestHandler });
  const { bucket, key } = file.record;
  return judge(await gather({ bucket, key, versionId }, readers, { recompute: true, now: () => new Date() }));
}

const inspector = (rights: readonly Statement[]) => stage.session("inspector", [...rights]);

test("a file that came over SFTP is proved with the rights of the guide, and every link holds", async () => {
  const credentials = await inspector(file.inspectorRights);
  // The trail delivers a second later.
  const settled = await until(async () => {
    const proof = await proofBy(credentials);
    return linksIn(proof, "fails").includes("trail") ? undefined : proof;
  }, stage.patienceSeconds);
  const { links, verdict } = settled ?? (await proofBy(credentials));
  expect(links.filter(({ state }) => state !== "holds")).toEqual([]);
  expect(verdict.kind).toBe("unmodified-since-manifest");
});

test.each([
  ["s3:GetObjectRetention", "lock"],
  ["dynamodb:Query", "chain"],
  ["logs:FilterLogEvents", "transfer"],
  ["kms:Decrypt", "bytes"],
])("without %s the link %s is not looked at, and the verdict is not unmodified", async (action, link) => {
  const fewer = file.inspectorRights.map((right) => ({
    ...right,
    Action: [right.Action].flat().filter((name) => name !== action),
  }));
  const { links, verdict } = await proofBy(await inspector(fewer.filter(({ Action }) => Action.length > 0)));
  expect([verdict.kind.startsWith("unmodified"), links.find(({ id }) => id === link)!.state]).toEqual([
    false,
    "not-looked-at",
  ]);
});

test("a delete marker leaves the version proved", async () => {
  const { bucket: Bucket, key: Key } = file.record;
  await stage.s3.send(new DeleteObjectCommand({ Bucket, Key }));
  const { links } = await proofBy(await inspector(file.inspectorRights));
  expect(links[0]!.says).toMatch(/^the only version of its key; a delete marker hides it/);
});
