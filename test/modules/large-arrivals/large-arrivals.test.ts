// SPDX-License-Identifier: Apache-2.0
import { LARGE_FAILED } from "../../../modules/large-arrivals/worker/work";
import { addReceiving } from "../ingest/receiving-stack";
import { codeOf, resource, type SynthDocument, statement, statements, synthesize, testStack } from "../synth";

const IMAGE = `111122223333.dkr.ecr.eu-central-1.amazonaws.com/part11/large-arrivals@sha256:${"0a".repeat(32)}`;
const NETWORK = { subnetIds: ["subnet-a", "subnet-b"], securityGroupIds: ["sg-a"] };

function installed(of: object = {}) {
  const { stack } = testStack();
  addReceiving(stack, { ingest: { larger: { image: IMAGE, network: NETWORK, ...of } } });
  return synthesize(stack);
}

const document = installed();
const definition = resource(document, "aws_ecs_task_definition");
const [container] = JSON.parse(definition.container_definitions as string);

/** Inline policies of the role whose resource ids hold `part`. */
function rightsOf(of: SynthDocument, part: string) {
  return Object.entries(of.resource.aws_iam_role_policy!).flatMap(([id, { policy }]) =>
    id.includes(part) ? statements(policy) : [],
  );
}

test("the task runs the image of that digest, on a read-only root file system, as nobody, without capabilities", () => {
  expect(definition).toMatchObject({ requires_compatibilities: ["FARGATE"], network_mode: "awsvpc" });
  expect(container).toMatchObject({
    image: IMAGE,
    essential: true,
    readonlyRootFilesystem: true,
    privileged: false,
    user: "65534:65534",
    linuxParameters: { capabilities: { drop: ["ALL"] } },
  });
});

test("the task has no public address, and stands in the subnets and groups that are named", () => {
  expect(resource(document, "aws_ecs_service").network_configuration).toEqual({
    assign_public_ip: false,
    subnets: NETWORK.subnetIds,
    security_groups: NETWORK.securityGroupIds,
  });
});

test("the task has the function's role and its environment, but for the limit and what the function alone does", () => {
  const lambda = resource(document, "aws_lambda_function", "ingest_Handler");
  expect(definition.task_role_arn).toBe("arn:aws:iam::111122223333:role/acme-ingest");
  const { LARGEST_BYTES, NOTICES_TOPIC, ...same } = (lambda.environment as { variables: Record<string, string> })
    .variables;
  expect([typeof LARGEST_BYTES, typeof NOTICES_TOPIC]).toEqual(["string", "string"]);
  const environment = container.environment as Array<{ name: string; value: string }>;
  expect(Object.fromEntries(environment.map(({ name, value }) => [name, value]))).toEqual(same);
  expect(same.LARGE_QUEUE_URL).toBe("https://sqs.eu-central-1.amazonaws.com/111122223333/acme-ingest-large");
});

test("the function's role gains nothing but its queue of large versions, and ECS tasks of this account may take it", () => {
  const { stack } = testStack();
  addReceiving(stack);
  const without = rightsOf(synthesize(stack), "ingest_Handler_Role").map(({ Sid }) => Sid);
  const gained = rightsOf(document, "ingest_Handler_Role").filter(({ Sid }) => !without.includes(Sid));
  expect(gained.map(({ Sid }) => Sid)).toEqual(["LargeQueueKey", "LargeVersions"]);
  expect(gained[1]!.Resource).toBe("arn:aws:sqs:eu-central-1:111122223333:acme-ingest-large");
  const { assume_role_policy } = resource(document, "aws_iam_role", "ingest_Handler_Role");
  expect(statements(assume_role_policy)).toMatchObject([
    { Principal: { Service: "lambda.amazonaws.com" } },
    {
      Principal: { Service: "ecs-tasks.amazonaws.com" },
      Condition: {
        StringEquals: { "aws:SourceAccount": "111122223333" },
        ArnLike: { "aws:SourceArn": "arn:aws:ecs:eu-central-1:111122223333:*" },
      },
    },
  ]);
});

test("without a task the function's role is taken by Lambda alone, and there is nothing of ECS", () => {
  const { stack } = testStack();
  addReceiving(stack);
  const plain = synthesize(stack);
  const { assume_role_policy } = resource(plain, "aws_iam_role", "ingest_Handler_Role");
  expect(statements(assume_role_policy).map(({ Principal }) => Principal)).toEqual([
    { Service: "lambda.amazonaws.com" },
  ]);
  expect(Object.keys(plain.resource).filter((type) => /ecs|appautoscaling/.test(type))).toEqual([]);
});

