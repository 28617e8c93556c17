// SPDX-License-Identifier: Apache-2.0
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { App, TerraformStack, Testing } from "cdktf";
import type { AwsEnvironment, SystemIdentity } from "../../modules";

export const env: AwsEnvironment = { partition: "aws", accountId: "111122223333", region: "eu-central-1" };
export const deployer = "arn:aws:iam::111122223333:role/deployer";

export function identity(environment: SystemIdentity["environment"] = "production"): SystemIdentity {
  return {
    systemId: "LZ-1",
    owner: "data-office@example.org",
    changeRef: "CHG-1",
    environment,
    dataType: "clinical-trial",
    recordClass: "clinical",
  };
}

/** A stack with one provider a region, as every construct expects to find. */
export function testStack(): { stack: TerraformStack; replica: AwsProvider } {
  const stack = new TerraformStack(new App(), "test");
  new AwsProvider(stack, "aws", { region: "eu-central-1" });
  return { stack, replica: new AwsProvider(stack, "replica", { alias: "replica", region: "eu-west-1" }) };
}

export interface SynthDocument {
  readonly resource: Record<string, Record<string, Record<string, unknown>>>;
  readonly output?: Record<string, { value: unknown }>;
}

export function synthesize(stack: TerraformStack): SynthDocument {
  return JSON.parse(Testing.synth(stack)) as SynthDocument;
}

/** The only resource of a type, or the one whose logical id contains `part`. */
export function resource(document: SynthDocument, type: string, part = ""): Record<string, unknown> {
  const found = Object.entries(document.resource[type] ?? {}).filter(([id]) => id.includes(part));
  if (found.length !== 1) throw new Error(`${found.length} resources of type ${type} with ${JSON.stringify(part)}`);
  return found[0]![1];
}

export interface Statement {
  readonly Sid: string;
  readonly Effect: string;
  readonly Action: string | string[];
  readonly Resource: string | string[];
  readonly Principal?: unknown;
  readonly Condition?: Record<string, Record<string, unknown>>;
}

export function statements(policy: unknown): Statement[] {
  return (JSON.parse(policy as string) as { Statement: Statement[] }).Statement;
}

export function statement(policy: unknown, sid: string): Statement {
  const found = statements(policy).find((s) => s.Sid === sid);
  if (!found) throw new Error(`no statement ${sid}`);
  return found;
}

/** Code of the error that `action` throws. */
export function codeOf(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return (error as { code?: unknown }).code ?? error;
  }
  return "nothing thrown";
}
