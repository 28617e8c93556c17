// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { packageRoot } from "../../validation/package-root";
import { makePlan } from "../../validation/plan";
import { judged } from "./judged";
import type { Documents } from "./mutation/documents";
import { plannedText, written as writtenOtherwise } from "./written";

const SETTINGS = path.join(packageRoot(), "stacks", "settings");
const REPOSITORY = "111122223333.dkr.ecr.eu-central-1.amazonaws.com/part11/large-arrivals";
const DIGEST = "@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

let folder: string;
/** The production settings with the task for large files, planned. */
let planned: string;

beforeAll(async () => {
  folder = fs.mkdtempSync(path.join(os.tmpdir(), "part11-large-"));
  const settings = path.join(folder, "production.yaml");
  const example = fs.readFileSync(path.join(SETTINGS, "production.yaml"), "utf8");
  fs.writeFileSync(settings, `${example}largeFiles: { image: "${REPOSITORY}${DIGEST}" }\n`);
  fs.copyFileSync(path.join(SETTINGS, "vendors.yaml"), path.join(folder, "vendors.yaml"));
  const out = path.join(folder, "plan");
  const cwd = packageRoot();
  await makePlan({
    stack: "clinical-landing-zone",
    environment: "production",
    ...{ settings, out, cwd, env: process.env },
  });
  planned = plannedText(out);
});
afterAll(() => fs.rmSync(folder, { recursive: true }));

type Attributes = Record<string, unknown>;

/** The plan in which an argument of the resources of a type whose address holds `part` is another, or none, as its code says. */
function written(type: string, path: string, value: (before: string) => unknown, part = ""): Documents {
  return writtenOtherwise(planned, { type, path, part, value: (before) => value(String(before)) });
}

/** Ids of the controls that find something. */
function findings(documents: Documents): string[] {
  return judged(documents).controls.flatMap(({ id, findings }) => (findings.length > 0 ? [id] : []));
}

/** A policy with other statements. */
function withStatements(change: (statements: Attributes[]) => Attributes[]) {
  return (text: string) => {
    const policy = JSON.parse(text) as { Statement: Attributes[] };
    return JSON.stringify({ ...policy, Statement: change(policy.Statement) });
  };
}

const DELETING = {
  Effect: "Allow",
  Action: "s3:DeleteObjectVersion",
  Resource: "arn:aws:s3:::acme-clin-raw-111122223333/*",
};
const DEFINITION = "aws_ecs_task_definition";
const EXECUTION = "Task_Execution_";

test("the production plan with the task for large files passes, and no type of it is strange to the gate", () => {
  expect(findings(JSON.parse(planned))).toEqual([]);
});

test.each<[string, string, () => Documents]>([
  [
    "an image by tag",
    "P11-10a-01",
    () => written(DEFINITION, "container_definitions", (text) => text.replace(DIGEST, ":latest")),
  ],
  [
    "a second container by tag",
    "P11-10a-01",
    () => {
      const beside = (text: string) => JSON.stringify([...JSON.parse(text), { name: "sidecar", image: "sidecar:1" }]);
      return written(DEFINITION, "container_definitions", beside);
    },
  ],
  [
    "an image of another registry",
    "P11-10g-01",
    () => written(DEFINITION, "container_definitions", (text) => text.replace(REPOSITORY, "docker.io/else/where")),
  ],
  [
    "a second container by digest",
    "P11-10g-01",
    () => {
      const beside = (text: string) =>
        JSON.stringify([...JSON.parse(text), { name: "sidecar", image: `${REPOSITORY}${DIGEST}` }]);
      return written(DEFINITION, "container_definitions", beside);
    },
  ],
  [
    "a command in place of the image's",
    "P11-10g-01",
    () => {
      const ordered = (text: string) =>
        JSON.stringify(JSON.parse(text).map((one: object) => ({ ...one, command: ["sh", "-c", "date"] })));
      return written(DEFINITION, "container_definitions", ordered);
    },
  ],
  ["a machine of anybody's", "P11-10d-18", () => written("aws_ecs_service", "launch_type", () => "EXTERNAL")],
  [
    "a definition that stands elsewhere",
    "P11-10d-18",
    () => written("aws_ecs_service", "task_definition", () => "arn:aws:ecs:eu-central-1:1:task-definition/x:7"),
  ],
  [
    "a public address",
    "P11-10d-18",
    () => written("aws_ecs_service", "network_configuration.assign_public_ip", () => true),
  ],
  [
    "a task of another role, so that whoever defines one may take promotion's",
    "P11-10g-01",
    () => written(DEFINITION, "task_role_arn", (arn) => arn.replace("-ingest", "-step")),
  ],
  [
    "a role that ECS takes on anybody's behalf",
    "P11-10g-03",
    () => {
      const bare = withStatements((all) => all.map(({ Condition, ...said }) => said));
      return written("aws_iam_role", "assume_role_policy", bare, EXECUTION);
    },
  ],
  [
    "a task that may delete versions",
    "P11-10c-12",
    () =>
      written(
        "aws_iam_role_policy",
        "policy",
        withStatements((all) => [...all, DELETING]),
        "_Role_large-versions_",
      ),
  ],
  [
    "a task that also writes what the step writes",
    "P11-10f-01",
    () => {
      const curated = {
        ...DELETING,
        Action: "s3:PutObject",
        Resource: "arn:aws:s3:::acme-clin-curated-111122223333/*",
      };
      return written(
        "aws_iam_role_policy",
        "policy",
        withStatements((all) => [...all, curated]),
        "_Role_large-versions_",
      );
    },
  ],
  [
    "a starting role without a boundary",
    "P11-10d-17",
    () => written("aws_iam_role", "permissions_boundary", () => undefined, EXECUTION),
  ],
])("a plan with %s does not pass %s", (_title, control, documents) => {
  expect(findings(documents())).toContain(control);
});
