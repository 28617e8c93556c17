// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import { Part11Error } from "../../error";
import { type GateSettings, loadSettings } from "../../facts";
import { checkFolder } from "../../plan";

/** What a run is told of a folder with Terraform. */
export interface ToldFolder {
  /** The root module. Absolute. */
  readonly dir: string;
  /** part11.yaml. Absolute. */
  readonly settings: string;
  /** waivers.yaml. Absolute. @default none */
  readonly waivers?: string | undefined;
  /** By which rules the gate judges. */
  readonly environment: "production" | "qualification";
  /** Name of the system in every record. @default - the folder's name */
  readonly system?: string | undefined;
}

/** Where the stack lives, as its settings say it. */
export interface FolderHome {
  readonly system: string;
  readonly accountId: string;
  /** The role that applies the stack. */
  readonly deployerArn: string;
  /** Where the embedded AWS is at home: the first allowed region. Each provider block has its own. */
  readonly region: string;
  readonly settings: GateSettings;
}

/** Home of what no region is named for: the one of AWS's global services. */
const GLOBAL = "us-east-1";
const ROLE = /^arn:aws:iam::(\d{12}):role\/[\w+=,.@/-]+$/;

/**
 * Reads what must be known of a folder before any tool is asked for.
 *
 * @throws DIR_REFUSED, FILE_NOT_FOUND, LOCK_FORMAT; SETTINGS_INVALID and SCHEMA_MISMATCH for the settings
 */
export function readFolder(told: ToldFolder): FolderHome {
  checkFolder(told.dir);
  const { settings } = loadSettings(told.environment, told.settings);
  const [deployerArn] = settings.deployRoleArns;
  const accountId = ROLE.exec(deployerArn ?? "")?.[1];
  if (deployerArn === undefined || accountId === undefined) {
    throw refused(
      `deployRoleArns of ${told.settings}`,
      "the role that applies the stack, as arn:aws:iam::<account>:role/<name>",
      deployerArn ?? "none",
      "name it: the account of the run and who applies are read from it",
    );
  }
  const system = systemOf(told);
  return { system, accountId, deployerArn, region: settings.allowedRegions[0] ?? GLOBAL, settings };
}

/** Name of a folder's system in every record. @throws DIR_REFUSED for one that no record takes */
export function systemOf({ dir, system = path.basename(dir) }: Pick<ToldFolder, "dir" | "system">): string {
  if (/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/.test(system)) return system;
  throw refused("name of the system", "letters, digits, `.`, `_` and `-`, at most 64", system, "name it with --system");
}

/** What is not qualified of a folder. */
export function refused(where: string, expected: string, got: string, todo: string): Part11Error {
  return new Part11Error({ code: "DIR_REFUSED", what: "folder not qualified", where, expected, got, todo });
}
