// SPDX-License-Identifier: Apache-2.0
import { Part11Error } from "../../error";

/** What a folder holds that is not planned here. */
export function folderRefused(where: string, expected: string, got: string, todo: string): Part11Error {
  return new Part11Error({ code: "DIR_REFUSED", what: "folder not planned", where, expected, got, todo });
}
