// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { readSettings } from "../../stacks/settings";
import { codeOf } from "../modules/synth";

const EXAMPLE = fs.readFileSync(path.join(__dirname, "../../stacks/settings/development.yaml"), "utf8");
const TRUST = 'trust: { roleArns: ["arn:aws:iam::111122223333:role/edc-export"] }';

const NFS =
  '{ nfs: { hostname: nas, path: /a, agentArns: ["arn:aws:datasync:eu-central-1:111122223333:agent/agent-0123456789abcdef0"] } }';
const LOCATION = "arn:aws:datasync:eu-central-1:111122223333:location/loc-0123456789abcdef0";

let folder: string;
beforeAll(() => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "part11-"));
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

function withSender(sender: string) {
  const file = path.join(folder, "settings.yaml");
  fs.writeFileSync(file, `${EXAMPLE}push:\n  - { name: edc2, vendor: edc2, study: st-101, sender: ${sender} }\n`);
  return readSettings("development", file);
}

test.each([
  `{ kind: application, ${TRUST} }`,
  `{ kind: batch, ${TRUST}, network: { vpcEndpointIds: [vpce-0123456789abcdef0] } }`,
  `{ kind: mft, product: another agent, ${TRUST}, network: { cidrs: ["192.0.2.16/28"] }, sendsSha256: true }`,
  `{ kind: datasync, source: ${NFS}, schedule: rate(1 hour) }`,
  `{ kind: datasync, source: { locationArn: "${LOCATION}" }, schedule: rate(1 hour), verify: POINT_IN_TIME_CONSISTENT, logGroupDays: 365 }`,
])("the settings take the sender %s", (sender) => {
  expect(withSender(sender).push).toMatchObject([{ name: "edc2", sender: { kind: /kind: (\w+)/.exec(sender)![1] } }]);
});

test.each([
  ["DataSync without a source", "{ kind: datasync, schedule: rate(1 hour) }"],
  [
    "DataSync with two sources",
    `{ kind: datasync, source: { nfs: {}, locationArn: "${LOCATION}" }, schedule: rate(1 hour) }`,
  ],
  ["DataSync without a schedule", `{ kind: datasync, source: ${NFS} }`],
  ["DataSync that compares nothing", `{ kind: datasync, source: ${NFS}, schedule: rate(1 hour), verify: NONE }`],
  ["DataSync with a trust of its own", `{ kind: datasync, source: ${NFS}, schedule: rate(1 hour), ${TRUST} }`],
  ["a file transfer server from anywhere", `{ kind: mft, product: another agent, ${TRUST} }`],
  ["a product of an application", `{ kind: application, product: another agent, ${TRUST} }`],
  ["a sender without trust", "{ kind: application }"],
  ["two ways to a session", `{ kind: application, trust: { roleArns: ["arn:aws:iam::1:role/a"], oidc: {} } }`],
  ["a key that lasts", "{ kind: application, trust: { accessKey: AKIAIOSFODNN7EXAMPLE } }"],
])("the settings refuse %s", (_, sender) => {
  expect(codeOf(() => withSender(sender))).toBe("SETTINGS_INVALID");
});

test("the example settings of production and qualification name systems that push", () => {
  expect(readSettings("production").push?.map(({ sender }) => sender.kind)).toEqual(["application", "mft", "datasync"]);
  expect(readSettings("qualification").push?.map(({ name }) => name)).toEqual([
    "mes-export",
    "share-import",
    "nightly-batch",
  ]);
});
