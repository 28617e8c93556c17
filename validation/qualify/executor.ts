// SPDX-License-Identifier: Apache-2.0
import * as os from "node:os";
import { GetCallerIdentityCommand, STSClient, type STSClientConfig } from "@aws-sdk/client-sts";
import { Part11Error } from "../error";
import type { Executor } from "../evidence";
import { visible } from "../gate/escape/terminal";

/** Variables by which a CI names who started it: docs.github.com, Variables reference; docs.gitlab.com, Predefined CI/CD variables; read 2026-11-22. */
const CI = [
  { source: "github-actions", flag: "GITHUB_ACTIONS", name: "GITHUB_ACTOR", run: "GITHUB_RUN_ID" },
  { source: "gitlab-ci", flag: "GITLAB_CI", name: "GITLAB_USER_LOGIN", run: "CI_PIPELINE_ID" },
] as const;

/** Who started the command: as the CI says, else the user of the operating system, whom nothing authenticated. */
export function loginOf(env: NodeJS.ProcessEnv, user: () => string = () => os.userInfo().username): Executor["login"] {
  for (const { source, flag, name, run } of CI) {
    if (env[flag] !== "true") continue;
    const [login, id] = [env[name], env[run]];
    if (!login || !id) throw unknown(`${name} and ${run} of ${source}`, "one of them is not set");
    return { name: visible(login), source, run: visible(id) };
  }
  return { name: visible(user()), source: "operating-system" };
}

/**
 * The identity of a run: what the target's STS says of its caller, and the login on the machine.
 *
 * @param attach called with the client before its call
 * @throws TRANSPORT when STS names nobody: a run whose executor is not known is not begun
 */
export async function executorOf(
  config: STSClientConfig,
  target: "emulator" | "aws",
  env: NodeJS.ProcessEnv,
  attach: (client: STSClient) => STSClient = (client) => client,
): Promise<Executor> {
  const login = loginOf(env);
  const client = attach(new STSClient(config));
  try {
    const { Arn: arn, Account: account } = await client.send(new GetCallerIdentityCommand({}));
    if (!arn || !account) throw unknown("GetCallerIdentity", "no ARN or no account");
    return { identity: { arn, account, target }, login };
  } finally {
    client.destroy();
  }
}

function unknown(where: string, got: string): Part11Error {
  return new Part11Error({
    code: "TRANSPORT",
    what: "executor not known",
    where,
    expected: "who executes",
    got,
    todo: "run it where the target's STS answers, in a CI that names its user, or outside of one",
  });
}
