// SPDX-License-Identifier: Apache-2.0
import { hclBody } from "../../../../validation/plan/folder/hcl-blocks";

const types = (text: string) => hclBody(text).blocks.map(({ type, labels }) => [type, ...labels]);

it("names blocks with their labels, quoted or bare", () => {
  expect(types('terraform {\n}\nprovider "aws" {\n}\nresource aws_s3_bucket "raw" {}\n')).toEqual([
    ["terraform"],
    ["provider", "aws"],
    ["resource", "aws_s3_bucket", "raw"],
  ]);
});

it.each([
  ["a line comment", '# provider "no" {\n// provider "no" {\n'],
  ["a comment over lines", '/* provider "no" {\n} */\n'],
  ["a string", 'a = "provider \\"no\\" {"\n'],
  ["a template in a string", 'a = "$' + '{ x ? "{" : "}" }"\n'],
  ["an escaped template", 'a = "$$' + '{"\n'],
  ["a heredoc", 'a = <<-EOT\n  provider "no" {\n  EOT\n'],
])("takes nothing in %s for a block", (_, text) => {
  expect(types(`${text}provider "aws" {\n}\n`)).toEqual([["provider", "aws"]]);
});

it("gives the arguments of a body, and not those of its blocks", () => {
  const [provider] = hclBody(
    'provider "aws" {\n  alias = "copies"\n  default_tags {\n    tags = { a = 1 }\n  }\n}\n',
  ).blocks;
  const body = hclBody(provider!.body);
  expect([body.arguments, body.blocks.map(({ type }) => type)]).toEqual([{ alias: '"copies"' }, ["default_tags"]]);
});
