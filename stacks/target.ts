// SPDX-License-Identifier: Apache-2.0
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { LocalBackend, S3Backend, type TerraformStack } from "cdktf";
import { ModuleError } from "../modules";
import type { Deployment, TargetName } from "./settings";

/** A target and what only the emulator needs. */
export interface Target {
  readonly name: TargetName;
  /** Loopback endpoint of the emulator, https. */
  readonly endpoint?: string;
  /** Whether functions run signed code only. @default true */
  readonly signedCode?: boolean;
}

/** AWS services of this project that the provider can be pointed at. */
const SERVICES = [
  "athena",
  "backup",
  "cloudtrail",
  "cloudwatch",
  "configservice",
  "dynamodb",
  "ec2",
  "events",
  "glue",
  "iam",
  "kms",
  "lambda",
  "logs",
  "s3",
  "s3control",
  "sns",
  "sqs",
  "sts",
  "transfer",
] as const;

/**
 * Provider blocks of both regions. Skips only for offline and emulator, endpoints only for the emulator, so that a
 * plan says by itself where it may be used. Credentials come from the environment, never from here.
 */
export function addProviders(stack: TerraformStack, settings: Deployment, target: Target): { replica: AwsProvider } {
  const common = { allowedAccountIds: [settings.accountId], ...targetArguments(target) };
  new AwsProvider(stack, "aws", { region: settings.region, ...common });
  return {
    replica: new AwsProvider(stack, "aws-replica", { alias: "replica", region: settings.replicaRegion, ...common }),
  };
}

/** State beside the plan for offline and emulator; for aws a locked, encrypted bucket if the settings name one. */
export function addBackend(stack: TerraformStack, settings: Deployment, target: Target): void {
  if (target.name === "aws" && settings.state) {
    new S3Backend(stack, { ...settings.state, encrypt: true });
    return;
  }
  new LocalBackend(stack, { path: "terraform.tfstate" });
}

function targetArguments(target: Target) {
  if (target.name === "aws") return {};
  const skips = {
    skipCredentialsValidation: true,
    skipMetadataApiCheck: "true",
    skipRegionValidation: true,
    maxRetries: 2,
  };
  if (target.name === "offline") return skips;
  if (!target.endpoint || !/^https:\/\/127\.0\.0\.1:\d+$/.test(target.endpoint)) {
    throw new ModuleError("SETTINGS_INVALID", {
      what: "emulator without a loopback endpoint",
      where: "target emulator",
      expected: "https://127.0.0.1:<port>",
      got: String(target.endpoint),
      todo: "let part11 qualify start the emulator, or pass --emulator-endpoint",
    });
  }
  const endpoints = Object.fromEntries(SERVICES.map((service) => [service, target.endpoint]));
  return { ...skips, s3UsePathStyle: true, endpoints: [endpoints] };
}
