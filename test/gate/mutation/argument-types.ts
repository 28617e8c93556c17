// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { packageRoot } from "../../../validation/package-root";

/** What the provider's schema lets an argument hold: the words of its bindings for CDKTF. */
type ArgumentType = "boolean" | "number" | "string" | "stringList" | "stringMap" | "block";

const TYPE_OF = {
  boolean: (value: unknown) => typeof value === "boolean",
  number: (value: unknown) => typeof value === "number",
  string: (value: unknown) => typeof value === "string",
  stringList: (value: unknown) => Array.isArray(value) && value.every((item) => typeof item === "string"),
  stringMap: (value: unknown) => isObject(value) && Object.values(value).every((item) => typeof item === "string"),
  block: (value: unknown) => (Array.isArray(value) ? value.every(isObject) : isObject(value)),
} satisfies Record<ArgumentType, (value: unknown) => boolean>;

/**
 * Whether Terraform could plan the value for an argument: it converts or refuses every other. An argument that the bindings
 * do not name (`lifecycle`) holds anything.
 *
 * @param segments path of the argument within the resource
 */
export function holds(type: string, segments: readonly string[], value: unknown): boolean {
  const argument = argumentType(type, segments);
  return value === null || value === undefined || argument === undefined || TYPE_OF[argument](value);
}

/** Undefined where the bindings have no such argument. */
export function argumentType(type: string, segments: readonly string[]): ArgumentType | undefined {
  let block = argumentsOf(type);
  for (const segment of segments.slice(0, -1)) {
    const inner = block.get(segment)?.inner;
    if (inner === undefined) return undefined;
    block = inner;
  }
  return block.get(segments.at(-1)!)?.type;
}

interface Argument {
  readonly type: ArgumentType;
  /** Arguments of a block. */
  readonly inner?: Arguments;
}

type Arguments = ReadonlyMap<string, Argument>;

const read = new Map<string, Arguments>();

function argumentsOf(type: string): Arguments {
  const known = read.get(type) ?? argumentsIn(bindingsOf(type));
  read.set(type, known);
  return known;
}

/** Source of the class that writes resources of a type. */
function bindingsOf(type: string): string {
  const folder = type.replace(/^aws_/, "").replaceAll("_", "-");
  const file = path.join(packageRoot(), "node_modules", "@cdktf", "provider-aws", "lib", folder, "index.js");
  return fs.readFileSync(file, "utf8");
}

const ATTRIBUTE =
  /^ +(\w+): \{\n +value: (.*),\n +isBlock: (true|false),\n +type: "\w+",\n +storageClassType: "(\w+)",$/gm;
const BLOCK = /^function (\w+ToHclTerraform)\(struct\) \{([\s\S]*?)^\}/gm;

function argumentsIn(source: string): Arguments {
  const blocks = new Map([...source.matchAll(BLOCK)].map(([, name, body]) => [name!, body!]));
  const own = source.slice(source.lastIndexOf("synthesizeHclAttributes()"));
  return argumentsOfBody(own, blocks);
}

function argumentsOfBody(body: string, blocks: ReadonlyMap<string, string>): Arguments {
  return new Map(
    [...body.matchAll(ATTRIBUTE)].map(([, name, value, isBlock, storage]): [string, Argument] => {
      if (isBlock === "false" && storage! in TYPE_OF) return [name!, { type: storage as ArgumentType }];
      const writer = [...blocks.keys()].find((block) => new RegExp(`\\b${block}\\b`).test(value!));
      return [name!, { type: "block", inner: argumentsOfBody(blocks.get(writer ?? "") ?? "", blocks) }];
    }),
  );
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
