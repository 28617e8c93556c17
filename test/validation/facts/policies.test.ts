// SPDX-License-Identifier: Apache-2.0
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Terraform writes its references like this
import { type Facts, parsePolicy, type Statement } from "../../../validation/facts";
import { codeOf, factsOf, factsOfFixture, type LoosePlan, planOf } from "./plan-fixture";

const facts = factsOfFixture("policies");
const policy = (address: string, from: Facts = facts) => from.policies.find((one) => one.address === address)!;
const statements = (address: string, from: Facts = facts): Statement[] =>
  policy(address, from).statements.map((index) => from.statements[index]!);

describe("origin of a policy text", () => {
  test.each([
    ["aws_s3_bucket_policy.literal", "plan"],
    ["aws_iam_role_policy.deferred", "document"],
    ["aws_iam_role_policy.hidden", "unknown"],
    ["aws_iam_role_policy.secret", "unknown"],
    ["aws_iam_role_policy_attachment.admin", "aws-managed"],
    ["aws_iam_role_policy_attachment.elsewhere", "unknown"],
  ])("%s has the origin %s", (address, origin) => {
    expect(policy(address).origin).toBe(origin);
  });

  test("an unset policy is no policy", () => {
    expect(facts.policies.filter(({ address }) => address === "aws_s3_bucket.raw")).toEqual([]);
  });

  test.each([
    ["no JSON", "{"],
    ["a key twice", '{"Statement":[],"Statement":[]}'],
    ["an unknown element", '{"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*","Extra":1}]}'],
    ["an effect of another case", '{"Statement":[{"Effect":"allow","Action":"s3:*","Resource":"*"}]}'],
    ["neither Action nor NotAction", '{"Statement":[{"Effect":"Allow","Resource":"*"}]}'],
    ["an action that is no text", '{"Statement":[{"Effect":"Allow","Action":[1],"Resource":"*"}]}'],
    ["no statement", '{"Version":"2012-10-17"}'],
  ])("a policy text with %s is unknown and not ignored", (_, text) => {
    const plan = planOf([{ type: "aws_s3_bucket_policy", after: { bucket: "b", policy: text } }]);
    expect(factsOf(plan).policies).toMatchObject([{ origin: "unknown", statements: [] }]);
  });
});

describe("whom a policy concerns", () => {
  test("a bucket policy governs the bucket that it names by a literal", () => {
    expect(policy("aws_s3_bucket_policy.literal").subjects).toEqual(["aws_s3_bucket.raw"]);
  });

  test("a queue policy governs the queue that its URL names", () => {
    expect(policy("aws_sqs_queue_policy.arrivals").subjects).toEqual(["aws_sqs_queue.arrivals"]);
  });

  test("a policy that is only a boundary is no identity policy", () => {
    const uses = facts.policies.filter(({ address }) => address === "aws_iam_policy.limit").map(({ use }) => use);
    expect(uses).toEqual(["boundary"]);
  });

  test("an attached policy belongs to the role of the attachment", () => {
    expect(policy("aws_iam_policy.read")).toMatchObject({ use: "identity", subjects: ["aws_iam_role.writer"] });
  });

  test("a role has its boundary, its inline policies and its attached ones", () => {
    const of = facts.policiesOf["aws_iam_role.writer"]!.map((index) => facts.policies[index]!.address);
    expect(of).toEqual([
      "aws_iam_policy.limit",
      "aws_iam_policy.read",
      "aws_iam_role_policy.deferred",
      "aws_iam_role_policy.hidden",
      "aws_iam_role_policy.secret",
      "aws_iam_role_policy_attachment.admin",
      "aws_iam_role_policy_attachment.elsewhere",
    ]);
  });

  test("a role is governed by its trust policy", () => {
    expect(facts.policiesOn["aws_iam_role.writer"]!.map((index) => facts.policies[index]!.use)).toEqual(["trust"]);
  });

  test("an inline_policy block is an identity policy of its role", () => {
    const text = '{"Statement":[{"Effect":"Allow","Action":"s3:*","Resource":"*"}]}';
    const plan = planOf([{ type: "aws_iam_role", after: { name: "r", inline_policy: [{ name: "a", policy: text }] } }]);
    expect(factsOf(plan).policies).toMatchObject([
      { attribute: "inline_policy.policy", use: "identity", origin: "plan", subjects: ["aws_iam_role.x"] },
    ]);
  });

  test("a managed policy ARN that is not known yet is an unknown policy of the role", () => {
    const plan = planOf([
      {
        type: "aws_iam_role",
        after: { name: "r" },
        unknown: { managed_policy_arns: true },
        expressions: { managed_policy_arns: { references: ["var.arns"] } },
      },
    ]);
    expect(factsOf(plan).policies).toMatchObject([
      { use: "identity", origin: "unknown", subjects: ["aws_iam_role.x"] },
    ]);
  });
});

