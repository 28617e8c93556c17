// SPDX-License-Identifier: Apache-2.0
import type { ToolContext } from "./cache";
import { runCommand } from "./child-process";
import { findExecutable } from "./executable";

/** First of version 1 that was seen to know `--if-none-match`; version 2 knows it. */
const OLDEST_MINOR = 45;

/** Why modules/push-access/examples/batch cannot run here: no AWS CLI that is new enough, or no openssl. Undefined when it can. */
export async function withoutAwsCli({ env, cwd, signal }: ToolContext): Promise<string | undefined> {
  if (!findExecutable("openssl", env, cwd)) return "no openssl on the PATH";
  const aws = findExecutable("aws", env, cwd);
  if (!aws) return "no aws on the PATH";
  const { stdout } = await runCommand(aws, ["--version"], { env, cwd, signal });
  const [, major, minor] = /^aws-cli\/(\d+)\.(\d+)/.exec(stdout) ?? [];
  if (Number(major) >= 2 || (major === "1" && Number(minor) >= OLDEST_MINOR)) return undefined;
  return `aws on the PATH is ${major === undefined ? "no AWS CLI" : `${major}.${minor}, older than 1.${OLDEST_MINOR}`}`;
}
