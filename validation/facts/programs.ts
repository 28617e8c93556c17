// SPDX-License-Identifier: Apache-2.0
import { digestOfParsed } from "../json";
import type { Configuration } from "./configuration";
import type { Facts } from "./facts";
import type { ActionInvocation } from "./plan-document";
import { readSynthResource, type Synth } from "./synth";

/**
 * Data sources and ephemeral resources that run a program or ask a server of anybody's choice, while planning or applying;
 * another stack's state is such a server.
 */
const ASKING = new Set([
  "aws_ecs_task_execution",
  "aws_lambda_invocation",
  "external",
  "http",
  "terraform_remote_state",
]);

type Program = Facts["programs"][number];

/**
 * Provisioners, and data sources that reach beyond AWS, wherever they are configured: a data source that was read while
 * planning stands in no resource change, an ephemeral resource never does. And the actions that apply will call.
 */
export function programsOf(
  configuration: Configuration,
  synth: Synth | null,
  invocations: readonly ActionInvocation[] = [],
): readonly Program[] {
  const found = new Map<string, Program>();
  const add = (program: Program) => {
    const key = `${program.address} ${program.kind} ${program.name}`;
    if (!found.has(key)) found.set(key, program);
  };
  for (const [path, { resources }] of configuration.modules) {
    for (const [base, { mode, type, provisioners = [], expressions = {} }] of resources) {
      const address = path === "" ? base : `${path}.${base}`;
      const digest = () => digestOfParsed(mode === "managed" ? provisioners : expressions);
      for (const { type: name } of provisioners) add({ address, kind: "provisioner", name, digest: digest() });
      if (mode !== "managed" && ASKING.has(type)) add({ address, kind: mode, name: type, digest: digest() });
    }
  }
  for (const [address, body] of synth?.resources ?? []) {
    for (const name of readSynthResource(body).provisioners) {
      add({ address, kind: "provisioner", name, digest: digestOfParsed(body.provisioner) });
    }
  }
  for (const { address, type: name } of invocations) {
    const triggered = invocations.filter((one) => one.address === address);
    add({ address, kind: "action", name, digest: digestOfParsed(triggered) });
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, program]) => program);
}
