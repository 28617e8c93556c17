// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import Ajv from "ajv";
import { parseDocument } from "yaml";
import {
  type ClinicalLandingZoneProps,
  type EnvironmentName,
  type ExpectedDelivery,
  type LargeFiles,
  ModuleError,
  type RetentionPeriod,
  type Scanner,
  type SftpSettings,
} from "../modules";
import schema from "./settings.schema.json";

/** Where the plan will be used. It selects the provider block and nothing else. */
export type TargetName = "offline" | "emulator" | "aws";

/** The SFTP server: paid by the hour, used or not. */
export interface SftpServerSettings extends Omit<SftpSettings, "vendors"> {
  /** The vendors file, in the settings file from its own folder. @default "vendors.yaml" */
  readonly vendors?: string;
}

/** What the settings say in the words of the zone's own props. */
type ZoneWords = Pick<
  ClinicalLandingZoneProps,
  | "replicaRegion"
  | "namePrefix"
  | "administratorArns"
  | "writers"
  | "push"
  | "startOnArrival"
  | "inspectorTrustedBy"
  | "custodianTrustedBy"
  | "unblinded"
  | "highSubscribers"
  | "lowSubscribers"
  | "auditedRegions"
  | "manageAccountPublicAccessBlock"
  | "manageAccountBaseline"
>;

/** Settings of the landing zone stack, as read from YAML. */
export interface LandingZoneSettings extends ZoneWords {
  readonly environment: EnvironmentName;
  readonly partition: string;
  readonly accountId: string;
  readonly region: string;
  readonly system: {
    readonly systemId: string;
    readonly owner: string;
    readonly changeRef: string;
    readonly dataType: string;
    readonly recordClass: string;
  };
  readonly retention: { readonly mode: "COMPLIANCE" | "GOVERNANCE" | "NONE"; readonly period?: RetentionPeriod };
  /** @default COMPLIANCE 7 days in production, COMPLIANCE 1 day in qualification, GOVERNANCE 1 day in development */
  readonly inboxRetention?: { readonly mode: "COMPLIANCE" | "GOVERNANCE" | "NONE"; readonly period?: RetentionPeriod };
  /** Bucket beside the stack that the signed code of the functions lies in. */
  readonly codeBucket: string;
  /** Files that are expected of the writers; those of vendors stand in the vendors file. Nothing else is promoted. */
  readonly deliveries: readonly ExpectedDelivery[];
  /** Asked before a file becomes a record. @default - nobody is asked */
  readonly scan?: Scanner;
  /** The task for files that are too large for a function; only in the network of the SFTP server. @default - none */
  readonly largeFiles?: LargeFiles;
  /** Largest file of a vendor's folder for trying out, in bytes. @default 100,000,000 */
  readonly largestTrialBytes?: number;
  /** The SFTP server. @default - none */
  readonly sftp?: SftpServerSettings;
  /** Remote state for target aws. */
  readonly state?: { readonly bucket: string; readonly key: string; readonly region: string };
}

/**
 * Reads and checks a settings file; without one, the committed example of the environment.
 * @throws SETTINGS_INVALID for anything not understood, and when the file is for another environment
 */
export function readSettings(environment: EnvironmentName, file?: string): LandingZoneSettings {
  const from = file ?? path.join(__dirname, "settings", `${environment}.yaml`);
  const document = parseDocument(fs.readFileSync(from, "utf8"), {
    schema: "core",
    merge: false,
    uniqueKeys: true,
    strict: true,
  });
  const problem = [...document.errors, ...document.warnings][0];
  if (problem) throw invalid(from, "YAML without errors or warnings", problem.message.split("\n")[0]!);
  const settings: unknown = document.toJS({ maxAliasCount: 0 });
  const ajv = new Ajv({ allErrors: false, strict: true, allowUnionTypes: true });
  if (!ajv.validate(schema, settings)) {
    const [first] = ajv.errors!;
    throw invalid(from, `settings by stacks/settings.schema.json`, `${first!.instancePath || "/"} ${first!.message}`);
  }
  const checked = settings as LandingZoneSettings;
  if (checked.environment !== environment) throw invalid(from, `settings for ${environment}`, checked.environment);
  const { sftp } = checked;
  if (!sftp) return checked;
  return { ...checked, sftp: { ...sftp, vendors: path.resolve(path.dirname(from), sftp.vendors ?? "vendors.yaml") } };
}

function invalid(where: string, expected: string, got: string): ModuleError {
  return new ModuleError("SETTINGS_INVALID", {
    what: "settings not usable",
    where: path.basename(where),
    expected,
    got,
    todo: "correct the settings file",
  });
}
