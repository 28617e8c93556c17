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

const MUTANT_FILE = "mutant_";
/** Terraform takes longer than linear for what stands in one folder. */
const AT_ONCE = 500;
/** Stands for what is known only when it is applied, and for what is no resource of the stack. */
const UNKNOWN = "part11_mutant";

/**
 * Those of some mutants that `terraform validate` refuses: an argument that is missing, or a value that the provider's
 * schema does not allow. Nobody can plan them. Each stands beside its stack as one resource more, with the first of the
 * bodies that it changes; `lifecycle` is Terraform's own and not looked at.
 *
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
    for (;;) {
      const found = await refusedAtOnce(folder, left);
      if (found.length === 0) break;
      for (const mutant of found) refused.add(mutant);
      left = left.filter(({ mutant }) => !refused.has(mutant));
    }
  }
  return refused;
}

async function initialised({ documents }: PlannedStack, workDir: string): Promise<TerraformFolder> {
  const context = { cwd: packageRoot(), env: process.env };
  fs.mkdirSync(workDir, { recursive: true });
  fs.writeFileSync(path.join(workDir, "cdk.tf.json"), JSON.stringify(documents.synth));
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
  return text && JSON.parse(text.replace(/\$\{[^}]*\b(?:random_id|part11-mutant)\b[^}]*\}/g, `\${var.${UNKNOWN}}`));
}

/** One error may hide others, as one in the syntax does. A file each: Terraform looks for each error's line from the start. */
async function refusedAtOnce(folder: TerraformFolder, tried: readonly Tried[]): Promise<readonly Generated[]> {
  const { workDir, terraform, env } = folder;
  for (const name of fs.readdirSync(workDir).filter((name) => name.startsWith(MUTANT_FILE)))
    fs.rmSync(path.join(workDir, name));
  fs.writeFileSync(path.join(workDir, "unknown.tf.json"), JSON.stringify({ variable: { [UNKNOWN]: {} } }));
  const files = new Map(tried.map(({ mutant }, at) => [`${MUTANT_FILE}${at}.tf.json`, mutant]));
  tried.forEach(({ mutant, body }, at) => {
    const resource = { [mutant.type]: { [`${MUTANT_FILE}${at}`]: body } };
    fs.writeFileSync(path.join(workDir, `${MUTANT_FILE}${at}.tf.json`), JSON.stringify({ resource }));
  });
  const { stdout } = await runCommand(terraform.path, ["validate", "-json", "-no-color"], { cwd: workDir, env });
  const { diagnostics } = JSON.parse(stdout) as { diagnostics: readonly Diagnostic[] };
  const errors = diagnostics.filter(({ severity }) => severity === "error");
  return errors.map((error) => {
    const mutant = files.get(error.range?.filename ?? "");
    if (!mutant) throw new Error(`terraform validate speaks of the stack itself: ${JSON.stringify(error)}`);
    return mutant;
  });
}

interface Diagnostic {
  readonly severity: string;
  readonly summary: string;
  readonly range?: { readonly filename: string };
}
