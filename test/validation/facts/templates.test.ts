// SPDX-License-Identifier: Apache-2.0
// biome-ignore-all lint/suspicious/noTemplateCurlyInString: Terraform writes its references like this
import { factsOf, type LoosePlan, planOf } from "./plan-fixture";

const URL = "aws_ecr_repository.app.repository_url";
const WRITTEN = `[{"name":"a","image":"\${${URL}}@sha256:0"}]`;

interface Given {
  readonly type?: string;
  readonly attribute?: string;
  readonly text?: unknown;
  readonly unknown?: LoosePlan;
  readonly sensitive?: LoosePlan;
  readonly references?: readonly string[];
}

/** Facts of one resource whose one attribute is unknown for the reference in its text. */
function templates(given: Given) {
  const { type = "aws_ecs_task_definition", attribute = "container_definitions", text = WRITTEN } = given;
  const references = given.references ?? [URL, "aws_ecr_repository.app"];
  const unknown = given.unknown ?? { [attribute]: true };
  const plan = planOf([{ type, unknown, sensitive: given.sensitive, expressions: { [attribute]: { references } } }]);
  const synth = { terraform: {}, resource: { [type]: { x: { [attribute]: text } } } };
  return factsOf(plan, { synth }).resources[`${type}.x`]!.templates;
}

describe("the text as written", () => {
  test("stands in for a value that the plan does not know", () => {
    expect(templates({})).toEqual({ container_definitions: WRITTEN });
  });

  test("may name a reference twice, and several", () => {
    const text = `\${${URL}} \${${URL}} \${data.aws_region.here.name}`;
    const references = [URL, "aws_ecr_repository.app", "data.aws_region.here.name", "data.aws_region.here"];
    expect(templates({ text, references })).toEqual({ container_definitions: text });
  });

  test.each<[string, Given]>([
    ["is known", { unknown: {} }],
    ["is no more than a reference", { text: `\${${URL}}` }],
    ["is no text", { text: [WRITTEN] }],
    [
      "holds an expression beside a reference",
      { text: `\${${URL}}:\${upper(local.tag)}`, references: [URL, "aws_ecr_repository.app", "local.tag"] },
    ],
    ["is an expression", { text: `\${jsonencode({a = ${URL}})}` }],
    ["is sensitive", { sensitive: { container_definitions: true } }],
    ["is sensitive with the whole resource", { sensitive: true }],
    ["is a policy, whose statements are read", { type: "aws_s3_bucket_policy", attribute: "policy" }],
    ["lies within a block", { unknown: { container_definitions: [{ image: true }] } }],
  ])("is left out where it %s", (_, given) => {
    expect(templates(given)).toEqual({});
  });

  test("is not known without a synth", () => {
    const plan = planOf([
      {
        type: "aws_lambda_function",
        unknown: { image_uri: true },
        expressions: { image_uri: { references: [URL, "aws_ecr_repository.app"] } },
      },
    ]);
    expect(factsOf(plan).resources["aws_lambda_function.x"]?.templates).toEqual({});
  });

  test("is kept only of attributes that some control lists", () => {
    const plan = planOf([
      {
        type: "aws_lambda_function",
        unknown: { image_uri: true, description: true },
        expressions: { image_uri: { references: [URL] }, description: { references: [URL] } },
      },
    ]);
    const body = { image_uri: `\${${URL}}:1`, description: `\${${URL}}:1` };
    const synth = { terraform: {}, resource: { aws_lambda_function: { x: body } } };
    const attributes = new Map([["aws_lambda_function", new Set(["image_uri"])]]);
    expect(factsOf(plan, { synth, attributes }).resources["aws_lambda_function.x"]?.templates).toEqual({
      image_uri: `\${${URL}}:1`,
    });
  });
});
