// SPDX-License-Identifier: Apache-2.0
import { Part11Error } from "../error";

/** Why a run cannot go on, as an error with a code. */
export function asPart11Error(error: unknown, during: string): Part11Error {
  if (error instanceof Part11Error) return error;
  const got = error instanceof Error ? error.message : String(error);
  const parts = {
    what: "run stopped",
    where: during,
    expected: "to go on",
    got,
    todo: "see the journal of the bundle",
  };
  return new Part11Error({ code: "INTERNAL", ...parts }, { cause: error });
}
