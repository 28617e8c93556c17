// SPDX-License-Identifier: Apache-2.0
import { digestOfParsed } from "../json";
import type { Configuration } from "./configuration";
import type { Facts } from "./facts";
import { readSynthResource, type Synth } from "./synth";

/** Data sources that run a program or ask a server of anybody's choice, while planning; another stack's state is such a server. */
const ASKING = new Set(["aws_lambda_invocation", "external", "http", "terraform_remote_state"]);

type Program = Facts["programs"][number];

/**
 * Provisioners, and data sources that reach beyond AWS, wherever they are configured: a data source that was read while
 * planning stands in no resource change.
 */
export function programsOf(configuration: Configuration, synth: Synth | null): readonly Program[] {
  const found = new Map<string, Program>();
  const add = (program: Program) => {
    const key = `${program.address} ${program.kind} ${program.name}`;
    if (!found.has(key)) found.set(key, program);
  };
  for (const [path, { resources }] of configuration.modules) {
    for (const [base, { mode, type, provisioners = [], expressions = {} }] of resources) {
      const address = path === "" ? base : `${path}.${base}`;
      const digest = () => digestOfParsed(mode === "data" ? expressions : provisioners);
      for (const { type: name } of provisioners) add({ address, kind: "provisioner", name, digest: digest() });
      if (mode === "data" && ASKING.has(type)) add({ address, kind: "data", name: type, digest: digest() });
    }
  }
  for (const [address, body] of synth?.resources ?? []) {
    for (const name of readSynthResource(body).provisioners) {
      add({ address, kind: "provisioner", name, digest: digestOfParsed(body.provisioner) });
    }
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, program]) => program);
}
