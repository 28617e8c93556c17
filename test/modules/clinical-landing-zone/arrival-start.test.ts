// SPDX-License-Identifier: Apache-2.0
import type { StartedProcess } from "../../../modules";
import { codeOf, resource, statements } from "../synth";
import { zone } from "./synthesized";

const machine = "arn:aws:states:eu-central-1:111122223333:stateMachine:house-checks";
const workflow = "arn:aws:glue:eu-central-1:111122223333:workflow/house-tables";
const checks: StartedProcess = { name: "checks", processArn: machine, vendor: "lab", study: "st-101" };
const tables: StartedProcess = { name: "tables", processArn: workflow };

const started = (...startOnArrival: StartedProcess[]) => zone({ startOnArrival });

describe("a process that starts on arrival", () => {
  const document = started(checks, tables);
  const rule = (name: string) =>
    JSON.parse(resource(document, "aws_cloudwatch_event_rule", name).event_pattern as string);

  test("starts for new records of raw alone, below its own prefix or any", () => {
    expect(rule("Rule-checks")).toEqual({
      source: ["aws.s3"],
      "detail-type": ["Object Created"],
      detail: {
        bucket: { name: ["acme-raw-111122223333"] },
        object: { key: [{ prefix: "clinical/inbound/raw/lab/st-101/" }] },
      },
    });
    expect(rule("Rule-tables").detail.object).toEqual({ key: [{ prefix: "clinical/inbound/raw/" }] });
  });

  test("is started by a role that may start it and nothing else, for that rule, within the boundary", () => {
    const role = resource(document, "aws_iam_role", "Role-checks");
    expect(statements(role.assume_role_policy)).toMatchObject([
      {
        Principal: { Service: "events.amazonaws.com" },
        Condition: {
          StringEquals: { "aws:SourceAccount": "111122223333" },
          ArnLike: { "aws:SourceArn": "arn:aws:events:eu-central-1:111122223333:rule/acme-start-checks" },
        },
      },
    ]);
    expect(role.permissions_boundary).toBe("arn:aws:iam::111122223333:policy/acme-boundary");
    const rights = ["checks", "tables"].map((name) =>
      statements(resource(document, "aws_iam_role_policy", `Role-${name}`).policy).map(({ Action, Resource }) => [
        Action,
        Resource,
      ]),
    );
    expect(rights).toEqual([[["states:StartExecution", machine]], [["glue:notifyEvent", workflow]]]);
  });

  test("is named in the boundary, which lets nobody start anything where nothing is named", () => {
    const starts = (of: typeof document) =>
      statements(resource(of, "aws_iam_policy").policy).flatMap(({ Sid, Resource }) =>
        String(Sid).startsWith("StartProcess") ? [Resource] : [],
      );
    expect([starts(document), starts(zone())]).toEqual([[machine, workflow], []]);
  });

  test("that cannot be started leaves its event in a queue of which people are told", () => {
    const { dead_letter_config, role_arn } = resource(document, "aws_cloudwatch_event_target", "Target-checks");
    expect([dead_letter_config, role_arn]).toEqual([
      { arn: expect.stringMatching(/aws_sqs_queue\.\w*ArrivalStart_DeadLetters/) },
      "arn:aws:iam::111122223333:role/acme-start-checks",
    ]);
    expect(resource(document, "aws_cloudwatch_metric_alarm", "ArrivalStart_NotStarted")).toMatchObject({
      dimensions: { QueueName: "acme-start-dead-letters" },
      threshold: 0,
      treat_missing_data: "notBreaching",
    });
  });

  test("is none where the props name none", () => {
    expect(Object.keys(zone().resource.aws_cloudwatch_event_rule!).filter((id) => id.includes("ArrivalStart"))).toEqual(
      [],
    );
  });
});

test.each<[string, StartedProcess[]]>([
  ["of another account", [{ ...checks, processArn: machine.replace("111122223333", "444455556666") }]],
  ["of another region", [{ ...tables, processArn: workflow.replace("eu-central-1", "eu-west-1") }]],
  ["that is every one", [{ ...checks, processArn: machine.replace("house-checks", "*") }]],
  ["that is a function", [{ ...checks, processArn: "arn:aws:lambda:eu-central-1:111122223333:function:x" }]],
  ["of a study without its vendor", [{ ...tables, study: "st-101" }]],
  ["named twice", [checks, checks]],
  ["without a name", [{ ...checks, name: "" }]],
])("fails on a process %s", (_, processes) => {
  expect(codeOf(() => started(...processes))).toBe("SETTINGS_INVALID");
});
