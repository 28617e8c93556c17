// SPDX-License-Identifier: Apache-2.0
import type { ExpectedDelivery } from "../../../modules";
import { codeOf, resource, statement, statements, synthesize, testStack } from "../synth";
import { delivery } from "./bench";
import { addReceiving, type ReceivingOptions } from "./receiving-stack";

function ingest(options: ReceivingOptions = {}) {
  const { stack } = testStack();
  addReceiving(stack, options);
  return synthesize(stack);
}

const document = ingest();

/** Resources of a type that belong to ingest itself. */
function own(type: string): Record<string, unknown>[] {
  return Object.entries(document.resource[type]!).flatMap(([id, one]) => (id.startsWith("ingest_") ? [one] : []));
}

test("the ledger can be restored to any second of 35 days, is protected and encrypted with a key of its own, and forgets nothing", () => {
  const table = resource(document, "aws_dynamodb_table", "ledger");
  expect(table).toMatchObject({
    name: "acme-ledger",
    hash_key: "pk",
    range_key: "sk",
    point_in_time_recovery: { enabled: true, recovery_period_in_days: 35 },
    deletion_protection_enabled: true,
    server_side_encryption: { enabled: true, kms_key_arn: expect.stringContaining("aws_kms_key.ledger_Key") },
    tags: { Part11Role: "ledger", RecordClass: "clinical" },
    lifecycle: { prevent_destroy: true },
  });
  expect(table).not.toHaveProperty("ttl");
});

test("the function may add to the ledger and read it, and nothing more of any table", () => {
  const policies = own("aws_iam_role_policy").flatMap(({ policy }) => statements(policy));
  const onTables = policies.filter(({ Action }) => JSON.stringify(Action).includes("dynamodb:"));
  expect(onTables.map(({ Sid, Action }) => [Sid, Action])).toEqual([
    ["Append", ["dynamodb:GetItem", "dynamodb:PutItem", "dynamodb:Query"]],
    ["ReadDeliveries", "dynamodb:Query"],
  ]);
});

test("the function writes below raw's folders of vendors and the ledger's mirror only, and deletes nothing", () => {
  const policies = own("aws_iam_role_policy").flatMap(({ policy }) => statements(policy));
  const writes = policies.filter(({ Action }) => JSON.stringify(Action).includes("s3:PutObject"));
  expect(writes.flatMap(({ Resource }) => Resource).sort()).toEqual([
    "arn:aws:s3:::acme-audit-111122223333/ledger-roots/*",
    "arn:aws:s3:::acme-audit-111122223333/ledger/*",
    "arn:aws:s3:::acme-raw-111122223333/clinical/inbound/raw/acme/*",
    "arn:aws:s3:::acme-unblinded-111122223333/clinical/inbound/raw/*",
  ]);
  expect(JSON.stringify(policies)).not.toMatch(/s3:Delete|s3:PutObjectRetention|BypassGovernance/);
});

test("every bucket's new objects and every upload reach the queue, and what cannot is kept", () => {
  const rules = own("aws_cloudwatch_event_rule").filter((rule) => rule.event_pattern);
  const patterns = rules.map((rule) => JSON.parse(rule.event_pattern as string));
  expect(patterns.map((pattern) => pattern.detail?.bucket.name[0] ?? pattern["detail-type"])).toEqual([
    "acme-audit-111122223333",
    "acme-inbox-111122223333",
    "acme-raw-111122223333",
    "acme-curated-111122223333",
    "acme-unblinded-111122223333",
    ["SFTP Server File Upload Completed", "SFTP Server File Upload Failed"],
  ]);
  for (const target of own("aws_cloudwatch_event_target")) {
    expect(target).toMatchObject({
      arn: expect.stringMatching(/Queues_Arrivals/),
      dead_letter_config: { arn: expect.stringMatching(/Queues_DeadLetters/) },
    });
  }
});

test("of the audit bucket only the ledger's copies are told, and the function publishes to the topic of deliveries alone", () => {
  const { event_pattern } = resource(document, "aws_cloudwatch_event_rule", "Entries");
  expect(JSON.parse(event_pattern as string).detail.object.key).toEqual([{ prefix: "ledger/" }]);
  const rights = own("aws_iam_role_policy").flatMap(({ policy }) => statements(policy));
  expect(rights.filter(({ Action }) => Action === "sns:Publish").map(({ Resource }) => Resource)).toEqual([
    "arn:aws:sns:eu-central-1:111122223333:acme-deliveries",
  ]);
});

