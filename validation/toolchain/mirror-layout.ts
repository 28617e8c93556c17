// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { terraformPlatform } from "./terraform";

/** A provider at one exact version, for example `hashicorp/aws` 5.100.0. */
export interface ProviderVersion {
  readonly namespace: string;
  readonly type: string;
  readonly version: string;
}

/** The source address without a host, for example `hashicorp/aws`. */
export function sourceOf({ namespace, type }: ProviderVersion): string {
  return `${namespace}/${type}`;
}

/**
 * Whether `root` is a filesystem mirror that holds the provider for this platform, unpacked
 * (`<host>/<namespace>/<type>/<version>/<platform>/`) or packed (`<host>/<namespace>/<type>/terraform-provider-…zip`).
 * Source: Terraform CLI, Provider Installation, "Explicit Installation Method Configuration", filesystem_mirror.
 */
export function holdsProvider(root: string, provider: ProviderVersion): boolean {
  return list(root).some((host) => hostHolds(path.join(root, host), provider));
}

/** Whether `host`, a first-level folder of a mirror, holds the provider. */
export function hostHolds(host: string, { namespace, type, version }: ProviderVersion): boolean {
  const folder = path.join(host, namespace, type);
  const platform = terraformPlatform();
  const unpacked = path.join(folder, version, platform);
  if (list(unpacked).some((file) => file.startsWith(`terraform-provider-${type}_v${version}`))) return true;
  return fs.existsSync(path.join(folder, `terraform-provider-${type}_${version}_${platform}.zip`));
}

function list(folder: string): string[] {
  try {
    return fs.readdirSync(folder);
  } catch {
    return [];
  }
}
