// SPDX-License-Identifier: Apache-2.0
import { Part11Error } from "../error";
import { type EntryBodies, linkOf, sequenceOf } from "../evidence";
import { SUBJECT } from "./protocols";

/**
 * What a run says of the bundle that it follows in the system's chain.
 *
 * @param system the run's own
 * @throws FILE_NOT_FOUND, BUNDLE_ALTERED; CHAIN_REFUSED for a bundle of another system
 */
export function chainAfter(
  folder: string,
  system: string = SUBJECT.system,
): NonNullable<EntryBodies["run-started"]["after"]> {
  const before = linkOf(folder);
  if (before.system === system) {
    return { sequence: sequenceOf(before) + 1, run: before.run, manifestSha256: before.manifestSha256 };
  }
  throw new Part11Error({
    code: "CHAIN_REFUSED",
    what: "no chain of that",
    where: folder,
    expected: `a bundle of ${system}`,
    got: `one of ${before.system}`,
    todo: "name the last bundle of this system's chain with --after",
  });
}
