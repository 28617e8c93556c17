// SPDX-License-Identifier: Apache-2.0
import { RecordBucket, Retention } from "../../../../modules";
import { sessionOf } from "../../../../modules/sftp-gateway/identity-provider/session";
import { vendorRole } from "../../../../modules/sftp-gateway/vendor-role";
import { deployer, env, identity, type Statement, statements, synthesize, testStack } from "../../synth";
import { settings } from "./directory";
import { allows, type Call } from "./policy-evaluator";

const STUDIES = ["st-101", "st-202"];

/** Names with which others begin, and names with what could be read as a pattern or a path in other places. */
const vendors = Array.from({ length: 25 }, (_, i) => `lab${i}`).flatMap((id) => [id, `${id}-eu`]);

const KEY = settings.keyArn.replace("*", "0a1b2c3d-0000-4000-8000-000000000000");
const through = { "kms:ViaService": "s3.eu-central-1.amazonaws.com" };
const sessionPolicies = new Map(vendors.map((id) => [id, sessionOf(id, STUDIES, settings).Policy]));

/** The inline policies of a vendor's role as the stack is synthesized, with the key's ARN as AWS would give it. */
const rolePolicies = synthesizedRoles();

function synthesizedRoles(): ReadonlyMap<string, string> {
  const { stack } = testStack();
  const inbox = new RecordBucket(stack, "Inbox", {
    env,
    identity: identity(),
    bucketName: settings.bucketArn.slice("arn:aws:s3:::".length),
    bucketRole: "inbox",
    retention: Retention.compliance({ days: 7 }),
    minimumRetention: { days: 7 },
    administratorArns: [deployer],
  });
  for (const id of vendors) {
    const vendor = { id, studies: STUDIES.map((study) => ({ id: study })), keys: [], cidrs: [], from: "", until: "" };
    vendorRole(stack, { env, roleNamePrefix: "acme-clin-vendor-", vendor, inbox, tags: {} });
  }
  const { aws_iam_role: roles = {}, aws_iam_role_policy: inline = {} } = synthesize(stack).resource;
  const vendorOf = new Map(
    Object.entries(roles).map(([address, { name }]) => [address, String(name).slice("acme-clin-vendor-".length)]),
  );
  const found = new Map<string, Statement[]>();
  for (const { role, policy } of Object.values(inline)) {
    const vendor = vendorOf.get(/^\$\{aws_iam_role\.([^.]+)\.name\}$/.exec(String(role))?.[1] ?? "");
    if (vendor === undefined) throw new Error(`a policy of no vendor: ${role}`);
    const text = String(policy).replace(/\$\{aws_kms_key\.[^}]+\.arn\}/g, KEY);
    found.set(vendor, [...(found.get(vendor) ?? []), ...statements(text)]);
  }
  return new Map([...found].map(([id, Statement]) => [id, JSON.stringify({ Statement })]));
}

type May = (id: string, call: Call) => boolean;
const bySession: May = (id, call) => allows(sessionPolicies.get(id)!, call);
const byRole: May = (id, call) => allows(rolePolicies.get(id)!, call);

/** What Transfer's session may do: what both say (IAM user guide, "Session policies"). */
const LAYERS: ReadonlyArray<readonly [string, May]> = [
  ["the session policy", bySession],
  ["the policies of the role", byRole],
  ["role and session policy together", (id, call) => byRole(id, call) && bySession(id, call)],
];

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

describe.each(LAYERS)("by %s", (layer, may) => {
  test(`none of ${vendors.length} vendors may do to another's what it may do to its own`, () => {
    let tried = 0;
    const crossed: string[] = [];
    for (const id of vendors) {
      for (const other of vendors.filter((one) => one !== id)) {
        for (const call of attempts(other)) {
          tried += 1;
          if (may(id, call)) crossed.push(`${id}: ${JSON.stringify(call)}`);
        }
      }
    }
    process.stdout.write(
      `cross access by ${layer}: ${crossed.length} of ${tried} calls of ${vendors.length} x ${vendors.length} vendors\n`,
    );
    expect(crossed).toEqual([]);
  });

  test("every vendor may upload to its own folders and list them", () => {
    for (const id of vendors) {
      const own = folders(id).flatMap((folder) => [put(`${folder}results.csv`), list(folder), list(`${folder}2026/`)]);
      expect(own.filter((call) => !may(id, call))).toEqual([]);
    }
  });

  test("nobody may make a folder, at the root of an own one or deeper", () => {
    for (const id of vendors) {
      const made = folders(id).flatMap((folder) => [put(`${folder}2026/`), put(`${folder}2026/11/`), put(folder)]);
      expect(made.filter((call) => may(id, call))).toEqual([]);
      expect(may(id, put(`${folders(id)[0]}2026/results.csv`))).toBe(true);
    }
  });

  test("nobody may read, delete, rename or list beyond, nor use keys past S3 or of another account", () => {
    const [id] = vendors as [string];
    expect(beyond(id).filter((call) => may(id, call))).toEqual([]);
  });

  test("the key may be used through S3 for single and multipart uploads", () => {
    const uses = ["kms:GenerateDataKey", "kms:Decrypt"].map((action) => ({ action, resource: KEY, context: through }));
    expect(uses.every((call) => may(vendors[0]!, call))).toBe(true);
  });
});

test("a role whose prefix ended without its slash would reach the vendor whose name begins with its own", () => {
  const open = rolePolicies.get("lab1")!.replaceAll("/lab1/", "/lab1");
  const reached = attempts("lab1-eu").filter((call) => allows(open, call));
  expect([open === rolePolicies.get("lab1"), reached.length > 0]).toEqual([false, true]);
});

/** What no vendor may do, to its own files either. */
function beyond(id: string): Call[] {
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
  return [
    ...actions.map((action) => ({ action, resource: own })),
    ...["", "clinical/", "clinical/inbound/raw/", `clinical/inbound/raw/${id}`, `clinical/inbound/raw/${id}/`].map(
      list,
    ),
    list(),
    put("results.csv"),
    put(`clinical/inbound/raw/${id}/st-303/results.csv`),
    put(`clinical/inbound/raw/${id}`),
    { action: "kms:Decrypt", resource: KEY },
    { action: "kms:Decrypt", resource: KEY, context: { "kms:ViaService": "ses.eu-central-1.amazonaws.com" } },
    { action: "kms:Decrypt", resource: KEY.replace("1111", "4444"), context: through },
    { action: "kms:ScheduleKeyDeletion", resource: KEY, context: through },
  ];
}
