// SPDX-License-Identifier: Apache-2.0
import { InvalidArgumentError } from "commander";

/** AWS KMS Developer Guide, Key identifiers, read 2026-11-22: key ARN, alias ARN, alias name. */
const KEY =
  /^(?:arn:aws[a-z-]*:kms:([a-z0-9-]+):\d{12}:(?:key\/[A-Za-z0-9-]+|alias\/[A-Za-z0-9/_-]+)|alias\/[A-Za-z0-9/_-]+)$/;

/** Value of `--kms-key`. */
export function kmsKeyOption(text: string): string {
  if (KEY.test(text)) return text;
  throw new InvalidArgumentError("expected a key ARN, an alias ARN or alias/<name>");
}

/** Region of an ARN; undefined of an alias, which is looked for in the region of the environment. */
export function regionOf(key: string): string | undefined {
  return KEY.exec(key)?.[1];
}
