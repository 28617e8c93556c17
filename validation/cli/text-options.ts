// SPDX-License-Identifier: Apache-2.0
import { InvalidArgumentError } from "commander";
import { visible } from "../gate/escape/terminal";

const MAX_TEXT = 2000;

/** Value of an option that says why. */
export function textOption(text: string): string {
  if (text.trim().length >= 3 && text.length <= MAX_TEXT && visible(text) === text) return text;
  throw new InvalidArgumentError(`expected a sentence of at most ${MAX_TEXT} characters that can be seen`);
}

/** Value of `--revision`. */
export function versionOption(text: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9._-]{0,31}$/.test(text)) return text;
  throw new InvalidArgumentError("expected letters, digits, `.`, `_` and `-`, at most 32");
}
