// SPDX-License-Identifier: Apache-2.0
import { Arns, type AwsEnvironment } from "../aws-environment";
import { inboundPrefix } from "../clinical-landing-zone/inbound-prefix";
import { ModuleError } from "../errors";

/** A process of the house that starts for every record that arrives. It exists beside the zone (docs/guides/processing.md). */
export interface StartedProcess {
  /** Short name, 2-24 lower-case letters, digits, hyphens: role and rule are `<namePrefix>-start-<name>`. */
  readonly name: string;
  /** Literal ARN of a Step Functions state machine (standard, not a version) or of a Glue workflow, of this account and region. */
  readonly processArn: string;
  /** Vendor whose records start it. @default - every vendor */
  readonly vendor?: string;
  /** Study of that vendor. @default - every study */
  readonly study?: string;
}

/** What EventBridge needs to start a process. */
export interface StartRight {
  readonly Action: "states:StartExecution" | "glue:notifyEvent";
  readonly Resource: string;
}

/**
 * The one right that starts a process.
 * @throws SETTINGS_INVALID for what is neither kind of process, or of elsewhere
 */
export function startRight({ processArn }: StartedProcess, env: AwsEnvironment, where: string): StartRight {
  const { states, glue } = { states: new Arns(env).stateMachine(""), glue: new Arns(env).glueWorkflow("") };
  const isNamed = (prefix: string) =>
    processArn.startsWith(prefix) && /^[\w-]{1,80}$/.test(processArn.slice(prefix.length));
  if (isNamed(states)) return { Action: "states:StartExecution", Resource: processArn };
  if (isNamed(glue)) return { Action: "glue:notifyEvent", Resource: processArn };
  throw invalid(where, `${states}<name> or ${glue}<name>`, processArn);
}

/**
 * Below which prefix of raw a record starts it.
 * @throws SETTINGS_INVALID for a study without its vendor; PREFIX_INVALID
 */
export function startPrefix({ name, vendor, study }: StartedProcess, where: string): string {
  if (vendor !== undefined) return inboundPrefix({ vendor, study });
  if (study !== undefined) throw invalid(where, `the vendor of ${study}`, `none in ${name}`);
  return "clinical/inbound/raw/";
}

/** @throws SETTINGS_INVALID for a name that is none, or is given twice */
export function checkNames(processes: readonly StartedProcess[], where: string): void {
  for (const [index, { name }] of processes.entries()) {
    const isTwice = processes.slice(0, index).some((other) => other.name === name);
    if (isTwice) throw invalid(where, "every name once", `${name} twice`);
    if (!/^[a-z][a-z0-9-]{0,22}[a-z0-9]$/.test(name)) {
      throw invalid(where, "a name of 2-24 lower-case letters, digits or hyphens", JSON.stringify(name));
    }
  }
}

function invalid(where: string, expected: string, got: string): ModuleError {
  const todo = "correct startOnArrival in the settings";
  return new ModuleError("SETTINGS_INVALID", { what: "process not usable", where, expected, got, todo });
}
