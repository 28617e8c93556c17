// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { runTerraform, type TerraformFolder } from "../../validation/plan/terraform-folder";
import { edit } from "./edit";
import { notesOf } from "./folders";
import { ACCOUNT, type Installation, PROVIDER, type ProviderProcess } from "./provider-process";

const STATE = "terraform.tfstate";
/** What stands beside a configuration and is no part of it. */
const NOT_COPIED = new Set(["plan.json", "example.json", "expected.json", "part11.yaml", "waivers.yaml"]);

/**
 * The mark of an offline plan: no check of credentials and no endpoint. The account stands there so that ARNs are whole.
 * Source: hashicorp/aws 5.100.0, provider arguments.
 */
const OFFLINE = {
  allowed_account_ids: [ACCOUNT],
  skip_credentials_validation: true,
  skip_metadata_api_check: "true",
  skip_region_validation: true,
};
/** The provider of a configuration that names none. */
const OFFLINE_PROVIDER = { region: "eu-central-1", ...OFFLINE };

/**
 * Plans a configuration offline in a copy; returns the text of its plan.json.
 *
 * @throws TERRAFORM_FAILED, INTERRUPTED; an Error when the notes of the folder are not understood
 */
export async function planFolder(
  folder: string,
  installation: Installation,
  provider: ProviderProcess,
): Promise<string> {
  const workDir = fs.mkdtempSync(path.join(os.tmpdir(), "part11-corpus-"));
  try {
    const copied = (source: string) => path.dirname(source) !== folder || !NOT_COPIED.has(path.basename(source));
    fs.cpSync(folder, workDir, { recursive: true, filter: copied });
    const providers = providerBlocks(workDir);
    completeRoot(workDir, providers);
    // A shared process holds one configuration, so aliases would take each other's default tags.
    const env = providers.some(({ alias }) => alias !== undefined) ? provider.alone : provider.shared;
    const plan = await planned({ workDir, terraform: installation.terraform, env });
    edit(plan, notesOf(folder));
    return `${JSON.stringify(plan)}\n`;
  } finally {
    fs.rmSync(workDir, { recursive: true });
  }
}

async function planned(run: TerraformFolder): Promise<object> {
  const refresh = fs.existsSync(path.join(run.workDir, STATE)) ? ["-refresh=false"] : [];
  const file = path.join(run.workDir, "plan.json");
  await runTerraform(run, ["init", "-input=false", "-no-color"]);
  await runTerraform(run, ["plan", "-input=false", "-no-color", ...refresh, "-out=plan.bin"]);
  await runTerraform(run, ["show", "-json", "-no-color", "plan.bin"], { stdoutFile: file });
  return stable(JSON.parse(fs.readFileSync(file, "utf8")));
}

/** Without what differs between two runs and says nothing: the time, and the order of relevant_attributes. No control reads them. */
function stable({ timestamp: _, ...plan }: { timestamp?: string; relevant_attributes?: readonly object[] }): object {
  if (!plan.relevant_attributes) return plan;
  const texts = plan.relevant_attributes.map((attribute) => JSON.stringify(attribute)).sort();
  return { ...plan, relevant_attributes: texts.map((text) => JSON.parse(text)) };
}

/** A block `provider "aws"` of the root module; the one without alias is the default. */
interface ProviderBlock {
  readonly alias?: string;
  /** Written in cdk.tf.json, which is left as it is: the gate reads it as the synth of this plan. */
  readonly synthesized: boolean;
}

function providerBlocks(workDir: string): readonly ProviderBlock[] {
  const inHcl = [...rootHcl(workDir).matchAll(/^provider\s+"aws"\s*\{([\s\S]*?)^\}/gm)].map(([, body]) => ({
    alias: /^\s*alias\s*=\s*"([^"]+)"/m.exec(body!)?.[1],
    synthesized: false,
  }));
  const synth = path.join(workDir, "cdk.tf.json");
  if (!fs.existsSync(synth)) return inHcl;
  const written = (JSON.parse(fs.readFileSync(synth, "utf8")) as { provider?: { aws?: unknown } }).provider?.aws ?? [];
  const blocks = (Array.isArray(written) ? written : [written]) as { alias?: string }[];
  return [...inHcl, ...blocks.map(({ alias }) => ({ alias, synthesized: true }))];
}

/** Gives the root module what an example leaves out: the pinned provider, and the offline mark of its blocks. */
function completeRoot(workDir: string, providers: readonly ProviderBlock[]): void {
  const added: Record<string, unknown> = {};
  const names = fs.readdirSync(workDir).filter((name) => name.endsWith(".tf.json"));
  const pins = names.some((name) => fs.readFileSync(path.join(workDir, name), "utf8").includes('"required_providers"'));
  if (!pins && !/^\s*required_providers\s*\{/m.test(rootHcl(workDir))) {
    const pinned = { source: `${PROVIDER.namespace}/${PROVIDER.type}`, version: PROVIDER.version };
    added.terraform = { required_providers: { aws: pinned } };
  }
  if (!providers.some(({ alias }) => alias === undefined)) added.provider = { aws: OFFLINE_PROVIDER };
  if (Object.keys(added).length > 0) fs.writeFileSync(path.join(workDir, "part11.tf.json"), JSON.stringify(added));
  const marked = providers.filter(({ synthesized }) => !synthesized).map(({ alias }) => ({ alias, ...OFFLINE }));
  const override = { provider: { aws: marked } };
  if (marked.length > 0) fs.writeFileSync(path.join(workDir, "part11_override.tf.json"), JSON.stringify(override));
}

function rootHcl(workDir: string): string {
  const names = fs.readdirSync(workDir).filter((name) => name.endsWith(".tf"));
  return names.map((name) => fs.readFileSync(path.join(workDir, name), "utf8")).join("\n");
}
