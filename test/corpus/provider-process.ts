// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { childEnvironment, offlineEnvironment } from "../../validation/plan/child-environment";
import { type StsStub, startStsStub } from "../../validation/plan/sts-stub";
import { initialise } from "../../validation/plan/terraform-folder";
import { ensureTerraform, runCommand, type Terraform, type ToolContext } from "../../validation/toolchain";
import { cliConfig } from "../../validation/toolchain/cli-config";

/** The version that every configuration of the corpus is planned with. */
export const PROVIDER = { namespace: "hashicorp", type: "aws", version: "5.100.0" } as const;
/** The account of the examples; AWS keeps it free for documentation. */
export const ACCOUNT = "111122223333";

/** Terraform and one unpacked provider, found or downloaded once for all plans of a run. */
export interface Installation {
  readonly terraform: Terraform;
  /** The provider's program. */
  readonly program: string;
  /** Environment of Terraform with a CLI configuration that installs the provider from there. */
  readonly env: NodeJS.ProcessEnv;
}

/** A provider that several Terraform commands use one after another: starting it costs more than a small plan. */
export interface ProviderProcess {
  /** Environment for offline Terraform commands that use the process. */
  readonly shared: NodeJS.ProcessEnv;
  /** The same for commands that start providers of their own. */
  readonly alone: NodeJS.ProcessEnv;
  end(): Promise<void>;
}

/** Installs the provider below `scratch`, from a mirror where this machine has one. */
export async function install(scratch: string, context: ToolContext): Promise<Installation> {
  const terraform = await ensureTerraform(context);
  const workDir = path.join(scratch, "installation");
  fs.mkdirSync(workDir);
  const pinned = { source: `${PROVIDER.namespace}/${PROVIDER.type}`, version: PROVIDER.version };
  const synth = { terraform: { required_providers: { aws: pinned } } };
  fs.writeFileSync(path.join(workDir, "cdk.tf.json"), JSON.stringify(synth));
  const env = childEnvironment(context.env, "offline");
  await initialise({ workDir, terraform, env, signal: context.signal }, "offline", context);
  const root = path.join(workDir, ".terraform", "providers");
  const config = path.join(scratch, "corpus.tfrc");
  fs.writeFileSync(config, cliConfig([{ provider: PROVIDER, root, source: "cache" }]));
  return { terraform, program: programBelow(root), env: { ...env, TF_CLI_CONFIG_FILE: config } };
}

/** Starts the provider so that Terraform reattaches to it, with a stub as STS; nothing of it reaches the network. */
export async function startProvider({ program, env }: Installation, scratch: string): Promise<ProviderProcess> {
  const stub = await startStsStub(ACCOUNT);
  const alone = offlineEnvironment(env, stub.url);
  const stop = new AbortController();
  const { reattach, ended } = spawnProvider(program, { ...alone, PLUGIN_UNIX_SOCKET_DIR: scratch }, scratch, stop);
  try {
    const shared = { ...alone, TF_REATTACH_PROVIDERS: await reattach };
    return { shared, alone, end: () => ending(stop, ended, stub) };
  } catch (error) {
    await ending(stop, ended, stub);
    throw error;
  }
}

function spawnProvider(program: string, env: NodeJS.ProcessEnv, cwd: string, stop: AbortController) {
  let announce: (line: string) => void;
  const announced = new Promise<string>((resolve) => {
    announce = resolve;
  });
  const onLine = (line: string) => {
    const value = /TF_REATTACH_PROVIDERS='(.*)'/.exec(line)?.[1];
    if (value) announce(value);
  };
  const running = runCommand(program, ["-debug"], { cwd, env, onLine, signal: stop.signal });
  const early = running.then(({ stderr }) => {
    throw new Error(`the provider ended before it was asked: ${stderr.slice(-300)}`);
  });
  return { reattach: Promise.race([announced, early]), ended: running.catch(() => undefined) };
}

async function ending(stop: AbortController, ended: Promise<unknown>, stub: StsStub): Promise<void> {
  stop.abort();
  await ended;
  await stub.close();
}

function programBelow(root: string): string {
  const files = fs.readdirSync(root, { recursive: true, encoding: "utf8" });
  const name = `terraform-provider-${PROVIDER.type}_v${PROVIDER.version}`;
  const folders = files.filter((file) => file.includes(path.join(PROVIDER.type, PROVIDER.version)));
  for (const folder of folders.map((file) => path.join(root, file))) {
    // A mirror is linked, and a recursive listing does not follow links.
    const found = fs.statSync(folder).isDirectory()
      ? fs.readdirSync(folder).find((file) => file.startsWith(name))
      : undefined;
    if (found) return path.join(folder, found);
  }
  throw new Error(`no ${name} below ${root}`);
}