test("a queue keeps messages fourteen days, hides them six times as long as a run, and gives up on the fifth", () => {
  const queue = resource(document, "aws_sqs_queue", "Arrivals");
  expect(queue).toMatchObject({ message_retention_seconds: 1_209_600, visibility_timeout_seconds: 5400 });
  expect(queue.redrive_policy).toMatch(/maxReceiveCount\\?":5/);
});

test("only this zone's event rules may send to the queues, over TLS", () => {
  for (const { policy } of Object.values(document.resource.aws_sqs_queue!)) {
    expect(statement(policy, "EventRulesSend").Condition).toEqual({
      StringEquals: { "aws:SourceAccount": "111122223333" },
      ArnLike: { "aws:SourceArn": "arn:aws:events:eu-central-1:111122223333:rule/acme-ingest-*" },
    });
    expect(statement(policy, "DenyPlainHttp").Effect).toBe("Deny");
  }
});

test("a scan is a function that ingest may call, and it alone; without one nobody is asked", () => {
  const asked = ingest({ ingest: { scanFunctionArn: "arn:aws:lambda:eu-central-1:111122223333:function:scan" } });
  const { policy } = resource(asked, "aws_iam_role_policy", "ask-scan");
  expect(statement(policy, "AskScan")).toMatchObject({
    Action: "lambda:InvokeFunction",
    Resource: "arn:aws:lambda:eu-central-1:111122223333:function:scan",
  });
  const variables = (of: typeof asked) =>
    (resource(of, "aws_lambda_function", "ingest_") as { environment: { variables: object } }).environment.variables;
  expect(variables(asked)).toHaveProperty("SCAN_FUNCTION");
  expect(variables(document)).not.toHaveProperty("SCAN_FUNCTION");
  expect(variables(document)).toMatchObject({ LARGEST_TRIAL_BYTES: "100000000" });
});

test("a failed message comes again by itself", () => {
  const mapping = resource(document, "aws_lambda_event_source_mapping");
  expect(mapping).toMatchObject({ enabled: true, function_response_types: ["ReportBatchItemFailures"] });
});

test("people are told of dead letters, failed runs and refused files", () => {
  const alarms = Object.values(document.resource.aws_cloudwatch_metric_alarm!).map(({ alarm_name }) => alarm_name);
  expect(alarms).toEqual(expect.arrayContaining(["dead-letters", "errors", "refused"].map((n) => `acme-ingest-${n}`)));
});

test("each expected delivery is one item of the table that ingest reads", () => {
  const { item } = resource(document, "aws_dynamodb_table_item") as { item: string };
  const { sk, delivery: written } = JSON.parse(item) as Record<string, { S: string }>;
  expect([sk!.S, JSON.parse(written!.S)]).toEqual(["acme#abc-1#lab", delivery]);
});

/** Prefixes of raw that the function may write below. */
function writtenInRaw(deliveries: readonly ExpectedDelivery[]): string[] {
  const { policy } = resource(ingest({ deliveries }), "aws_iam_role_policy", "ingest_Handler_Role_write-raw_");
  return [statement(policy, "Write").Resource].flat().map((arn) => arn.replace(/^.*?\/clinical\/inbound\/raw\//, ""));
}

test("the function may write no unblinded study into raw, whatever its code does", () => {
  const unblinded: ExpectedDelivery = { ...delivery, study: "abc-2", blinding: "unblinded" };
  expect(writtenInRaw([delivery])).toEqual(["acme/*"]);
  expect(writtenInRaw([delivery, unblinded])).toEqual(["acme/abc-1/*"]);
});

test("blinded and unblinded files of one vendor and study are refused: a misnamed one could be either", () => {
  const deliveries: ExpectedDelivery[] = [delivery, { ...delivery, name: "list", blinding: "unblinded" }];
  expect(codeOf(() => ingest({ deliveries }))).toBe("SETTINGS_INVALID");
});

test("an unblinded delivery without a bucket for it is refused", () => {
  const deliveries: ExpectedDelivery[] = [{ ...delivery, blinding: "unblinded" }];
  expect(codeOf(() => ingest({ deliveries, ingest: { unblinded: undefined } }))).toBe("SETTINGS_INVALID");
});

test("a delivery named twice is refused", () => {
  expect(codeOf(() => ingest({ deliveries: [delivery, delivery] }))).toBe("SETTINGS_INVALID");
});

test("in qualification nothing prevents that the whole is destroyed", () => {
  expect(resource(ingest({ environment: "qualification" }), "aws_dynamodb_table", "ledger").lifecycle).toEqual({
    prevent_destroy: false,
  });
});
