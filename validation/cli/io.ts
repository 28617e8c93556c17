// SPDX-License-Identifier: Apache-2.0

/** What a verb of the CLI may touch of its process: the two output streams, the environment, the working folder. */
export interface Io {
  readonly stdout: { write(text: string): unknown };
  readonly stderr: { write(text: string): unknown };
  readonly env: NodeJS.ProcessEnv;
  /** Folder against which relative paths of the command line are resolved. */
  readonly cwd: string;
}