describe("statements", () => {
  test("are normalised: arrays, sorted, actions and condition keys in lower case, values as text", () => {
    expect(statements("aws_s3_bucket_policy.literal")[0]).toMatchObject({
      sid: "Tls",
      effect: "Deny",
      principals: [{ type: "*", value: "*" }],
      actions: ["s3:*"],
      resources: ["arn:aws:s3:::acme-raw", "arn:aws:s3:::acme-raw/*"],
      conditions: [{ operator: "Bool", key: "aws:securetransport", values: ["false"] }],
      partial: false,
    });
  });

  test("an effect left out means Allow", () => {
    expect(statements("aws_s3_bucket_policy.literal")[1]!.effect).toBe("Allow");
  });

  test("AWS: * is everybody", () => {
    expect(statements("aws_kms_key.raw")[0]!.principals).toEqual([{ type: "*", value: "*" }]);
  });

  test("literal ARNs in resources and principals name the plan's resources", () => {
    expect(statements("aws_s3_bucket_policy.literal")[1]!.refs).toEqual(["aws_iam_role.writer", "aws_s3_bucket.raw"]);
  });

  test("a policy variable of a planned text is no reference", () => {
    expect(statements("aws_s3_bucket_policy.literal")[1]!.partial).toBe(false);
  });

  test("a deferred document keeps its actions, its reference and says what is partial", () => {
    expect(statements("aws_iam_role_policy.deferred")).toMatchObject([
      {
        effect: "Allow",
        actions: ["s3:putobject"],
        resources: ["${aws_s3_bucket.raw.arn}"],
        refs: ["aws_s3_bucket.raw"],
        partial: true,
      },
      { effect: "Deny", conditions: [{ key: "aws:sourceaccount", values: ["111122223333"] }], partial: false },
    ]);
  });

  test("a document that is built on one not known is unknown", () => {
    const reference = ["data.aws_iam_policy_document.d.json", "data.aws_iam_policy_document.d"];
    const plan = planOf([
      {
        type: "aws_iam_policy_document",
        name: "d",
        mode: "data",
        after: { statement: [{ actions: ["s3:GetObject"], resources: ["*"], effect: null }] },
        unknown: { source_policy_documents: [true] },
      },
      { type: "aws_iam_role_policy", unknown: { policy: true }, expressions: { policy: { references: reference } } },
    ]);
    expect(factsOf(plan).policies).toMatchObject([{ origin: "unknown", statements: [] }]);
  });

  test.each([
    ["by the key of the carrier", ["data.aws_iam_policy_document.d", "each.key"], "document"],
    [
      "by another attribute than its text",
      ["data.aws_iam_policy_document.d.id", "data.aws_iam_policy_document.d"],
      "unknown",
    ],
    [
      "by two attributes",
      ["data.aws_iam_policy_document.d.id", "data.aws_iam_policy_document.d.json", "data.aws_iam_policy_document.d"],
      "unknown",
    ],
  ])("a document of several is found %s", (_, references, origin) => {
    const after = { statement: [{ actions: ["s3:GetObject"], resources: ["*"], effect: null }] };
    const document = {
      type: "aws_iam_policy_document",
      name: "d",
      mode: "data",
      after,
      unknown: { json: true },
    } as const;
    const carrier = { type: "aws_iam_role_policy", unknown: { policy: true }, expressions: { policy: { references } } };
    const plan = planOf([document, carrier]);
    plan.resource_changes = plan.resource_changes.flatMap((change: LoosePlan) =>
      ["a", "b"].map((index) => ({ ...change, index, address: `${change.address}["${index}"]` })),
    );
    expect(factsOf(plan).policies).toMatchObject([{ origin }, { origin }]);
  });

  test.each(["&{aws:username}", "${aws:username}"])(
    "a policy variable of a document, %s, hides nothing",
    (variable) => {
      const resources = [`arn:aws:s3:::b/${variable}/*`];
      const reference = ["data.aws_iam_policy_document.d.json", "data.aws_iam_policy_document.d"];
      const plan = planOf([
        {
          type: "aws_iam_policy_document",
          name: "d",
          mode: "data",
          after: { statement: [{ actions: ["s3:PutObject"], resources, effect: null }] },
          unknown: { json: true },
        },
        { type: "aws_iam_role_policy", unknown: { policy: true }, expressions: { policy: { references: reference } } },
      ]);
      expect(factsOf(plan).statements).toMatchObject([
        { resources: ["arn:aws:s3:::b/${aws:username}/*"], partial: false },
      ]);
    },
  );

  test("a Lambda permission is a statement with its source condition", () => {
    expect(statements("aws_lambda_permission.events")).toMatchObject([
      {
        effect: "Allow",
        principals: [{ type: "Service", value: "events.amazonaws.com" }],
        conditions: [{ operator: "ArnLike", key: "aws:sourcearn" }],
      },
    ]);
  });

  test("a Lambda permission with an unknown source ARN is partial and keeps the condition", () => {
    const plan = planOf([
      {
        type: "aws_lambda_permission",
        after: { action: "lambda:InvokeFunction", principal: "s3.amazonaws.com" },
        unknown: { source_arn: true },
        expressions: { source_arn: { references: ["aws_s3_bucket.b.arn", "aws_s3_bucket.b"] } },
      },
    ]);
    expect(factsOf(plan).statements).toMatchObject([
      { partial: true, conditions: [{ key: "aws:sourcearn", values: [] }] },
    ]);
  });

  test("a policy without statements is known and empty", () => {
    expect(parsePolicy('{"Statement":[]}')).toEqual([]);
  });
});

