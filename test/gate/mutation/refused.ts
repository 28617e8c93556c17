// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { packageRoot } from "../../../validation/package-root";
import { childEnvironment } from "../../../validation/plan/child-environment";
import { initialise, type TerraformFolder } from "../../../validation/plan/terraform-folder";
import { ensureTerraform, runCommand } from "../../../validation/toolchain";
import type { Generated } from "./generated";
import type { PlannedStack } from "./stacks";

type Json = Record<string, unknown>;

const PREFIX = "mutant_";
/** Stands for every reference: what Terraform validates knows none of their values. */
const UNKNOWN = "part11_unknown";
/** Terraform takes longer than linear for what stands in one folder. */
const AT_ONCE = 500;

/**
 * Those of some mutants that `terraform validate` refuses: an argument that is missing, or a value that the provider's
 * schema does not allow. Nobody can plan them. Each is one resource, with the first of the bodies that the mutant changes;
 * `lifecycle` is Terraform's own and not looked at.
 *
 * @param stack any one whose provider is that of the mutants
 * @param workDir folder that is not there yet
 */
export async function refusedByTerraform(
  stack: PlannedStack,
  mutants: readonly Generated[],
  workDir: string,
): Promise<ReadonlySet<Generated>> {
  const folder = await initialised(stack, workDir);
  const refused = new Set<Generated>();
  const tried = mutants.flatMap((mutant): Tried[] => {
    const body = mutant.path.startsWith("lifecycle.") ? undefined : changedBody(mutant);
    return body === undefined ? [] : [{ mutant, body }];
  });
  for (let at = 0; at < tried.length; at += AT_ONCE) {
    let left = tried.slice(at, at + AT_ONCE);
    // One error may hide others, as one in the syntax does.
    for (let found = left.length; found > 0; ) {
      const errors = await refusedAtOnce(folder, left);
      for (const mutant of errors) refused.add(mutant);
      found = errors.length;
      left = left.filter(({ mutant }) => !refused.has(mutant));
    }
  }
  return refused;
}

async function initialised({ documents }: PlannedStack, workDir: string): Promise<TerraformFolder> {
  const context = { cwd: packageRoot(), env: process.env };
  fs.mkdirSync(workDir, { recursive: true });
  const { terraform } = documents.synth as { terraform?: { required_providers?: unknown } };
  const { required_providers } = terraform ?? {};
  const head = { terraform: { required_providers }, variable: { [UNKNOWN]: {} } };
  fs.writeFileSync(path.join(workDir, "cdk.tf.json"), JSON.stringify(head));
  const env = childEnvironment(process.env, "offline", undefined);
  const folder = { workDir, terraform: await ensureTerraform(context), env };
  await initialise(folder, "offline", context);
  return folder;
}

interface Tried {
  readonly mutant: Generated;
  readonly body: Json;
}

function changedBody({ stack, type, documents }: Generated): Json | undefined {
  const before = stack.documents.synth.resource[type] ?? {};
  const bodies = Object.entries(documents().synth.resource[type] ?? {});
  const text = bodies
    .map(([name, body]) => [JSON.stringify(before[name]), JSON.stringify(body)] as const)
    .find(([old, now]) => old !== now)?.[1];
  if (text === undefined) return undefined;
  const {
    provider: _,
    depends_on: __,
    ...body
  } = JSON.parse(text.replace(/\$\{[^}]*\}/g, `\${var.${UNKNOWN}}`)) as Json;
  return body;
}

/** A file each: Terraform counts the lines of a file anew for every error. */
async function refusedAtOnce(folder: TerraformFolder, tried: readonly Tried[]): Promise<readonly Generated[]> {
  const { workDir, terraform, env } = folder;
  for (const name of fs.readdirSync(workDir).filter((name) => name.startsWith(PREFIX))) {
    fs.rmSync(path.join(workDir, name));
  }
  tried.forEach(({ mutant, body }, at) => {
    const resource = { [mutant.type]: { [`${PREFIX}${at}`]: body } };
    fs.writeFileSync(path.join(workDir, fileOf(at)), JSON.stringify({ resource }));
  });
  const files = new Map(tried.map(({ mutant }, at) => [fileOf(at), mutant]));
  const { stdout } = await runCommand(terraform.path, ["validate", "-json", "-no-color"], { cwd: workDir, env });
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: readonly Diagnostic[] };
  return diagnostics
    .filter(({ severity }) => severity === "error")
    .map((error) => {
      const mutant = files.get(error.range?.filename ?? "");
      if (!mutant) throw new Error(`terraform validate speaks of no mutant: ${JSON.stringify(error)}`);
      return mutant;
    });
}

const fileOf = (at: number) => `${PREFIX}${at}.tf.json`;

interface Diagnostic {
  readonly severity: string;
  readonly summary: string;
  readonly range?: { readonly filename: string };
}
