// SPDX-License-Identifier: Apache-2.0
import { isBundlePath } from "./layout";
import { problem, type VerifyProblem } from "./verify-problem";

/** Names below a bundle, of files and folders, each asked about once. */
export class BundleNames {
  private readonly folded = new Map<string, string>();

  /** What is wrong with a name: it is not portable, or some system takes it for one that was met before. */
  problemsOf(relative: string): readonly VerifyProblem[] {
    const twin = this.folded.get(relative.toLowerCase());
    this.folded.set(relative.toLowerCase(), relative);
    return [
      ...(twin === undefined ? [] : [problem("CASE_COLLISION", relative, collision(relative, twin))]),
      ...(isBundlePath(relative) ? [] : [problem("PATH_REFUSED", relative, "name is not portable")]),
    ];
  }
}

function collision(name: string, twin: string): string {
  return name === twin ? "is there twice" : `differs from ${twin} in letter case only`;
}