describe("a policy text from the synth", () => {
  const references = ["aws_kms_key.k.arn", "aws_kms_key.k"];
  const document = (resource: string, action = "kms:Decrypt") =>
    JSON.stringify({ Statement: [{ Effect: "Allow", Action: action, Resource: resource }] });
  const judged = (text: string, planned: LoosePlan = references): Facts =>
    factsOf(
      planOf([
        { type: "aws_kms_key", name: "k" },
        { type: "aws_iam_role_policy", unknown: { policy: true }, expressions: { policy: { references: planned } } },
      ]),
      { synth: { terraform: {}, resource: { aws_kms_key: { k: {} }, aws_iam_role_policy: { x: { policy: text } } } } },
    );

  test("is read with its reference kept and resolved", () => {
    expect(statements("aws_iam_role_policy.x", judged(document("${aws_kms_key.k.arn}")))).toMatchObject([
      { resources: ["${aws_kms_key.k.arn}"], refs: ["aws_kms_key.k"], partial: false },
    ]);
  });

  test("keeps policy variables as IAM reads them", () => {
    const read = judged(document("${aws_kms_key.k.arn}/$${aws:username}"));
    expect(statements("aws_iam_role_policy.x", read)[0]!.resources).toEqual(["${aws_kms_key.k.arn}/${aws:username}"]);
  });

  test.each([
    ["lets a reference decide an action", document("*", "${aws_kms_key.k.arn}")],
    ["is a function call", '${jsonencode({"Statement" = aws_kms_key.k.arn})}'],
  ])("that %s is unknown", (_, text) => {
    expect(policy("aws_iam_role_policy.x", judged(text)).origin).toBe("unknown");
  });

  test.each([
    ["names another resource than the plan", document("${aws_kms_key.other.arn}")],
    ["lacks the reference of the plan", document("*")],
  ])("that %s is not the text of the plan", (_, text) => {
    expect(codeOf(() => judged(text))).toBe("SYNTH_MISMATCH");
  });

  test("follows a local to the key", () => {
    const plan = planOf([
      { type: "aws_kms_key", name: "k" },
      {
        type: "aws_iam_role_policy",
        unknown: { policy: true },
        expressions: { policy: { references: ["local.key"] } },
      },
    ]);
    const body = { policy: document("${local.key}") };
    const resource = { aws_kms_key: { k: {} }, aws_iam_role_policy: { x: body } };
    const read = factsOf(plan, { synth: { terraform: {}, locals: { key: "${aws_kms_key.k.arn}" }, resource } });
    expect(statements("aws_iam_role_policy.x", read)[0]!.refs).toEqual(["aws_kms_key.k"]);
  });
});
