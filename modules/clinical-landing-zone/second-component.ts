// SPDX-License-Identifier: Apache-2.0
import { Arns, type AwsEnvironment } from "../aws-environment";
import { ModuleError } from "../errors";
import type { VendorLoginProps } from "../sftp-gateway";
import type { Vendor } from "../vendor-directory";

/** A password beside the key, asked of every vendor of the server (docs/guides/vendors.md). */
export interface SecondComponent {
  /** ARNs of the keys that the vendors' secrets are encrypted with. */
  readonly secretKeyArns: readonly string[];
}

interface Zone {
  readonly env: AwsEnvironment;
  readonly namePrefix: string;
  readonly vendors: readonly Vendor[];
}

/**
 * What the identity provider asks for. The server asks all vendors or none, so that a secret too many or one too few would
 * lock its vendor out; and the roles' boundary reads secrets below the zone's own name only.
 * @throws SETTINGS_INVALID
 */
export function loginMethods(
  second: SecondComponent | undefined,
  { env, namePrefix, vendors }: Zone,
  where: string,
): Pick<VendorLoginProps, "methods" | "secretKeyArns"> {
  const secrets = new Arns(env).secret(`${namePrefix}/`);
  for (const { id, secretArn } of vendors) {
    if (!second && secretArn !== undefined) refuse("no secret where the key alone is asked for", "one", id, where);
    if (second && secretArn === undefined) refuse("a secret with the hash of the password", "none", id, where);
    if (secretArn !== undefined && !secretArn.startsWith(secrets)) refuse(`${secrets}…`, secretArn, id, where);
  }
  return second ? { methods: "PUBLIC_KEY_AND_PASSWORD", secretKeyArns: second.secretKeyArns } : {};
}

function refuse(expected: string, got: string, vendor: string, where: string): never {
  throw new ModuleError("SETTINGS_INVALID", {
    what: "second component not usable",
    where,
    expected,
    got: `${got}, of vendor ${vendor}`,
    todo: "name secretArn of every vendor and sftp.secondComponent of the settings, or neither",
  });
}
