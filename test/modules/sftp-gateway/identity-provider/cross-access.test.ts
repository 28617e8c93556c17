// SPDX-License-Identifier: Apache-2.0
import { sessionOf } from "../../../../modules/sftp-gateway/identity-provider/session";
import { settings } from "./directory";
import { allows, type Call } from "./policy-evaluator";

const STUDIES = ["st-101", "st-202"];

/** Names with which others begin, and names with what could be read as a pattern or a path in other places. */
const vendors = Array.from({ length: 25 }, (_, i) => `lab${i}`).flatMap((id) => [id, `${id}-eu`]);

const through = { "kms:ViaService": "s3.eu-central-1.amazonaws.com" };
const policies = new Map(vendors.map((id) => [id, sessionOf(id, STUDIES, settings).Policy]));

const folders = (id: string) => [
  ...STUDIES.map((study) => `clinical/inbound/raw/${id}/${study}/`),
  `clinical/inbound/test/${id}/`,
];
const object = (key: string) => `${settings.bucketArn}/${key}`;
const list = (prefix?: string): Call => ({
  action: "s3:ListBucket",
  resource: settings.bucketArn,
  ...(prefix === undefined ? {} : { context: { "s3:prefix": prefix } }),
});
const put = (key: string): Call => ({ action: "s3:PutObject", resource: object(key) });

/** What anybody could try on what belongs to a vendor. */
const attempts = (id: string): Call[] =>
  folders(id).flatMap((folder) => [
    put(`${folder}results.csv`),
    put(`${folder}..%2F/results.csv`),
    { action: "s3:AbortMultipartUpload", resource: object(`${folder}results.csv`) },
    list(folder),
    list(`${folder}2026/`),
    list(folder.slice(0, -1)),
  ]);

test(`none of ${vendors.length} vendors may do to another's what it may do to its own`, () => {
  let tried = 0;
  const crossed: string[] = [];
  for (const [id, policy] of policies) {
    for (const other of vendors.filter((one) => one !== id)) {
      for (const call of attempts(other)) {
        tried += 1;
        if (allows(policy, call)) crossed.push(`${id}: ${JSON.stringify(call)}`);
      }
    }
  }
  process.stdout.write(
    `cross access: ${crossed.length} of ${tried} calls of ${vendors.length} x ${vendors.length} vendors\n`,
  );
  expect(crossed).toEqual([]);
});

test("every vendor may upload to its own folders and list them", () => {
  for (const [id, policy] of policies) {
    const own = folders(id).flatMap((folder) => [put(`${folder}results.csv`), list(folder), list(`${folder}2026/`)]);
    expect(own.filter((call) => !allows(policy, call))).toEqual([]);
  }
});

test("nobody may make a folder, at the root of an own one or deeper", () => {
  for (const [id, policy] of policies) {
    const made = folders(id).flatMap((folder) => [put(`${folder}2026/`), put(`${folder}2026/11/`), put(folder)]);
    expect(made.filter((call) => allows(policy, call))).toEqual([]);
    expect(allows(policy, put(`${folders(id)[0]}2026/results.csv`))).toBe(true);
  }
});

test("nobody may read, delete, rename or list beyond, nor use keys past S3 or of another account", () => {
  const [id, policy] = [...policies][0]!;
  const own = object(`clinical/inbound/raw/${id}/st-101/results.csv`);
  const actions = [
    "s3:GetObject",
    "s3:GetObjectVersion",
    "s3:DeleteObject",
    "s3:DeleteObjectVersion",
    "s3:PutObjectAcl",
    "s3:PutObjectRetention",
    "s3:PutObjectLegalHold",
    "s3:BypassGovernanceRetention",
  ];
  const beyond: Call[] = [
    ...actions.map((action) => ({ action, resource: own })),
    ...["", "clinical/", "clinical/inbound/raw/", `clinical/inbound/raw/${id}`, `clinical/inbound/raw/${id}/`].map(
      list,
    ),
    list(),
    put("results.csv"),
    put(`clinical/inbound/raw/${id}/st-303/results.csv`),
    put(`clinical/inbound/raw/${id}`),
    { action: "kms:Decrypt", resource: settings.keyArn },
    {
      action: "kms:Decrypt",
      resource: settings.keyArn,
      context: { "kms:ViaService": "ses.eu-central-1.amazonaws.com" },
    },
    { action: "kms:Decrypt", resource: settings.keyArn.replace("1111", "4444"), context: through },
    { action: "kms:ScheduleKeyDeletion", resource: settings.keyArn, context: through },
  ];
  expect(beyond.filter((call) => allows(policy, call))).toEqual([]);
});

test("the key may be used through S3 for single and multipart uploads", () => {
  const uses = ["kms:GenerateDataKey", "kms:Decrypt"].map((action) => ({
    action,
    resource: settings.keyArn,
    context: through,
  }));
  expect(uses.every((call) => allows([...policies.values()][0]!, call))).toBe(true);
});
