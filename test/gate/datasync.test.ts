// SPDX-License-Identifier: Apache-2.0
import { loadPolicy } from "../../validation/gate";
import { atPath } from "../../validation/gate/mutation/documents";
import { factsOfDocuments, noticing } from "./judged";
import { type Documents, goldenDocuments } from "./mutation/documents";
import { evaluateInOneEngine } from "./one-engine";

const controls = loadPolicy().sidecar.controls;
const DATASYNC = controls.filter(({ id }) => id === "P11-30-08");
const TYPES = controls.filter(({ id }) => id === "META-11");

const FOLDER = "clinical/inbound/raw/holter/st-101/";
const INBOX = "arn:aws:s3:::acme-clin-inbox-111122223333";
const AUDIT = "arn:aws:s3:::acme-clin-audit-111122223333";
const TASK = "aws_datasync_task";
const LOCATION = "aws_datasync_location_s3";

/** The golden plan with another value in every resource of a type: in plan, configuration and synth alike. */
function changed(type: string, path: string, value: string): Documents {
  const documents = goldenDocuments();
  const { plan, synth } = documents;
  const segments = path.split(".");
  let places = 0;
  const set = (said: unknown) => (holder: Record<string, unknown>, key: string) => {
    places += 1;
    holder[key] = said;
  };
  for (const one of plan.resource_changes) if (one.type === type) atPath(one.change.after, segments, set(value));
  for (const one of plan.configuration.root_module!.resources!)
    if (one.type === type) atPath(one.expressions, segments, set({ constant_value: value }));
  for (const body of Object.values(synth.resource[type]!)) atPath(body, segments, set(value));
  if (places !== 3) throw new Error(`${type}.${path} is not in plan, configuration and synth: ${places}`);
  return documents;
}

interface Statement {
  Sid: string;
  Action: string | string[];
  Resource: string;
  Condition?: object;
}

/** The golden plan with one statement of the role changed, in plan, configuration and synth alike. */
function withRights(sid: string, change: (said: Statement) => void): Documents {
  let places = 0;
  const text = JSON.stringify(goldenDocuments(), (key, value) => {
    if (!["policy", "constant_value"].includes(key) || typeof value !== "string" || !value.includes(`"${sid}"`))
      return value;
    const policy = JSON.parse(value) as { Statement: Statement | Statement[] };
    const said = [policy.Statement].flat().find(({ Sid }) => Sid === sid);
    if (!said || !JSON.stringify(said).includes(FOLDER)) return value;
    places += 1;
    change(said);
    return JSON.stringify(policy);
  });
  if (places < 3) throw new Error(`${sid} is not in plan, configuration and synth: ${places}`);
  return JSON.parse(text);
}

const answersOf = (documents: Documents) =>
  evaluateInOneEngine(factsOfDocuments(documents), DATASYNC).controls["P11-30-08"]!.answers;

test("the golden plan's DataSync task passes, and its type is refused no more", () => {
  const documents = goldenDocuments();
  expect(noticing(documents, [...DATASYNC, ...TYPES])).toEqual([]);
  expect(
    answersOf(documents)
      .map(({ attribute }) => attribute)
      .sort(),
  ).toEqual([
    "cloudwatch_log_group_arn",
    "destination_location_arn",
    "options.log_level",
    "options.preserve_deleted_files",
    "options.verify_mode",
    "s3_bucket_arn",
    "s3_config.bucket_access_role_arn",
    "source_location_arn",
    "subdirectory",
  ]);
});

const otherRole = "arn:aws:iam::111122223333:role/acme-clin-push-mft";

test.each<[string, string, () => Documents]>([
  ["deletes what is gone at the source", "fail", () => changed(TASK, "options.preserve_deleted_files", "REMOVE")],
  ["compares nothing", "fail", () => changed(TASK, "options.verify_mode", "NONE")],
  ["logs nothing", "fail", () => changed(TASK, "options.log_level", "OFF")],
  [
    "logs to a group of another plan",
    "unknown",
    () => changed(TASK, "cloudwatch_log_group_arn", "arn:aws:logs:eu-central-1:111122223333:log-group:elsewhere"),
  ],
  ["copies into the audit trail", "fail", () => changed(LOCATION, "s3_bucket_arn", AUDIT)],
  ["copies into a bucket of another plan", "unknown", () => changed(LOCATION, "s3_bucket_arn", "arn:aws:s3:::else")],
  ["copies into the whole inbox", "fail", () => changed(LOCATION, "subdirectory", "/")],
  [
    "copies into another sender's folder",
    "fail",
    () => changed(LOCATION, "subdirectory", "/clinical/inbound/raw/mes/st-101/"),
  ],
  ["copies by another role", "fail", () => changed(LOCATION, "s3_config.bucket_access_role_arn", otherRole)],
  [
    "may delete",
    "fail",
    () =>
      withRights("CompareOwnCopies", (said) => {
        said.Action = ["s3:GetObject", "s3:DeleteObject"];
      }),
  ],
  [
    "may get past retention",
    "fail",
    () =>
      withRights("CompareOwnCopies", (said) => {
        said.Action = ["s3:GetObject", "s3:BypassGovernanceRetention"];
      }),
  ],
  [
    "may read the whole inbox",
    "fail",
    () =>
      withRights("CompareOwnCopies", (said) => {
        said.Resource = `${INBOX}/*`;
      }),
  ],
  [
    "may list the whole inbox",
    "fail",
    () =>
      withRights("ListOwnPrefix", (said) => {
        delete said.Condition;
      }),
  ],
  [
    "may put nothing",
    "fail",
    () =>
      withRights("Write", (said) => {
        said.Action = "s3:AbortMultipartUpload";
      }),
  ],
])("a task that %s is noticed as %s", (_, status, documents) => {
  expect(answersOf(documents()).map((one) => one.status)).toContain(status);
});

test("a task that copies records out, to where its source was, is noticed at its source", () => {
  const swapped = JSON.stringify(goldenDocuments())
    .replaceAll("destination_location_arn", "end")
    .replaceAll("source_location_arn", "destination_location_arn")
    .replaceAll('"end"', '"source_location_arn"');
  const failed = answersOf(JSON.parse(swapped)).filter(({ status }) => status === "fail");
  expect(failed.map(({ attribute, actual }) => [attribute, actual])).toEqual([
    ["source_location_arn", expect.stringMatching(/^aws_s3_bucket\.Zone_Inbox_/)],
  ]);
});
