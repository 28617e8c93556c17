// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { readSettings } from "../../stacks/settings";
import { codeOf } from "../modules/synth";

const EXAMPLE = fs.readFileSync(path.join(__dirname, "../../stacks/settings/production.yaml"), "utf8");
const image = `111122223333.dkr.ecr.eu-central-1.amazonaws.com/part11@sha256:${"0a".repeat(32)}`;

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "part11-"));
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

function withLargeFiles(largeFiles: string) {
  const file = path.join(folder, "settings.yaml");
  fs.writeFileSync(file, `${EXAMPLE}largeFiles: ${largeFiles}\n`);
  return readSettings("production", file).largeFiles;
}

test("the settings take the image of the task, and its limit", () => {
  expect(withLargeFiles(`{ image: "${image}" }`)).toEqual({ image });
  expect(withLargeFiles(`{ image: "${image}", aboveBytes: 5000000000 }`)).toEqual({ image, aboveBytes: 5_000_000_000 });
});

test.each([
  "{}",
  `{ image: "${image}", aboveBytes: 0 }`,
  `{ image: "${image}", aboveBytes: 20000000001 }`,
  `{ image: "${image}", publicIp: true }`,
])("the settings refuse %s", (largeFiles) => {
  expect(codeOf(() => withLargeFiles(largeFiles))).toBe("SETTINGS_INVALID");
});

test.each(["production", "qualification", "development"] as const)("the example settings of %s name no image", (of) => {
  expect(readSettings(of).largeFiles).toBeUndefined();
});
