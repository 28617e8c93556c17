// SPDX-License-Identifier: Apache-2.0
import { ModuleError } from "../errors";

/** A function of the house that is asked before a file becomes a record (docs/guides/scan.md). It exists beside the zone. */
export interface Scanner {
  /** Literal ARN of the function, of one alias or version of it if it is named. It answers within ten minutes. */
  readonly functionArn: string;
  /** Literal ARN of the role that it runs as: the one reader of the inbox, unblinded folders included, that the zone does not make. @default - it reads nothing and judges by the SHA-256 that it is given: nobody more reads the inbox */
  readonly roleArn?: string;
}

const FUNCTION = /^arn:aws[a-z-]*:lambda:[a-z0-9-]+:\d{12}:function:[\w-]{1,64}(:[\w$-]{1,128})?$/;
const ROLE = /^arn:aws[a-z-]*:iam::\d{12}:role\/[\w+=,.@/-]+$/;

/**
 * Names exactly one function and at most one role: both go into policies that let them in.
 * @throws SETTINGS_INVALID
 */
export function checkScanner({ functionArn, roleArn }: Scanner, where: string): void {
  check(FUNCTION.test(functionArn), "the ARN of one Lambda function", functionArn, where);
  if (roleArn !== undefined) check(ROLE.test(roleArn), "the ARN of one role", roleArn, where);
}

function check(sound: boolean, expected: string, got: string, where: string): void {
  if (sound) return;
  throw new ModuleError("SETTINGS_INVALID", {
    what: "scan not usable",
    where,
    expected,
    got: JSON.stringify(got),
    todo: "name the function and the role that it runs as, without wildcards",
  });
}
