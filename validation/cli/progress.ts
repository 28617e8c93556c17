// SPDX-License-Identifier: Apache-2.0
import { visible } from "../gate";
import type { Io } from "./io";

/** Smaller steps of one line are not told where lines stay. */
const LINE_EVERY = 500;
/** On a terminal the line is written anew that often: more costs time and nobody reads it. */
const REWRITE_EVERY = 10;

const DEFAULT_COLUMNS = 80;

/** What a long command tells on stderr while it works. */
export interface Progress {
  /** A part begins. */
  part(name: string): void;
  /** Something of the part is done. */
  step(name: string): void;
  /** All is done: a terminal shows nothing of it any more. */
  done(): void;
}

/** One line that is written anew on a terminal, plain lines elsewhere. */
export function progressOn({ stderr }: Pick<Io, "stderr">, parts: number): Progress {
  const { isTTY, columns } = stderr as { isTTY?: boolean; columns?: number };
  let part = "";
  let begun = 0;
  let steps = 0;
  const rewrite = (text: string) => {
    stderr.write(`\r\u001b[K${[...visible(text)].slice(0, (columns ?? DEFAULT_COLUMNS) - 1).join("")}`);
  };
  return {
    part: (name) => {
      begun++;
      part = `comparing on ${name} (${begun} of ${parts})`;
      if (isTTY) rewrite(part);
      else stderr.write(`${visible(part)}\n`);
    },
    step: (name) => {
      steps++;
      if (isTTY) {
        if (steps % REWRITE_EVERY === 0) rewrite(`${part}, ${steps} in all: ${name}`);
      } else if (steps % LINE_EVERY === 0) stderr.write(`${visible(`${steps} compared: ${name}`)}\n`);
    },
    done: () => {
      if (isTTY) stderr.write("\r\u001b[K");
    },
  };
}
