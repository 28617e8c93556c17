// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import type { Command } from "commander";
import type { ToldFolder } from "../qualify";
import { type AwsFlags, assertNotOfAws, wrong } from "./qualify-aws";

/** Options of `part11 qualify --dir`, as they were given. */
export interface DirFlags extends AwsFlags {
  readonly dir?: string;
  readonly waivers?: string;
  readonly system?: string;
  readonly arrivals?: number;
  readonly protocols?: string;
  readonly signers?: string;
  readonly provisional?: boolean;
}

export function addDirOptions(command: Command): Command {
  return command
    .option(
      "--dir <dir>",
      "root module of Terraform (HCL) that these modules did not make, with --settings; a copy of it is qualified",
    )
    .option("--waivers <file>", "--dir: waivers and attestations of the gate")
    .option("--system <name>", "--dir: name of the system in every record (default: the folder's name)");
}

/** Options that say something of a folder only. */
const OF_DIR = ["waivers", "system"] as const;

/** @throws USAGE for an option of a folder without `--dir` */
export function assertNotOfDir(flags: DirFlags): void {
  const given = OF_DIR.find((name) => flags[name] !== undefined);
  if (given !== undefined) throw wrong("--dir", `--${given} without it`);
}

/** What a run of a folder is told. @throws USAGE for what is missing, and for what such a run does not do */
export function dirTold(flags: DirFlags, cwd: string): ToldFolder {
  const { dir, settings, environment, waivers, system, target, ...rest } = flags;
  if (target !== "emulator") throw wrong("--target emulator beside --dir", `--target ${target}`);
  assertNotOfAws({ target, ...rest });
  if (settings === undefined) throw wrong("--settings beside --dir: part11.yaml of the stack", "none");
  if (flags.arrivals !== undefined) throw wrong("no --arrivals beside --dir, which receives nothing", "--arrivals");
  if (flags.protocols !== undefined || flags.signers !== undefined || !flags.provisional) {
    throw wrong(
      "--provisional beside --dir: protocols of a folder cannot be issued and approved yet",
      "a run that is not provisional",
    );
  }
  const at = (file: string) => path.resolve(cwd, file);
  return {
    dir: at(dir!),
    settings: at(settings),
    environment: environment ?? "qualification",
    ...(waivers === undefined ? {} : { waivers: at(waivers) }),
    ...(system === undefined ? {} : { system }),
  };
}