test("what starts the task pulls that repository and writes that log, and nothing else", () => {
  expect(rightsOf(document, "Task_Execution").map(({ Action, Resource }) => [Action, Resource])).toEqual([
    [
      ["logs:CreateLogStream", "logs:PutLogEvents"],
      "arn:aws:logs:eu-central-1:111122223333:log-group:/part11/acme/ingest-large:*",
    ],
    ["ecr:GetAuthorizationToken", "*"],
    [
      ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      "arn:aws:ecr:eu-central-1:111122223333:repository/part11/large-arrivals",
    ],
  ]);
});

test("there is one task while a message waits or is in hand, and never a second", () => {
  expect(resource(document, "aws_appautoscaling_target")).toMatchObject({ min_capacity: 0, max_capacity: 1 });
  expect(resource(document, "aws_ecs_service")).toMatchObject({
    deployment_maximum_percent: 100,
    deployment_minimum_healthy_percent: 0,
    lifecycle: { ignore_changes: ["desired_count"] },
  });
  const { metric_query } = resource(document, "aws_cloudwatch_metric_alarm", "Scaling_End") as {
    metric_query: Array<{ expression?: string; metric?: { metric_name: string } }>;
  };
  expect(metric_query.map(({ expression, metric }) => expression ?? metric!.metric_name)).toEqual([
    "waiting + held",
    "ApproximateNumberOfMessagesVisible",
    "ApproximateNumberOfMessagesNotVisible",
  ]);
});

test("messages wait fourteen days, go to the dead letters after five times, and are encrypted with a key of their own", () => {
  const queue = resource(document, "aws_sqs_queue", "Large_Queues_Versions");
  expect(queue).toMatchObject({
    message_retention_seconds: 1_209_600,
    kms_master_key_id: expect.stringContaining("Large_Key"),
    tags: { Part11Role: "ingest" },
  });
  expect(JSON.parse(queue.redrive_policy as string)).toEqual({
    deadLetterTargetArn: expect.stringContaining("Large_Queues_DeadLetters"),
    maxReceiveCount: 5,
  });
  expect(statement(queue.policy, "DenyPlainHttp")).toMatchObject({ Effect: "Deny" });
});

test.each(["dead-letters", "failed", "refused", "untaken"])("an alarm on %s reaches somebody", (name) => {
  const alarms = Object.values(document.resource.aws_cloudwatch_metric_alarm!);
  const alarm = alarms.find(({ alarm_name }) => alarm_name === `acme-ingest-large-${name}`);
  expect(alarm).toMatchObject({ actions_enabled: true, alarm_actions: [expect.stringContaining(":acme-")] });
});

test("a line of the task that says that it failed is counted", () => {
  expect(resource(document, "aws_cloudwatch_log_metric_filter", "lines-failed").pattern).toBe(`"${LARGE_FAILED}"`);
});

test.each([
  [
    "Died",
    "ECS Task State Change",
    { lastStatus: ["STOPPED"], stopCode: ["EssentialContainerExited", "TaskFailedToStart"] },
  ],
  [
    "NotStarted",
    "ECS Service Action",
    { eventName: ["SERVICE_TASK_PLACEMENT_FAILURE", "SERVICE_TASK_START_IMPAIRED"] },
  ],
])("what ECS says of a task that %s goes to people", (id, type, detail) => {
  const rules = Object.entries(document.resource.aws_cloudwatch_event_rule!);
  const [name, rule] = rules.find(([key]) => key.includes(`Alarms_${id}`))!;
  expect(JSON.parse(rule.event_pattern as string)).toMatchObject({
    source: ["aws.ecs"],
    "detail-type": [type],
    detail,
  });
  const targets = Object.values(document.resource.aws_cloudwatch_event_target!);
  const told = targets.find((target) => (target.rule as string).includes(name));
  expect(told!.arn).toMatch(/aws_sns_topic\..*High/i);
});

test.each([
  IMAGE.replace(/@.*/, ":1.0"),
  IMAGE.replace(/@.*/, ""),
  IMAGE.replace("@", ":1.0@"),
  IMAGE.slice(0, -1),
  `${IMAGE}a`,
  IMAGE.toUpperCase(),
  IMAGE.replace("eu-central-1", "eu-west-1"),
  IMAGE.replace("111122223333.dkr.ecr.eu-central-1.amazonaws.com", "docker.io"),
  `x${IMAGE}`,
  `${IMAGE}\n`,
  "",
])("fails for the image %j", (image) => {
  expect(codeOf(() => installed({ image }))).toBe("IMAGE_INVALID");
});

test.each([
  { ...NETWORK, subnetIds: [] },
  { ...NETWORK, securityGroupIds: [] },
])("fails for the network %j", (network) => {
  expect(codeOf(() => installed({ network }))).toBe("NETWORK_INVALID");
});
