// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { Part11Error } from "../error";
import { packageRoot } from "../package-root";
import type { ToolContext } from "./cache";
import { GO_VERSION } from "./go-toolchain";
import type { ProviderVersion } from "./mirror-layout";
import { locateOpa, OPA_VERSION, opaBuilder } from "./opa";
import { locateProvider } from "./provider-mirror";
import { canMakeVenv, locatePython, venvFolder } from "./python";
import { downloadableTerraform, locateTerraform, terraformPlatform } from "./terraform";

/** Provider that @cdktf/provider-aws 20.1.0 binds. */
const AWS_PROVIDER: ProviderVersion = { namespace: "hashicorp", type: "aws", version: "5.100.0" };

/** Smallest Node, `engines` of package.json. */
const MIN_NODE = [20, 9] as const;

/** Packages of the emulator, hash-locked. */
export const EMULATOR_REQUIREMENTS = ["validation", "target", "emulator", "requirements.txt"] as const;

export interface Finding {
  readonly name: string;
  /** `optional`: not there, but made or downloaded by itself, or not needed for the main job. */
  readonly state: "ok" | "optional" | "missing";
  /** What is there, or one sentence on what to do. */
  readonly said: string;
}

/** Looks for every tool of the main job; downloads and installs nothing, and remembers where a provider mirror was found. */
export async function examine(context: ToolContext): Promise<Finding[]> {
  return [
    examineNode(process.versions.node),
    await examineTerraform(context),
    await examineProvider(context),
    ...(await examinePython(context)),
    await examineOpa(context),
  ];
}

/** @param version for example `20.9.0` */
export function examineNode(version: string): Finding {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  const enough = major > MIN_NODE[0] || (major === MIN_NODE[0] && minor >= MIN_NODE[1]);
  if (enough) return { name: "node", state: "ok", said: version };
  return {
    name: "node",
    state: "missing",
    said: `${version} is too old; install Node ${MIN_NODE.join(".")} or later.`,
  };
}

async function examineTerraform(context: ToolContext): Promise<Finding> {
  const name = "terraform";
  try {
    const terraform = await locateTerraform(context);
    if (terraform) return { name, state: "ok", said: `${terraform.version} (${terraform.path})` };
    return terraformToDownload(terraformPlatform());
  } catch (error) {
    return { name, state: "missing", said: sentence(error) };
  }
}

/** What is said where no Terraform is. @param platform for example `linux_amd64` */
export function terraformToDownload(platform: string): Finding {
  const name = "terraform";
  const version = downloadableTerraform(platform);
  if (version === undefined) {
    const said = `Install Terraform 1.9 or later, below 2; none is pinned to download for ${platform}.`;
    return { name, state: "missing", said };
  }
  return { name, state: "optional", said: `Not on this machine; ${version} would be downloaded by the first plan.` };
}

async function examineProvider(context: ToolContext): Promise<Finding> {
  const name = "provider hashicorp/aws";
  try {
    const mirror = await locateProvider(AWS_PROVIDER, context);
    if (mirror) return { name, state: "ok", said: `${AWS_PROVIDER.version} (mirror ${mirror.root})` };
    return {
      name,
      state: "optional",
      said: "No mirror on this machine; the first plan downloads it from the registry.",
    };
  } catch (error) {
    return { name, state: "missing", said: sentence(error) };
  }
}

async function examinePython(context: ToolContext): Promise<Finding[]> {
  const python = await locatePython(context);
  if (!python) return [{ name: "python", state: "missing", said: "Install Python 3.10 or later." }];
  const found = `${python.version} (${python.path})`;
  if (!(await canMakeVenv(python, context))) {
    const said = `${found} cannot make environments; install the package python3-venv (Debian, Ubuntu).`;
    return [{ name: "python", state: "missing", said }];
  }
  return [{ name: "python", state: "ok", said: found }, examineVenv(context.cwd)];
}

function examineVenv(cwd: string): Finding {
  const name = "python environment";
  const requirements = path.join(packageRoot(), ...EMULATOR_REQUIREMENTS);
  if (!fs.existsSync(requirements))
    return { name, state: "missing", said: "Install cdktf-part11 again; its requirements file is gone." };
  const folder = venvFolder(requirements, cwd);
  if (fs.existsSync(folder)) return { name, state: "ok", said: folder };
  return { name, state: "optional", said: "Not made yet; part11 qualify makes it from the package index of pip." };
}

async function examineOpa(context: ToolContext): Promise<Finding> {
  const name = "opa";
  const opa = await locateOpa(context);
  if (opa) return { name, state: "ok", said: `${opa.version} (${opa.path})` };
  return {
    name,
    state: "optional",
    said: `Only the tests and changes of policies need it; ${opaForPolicies(context)}.`,
  };
}

function opaForPolicies(context: ToolContext): string {
  const builder = opaBuilder(context);
  if ("go" in builder) return `${OPA_VERSION} would be built with ${builder.go}`;
  if ("refused" in builder) return `for those install opa ${OPA_VERSION} or Go (${builder.refused})`;
  return `${OPA_VERSION} would be built with a downloaded Go ${GO_VERSION}`;
}

function sentence(error: unknown): string {
  if (error instanceof Part11Error) return `${error.message}.`;
  throw error;
}
