// SPDX-License-Identifier: Apache-2.0
import { resource, statements } from "../synth";
import { all, spared, zone } from "./synthesized";

test("roles of machines that deliver are told from roles of people", () => {
  const tagged = all(zone(), "aws_iam_role").filter((role) => "Part11Role" in (role.tags as object));
  expect(tagged.map(({ name, tags }) => [name, (tags as Record<string, string>).Part11Role])).toEqual([
    ["acme-ingest", "ingest"],
    ["acme-writer-lab", "sender"],
  ]);
});

test("no runtime role can bypass a lock, delete anything but a message it took or a row it restored, or administer anything", () => {
  const granted = all(zone(), "aws_iam_role_policy")
    .flatMap(({ policy }) => statements(policy))
    .filter(({ Resource }) => Resource !== "arn:aws:dynamodb:eu-central-1:111122223333:table/acme-restored-*")
    .flatMap(({ Action }) => Action);
  const grave = granted.filter((action) => /Delete|Bypass|PutBucket|Lifecycle|iam:|cloudtrail:|\*$/.test(action));
  expect(grave).toEqual(["sqs:DeleteMessage"]);
});

test("the permissions boundary ends at the zone's own names and at the account's keys", () => {
  const allowed = statements(resource(zone(), "aws_iam_policy").policy).map(({ Resource }) => Resource);
  expect(allowed).toEqual([
    ["arn:aws:s3:::acme-*-111122223333", "arn:aws:s3:::acme-*-111122223333/*"],
    "arn:aws:dynamodb:eu-central-1:111122223333:table/acme-*",
    "arn:aws:dynamodb:eu-central-1:111122223333:table/acme-*",
    "arn:aws:dynamodb:eu-central-1:111122223333:table/acme-restored-*",
    [
      "arn:aws:backup:eu-central-1:111122223333:backup-vault:acme-*",
      "arn:aws:backup:eu-central-1:111122223333:recovery-point:*",
    ],
    "arn:aws:sqs:eu-central-1:111122223333:acme-*",
    "arn:aws:sns:eu-central-1:111122223333:acme-*",
    "arn:aws:secretsmanager:eu-central-1:111122223333:secret:acme/*",
    "arn:aws:kms:*:111122223333:key/*",
    "arn:aws:logs:eu-central-1:111122223333:log-group:/part11/acme/*",
    "arn:aws:logs:eu-central-1:111122223333:log-group:*",
  ]);
});

test("every bucket of the zone lies within the permissions boundary", () => {
  const names = all(zone(), "aws_s3_bucket").map(({ bucket }) => bucket);
  expect(names).toEqual(names.map(() => expect.stringMatching(/^acme-.+-111122223333$/)));
});

test("every runtime role has the permissions boundary", () => {
  expect(all(zone(), "aws_iam_role").map((role) => role.permissions_boundary)).toEqual(
    all(zone(), "aws_iam_role").map(() => "arn:aws:iam::111122223333:policy/acme-boundary"),
  );
});

test("the services that are trusted are backup, CloudTrail, tasks, functions and S3", () => {
  const trusts = all(zone(), "aws_iam_role").flatMap((role) => statements(role.assume_role_policy));
  const services = trusts.flatMap((s) => (s.Principal as { Service?: string }).Service ?? []);
  expect(services.sort()).toEqual([
    "backup.amazonaws.com",
    "backup.amazonaws.com",
    "cloudtrail.amazonaws.com",
    "ecs-tasks.amazonaws.com",
    ...Array(3).fill("lambda.amazonaws.com"),
    ...Array(3).fill("s3.amazonaws.com"),
  ]);
});

test.each([
  ["Zone_Inbox", ["ingest", "inspector"]],
  ["Zone_Raw_Bucket", ["ingest", "inspector", "replicate-raw", "step"]],
  ["Zone_Curated_Bucket", ["ingest", "inspector", "replicate-curated"]],
])("what %s holds is read by the roles alone whose work that is", (id, roles) => {
  expect(spared(zone(), id, "DenyReadingByOthers")).toEqual(roles);
});

test("only the custodian may set a legal hold", () => {
  const holders = Object.entries(zone().resource.aws_iam_role_policy!).filter(([, inline]) =>
    String(inline.policy).includes("PutObjectLegalHold"),
  );
  expect(holders.map(([id]) => id.includes("Custodian"))).toEqual([true, true]);
});
