// SPDX-License-Identifier: Apache-2.0
import { Node } from "constructs";

/** Deeper than constructs are nested. */
const FRAMES = 200;

/** Entry of cdktf's elements whose trace it writes into cdk.tf.json as `//.metadata.stackTrace`. */
const TRACE = "stacktrace";

/**
 * Has every construct that is made from now on write the line of your code that made it into cdk.tf.json, where
 * `part11 gate` finds it for SARIF and annotations. Call it once, before the first construct. cdktf 0.21 asks constructs 10
 * for no trace.
 *
 * @param root absolute path of the repository, for instance `process.cwd()`; written are paths below it only
 */
export function recordConstructLines(root: string): void {
  const original = Node.prototype.addMetadata;
  Node.prototype.addMetadata = function addMetadata(type, data, options = {}) {
    const stackTraceOverride = type === TRACE ? userFrames(root) : undefined;
    original.call(this, type, data, stackTraceOverride ? { ...options, stackTraceOverride } : options);
  };
}

/** `file:line:column` of the frames in the user's own files, innermost first. */
function userFrames(root: string): string[] {
  const errors = Error as { stackTraceLimit?: number };
  const limit = errors.stackTraceLimit;
  errors.stackTraceLimit = FRAMES;
  const { stack = "" } = new Error(TRACE);
  errors.stackTraceLimit = limit;
  const below = `${root.replaceAll("\\", "/").replace(/\/$/, "")}/`;
  // The message and the two functions of this file come first.
  return stack
    .split("\n")
    .slice(3)
    .flatMap((line) => {
      const [, file = "", place] = /(?:\(|at )(?:file:\/\/)?([^()]+?):(\d+:\d+)\)?$/.exec(line) ?? [];
      const named = file.replaceAll("\\", "/");
      return named.startsWith(below) && !named.includes("/node_modules/")
        ? [`${named.slice(below.length)}:${place}`]
        : [];
    });
}
