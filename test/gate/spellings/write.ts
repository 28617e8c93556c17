// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { App, TerraformVariable, Token } from "cdktf";
import { planCorpus } from "../../corpus/run";
import { Landing, type Values } from "./landing";
import { NO_EXPRESSION, WEAKENED, type Weakened } from "./weakened";

type Json = Record<string, unknown>;
type Synth = Json & { resource: Record<string, Record<string, Json>> };

/** Writes the configurations of this folder anew and plans them with the real Terraform. */
export async function writeSpellings(root: string = __dirname): Promise<readonly string[]> {
  const strong = synthesized(() => constants("good"));
  const folders = {
    strong: { "cdk.tf.json": strong },
    prop: { "cdk.tf.json": synthesized(() => constants("bad")) },
    "add-override": { "cdk.tf.json": synthesized(() => constants("good"), constants("bad")) },
    "override-file": { "cdk.tf.json": strong, "weak_override.tf.json": overriding(strong) },
    variable: { "cdk.tf.json": synthesized(variables) },
    "module-default": {
      "main.tf.json": { module: { landing: { source: "./landing" } } },
      "landing/main.tf.json": moduleOf(synthesized(variables)),
    },
  };
  for (const [name, files] of Object.entries(folders)) {
    for (const [file, content] of Object.entries(files)) {
      const target = path.join(root, name, file);
      fs.mkdirSync(path.dirname(target), { recursive: true });
      fs.writeFileSync(target, typeof content === "string" ? content : `${JSON.stringify(content, null, 2)}\n`);
    }
  }
  return planCorpus(
    Object.keys(folders).map((name) => path.join(root, name)),
    false,
  );
}

function constants(which: "good" | "bad"): Values {
  return Object.fromEntries(WEAKENED.map((one: Weakened) => [one.name, one[which]])) as Values;
}

/** Every value from a variable with a weak default, but where Terraform takes none. */
function variables(stack: Landing): Values {
  const values = WEAKENED.map(({ name, bad }: Weakened) => {
    if (name === NO_EXPRESSION) return [name, bad];
    const variable = new TerraformVariable(stack, `${name}_value`, { default: bad });
    if (typeof bad === "string") return [name, variable.stringValue];
    if (typeof bad === "number") return [name, variable.numberValue];
    return [name, typeof bad === "boolean" ? variable.booleanValue : Token.asList(variable.value)];
  });
  return Object.fromEntries(values) as Values;
}

function synthesized(values: (stack: Landing) => Values, overrides?: Values): Synth {
  const outdir = fs.mkdtempSync(path.join(os.tmpdir(), "part11-spellings-"));
  try {
    const app = new App({ outdir });
    const stack = new Landing(app, (own) => values(own as Landing));
    if (overrides) stack.override(overrides);
    app.synth();
    const synth = JSON.parse(fs.readFileSync(path.join(outdir, "stacks", "landing", "cdk.tf.json"), "utf8"));
    // cdktf names a state file of the current folder, which all these plans would share.
    delete synth.terraform.backend;
    return synth;
  } finally {
    fs.rmSync(outdir, { recursive: true });
  }
}

/** What an override file must hold to weaken a synthesized stack; a block in it replaces the whole block. */
function overriding(strong: Synth): Json {
  const resource: Record<string, Record<string, Json>> = {};
  for (const { type, path: dotted, bad } of WEAKENED as readonly Weakened[]) {
    const [name, body] = Object.entries(strong.resource[type]!)[0]!;
    resource[type] ??= { [name]: {} };
    const [top, ...rest] = dotted.split(".") as [string, ...string[]];
    const target = resource[type][name]!;
    target[top] = rest.length === 0 ? bad : replaced(target[top] ?? structuredClone(body[top]), rest, bad);
  }
  return { resource };
}

function replaced(block: unknown, [head, ...rest]: readonly string[], value: unknown): unknown {
  if (Array.isArray(block)) return block.map((one) => replaced(one, [head!, ...rest], value));
  const own = block as Json;
  return { ...own, [head!]: rest.length === 0 ? value : replaced(own[head!], rest, value) };
}

/** The resources and variables of a stack, as a module that takes its provider from the caller. */
function moduleOf({ resource, variable }: Synth): Json {
  return { resource, variable };
}

if (require.main === module) {
  writeSpellings().then((problems) => {
    process.stdout.write(problems.length === 0 ? "planned\n" : `${problems.join("\n")}\n`);
    process.exitCode = problems.length === 0 ? 0 : 1;
  });
}
