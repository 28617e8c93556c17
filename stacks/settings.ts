// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import type {
  ClinicalLandingZoneProps,
  EnvironmentName,
  ExpectedDelivery,
  LargeFiles,
  RetentionPeriod,
  Scanner,
  SftpSettings,
} from "../modules";
import schema from "./settings.schema.json";
import { readChecked } from "./settings-file";

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

/** What says where a stack is deployed and where its state lies. */
export type Deployment = Pick<LandingZoneSettings, "accountId" | "region" | "replicaRegion" | "state">;

/**
 * Reads and checks a settings file; without one, the committed example of the environment.
 * @throws SETTINGS_INVALID for anything not understood, and when the file is for another environment
 */
export function readSettings(environment: EnvironmentName, file?: string): LandingZoneSettings {
  const from = file ?? path.join(__dirname, "settings", `${environment}.yaml`);
  const checked = readChecked<LandingZoneSettings>(from, environment, { name: "settings.schema.json", text: schema });
  const { sftp } = checked;
  if (!sftp) return checked;
  return { ...checked, sftp: { ...sftp, vendors: path.resolve(path.dirname(from), sftp.vendors ?? "vendors.yaml") } };
}
