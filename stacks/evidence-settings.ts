// SPDX-License-Identifier: Apache-2.0
import * as path from "node:path";
import type { EnvironmentName, Subscriber } from "../modules";
import { toRetention } from "./clinical-landing-zone-stack";
import schema from "./evidence-settings.schema.json";
import type { Deployment, LandingZoneSettings } from "./settings";
import { readChecked, readSettingsFile, settingsInvalid } from "./settings-file";

/** A class of records that the evidence supports, and how long it is kept. */
export interface SupportedClass {
  /** Name of the class as in the gate's settings. */
  readonly recordClass: string;
  /** Whole years. */
  readonly years: number;
}

/** Settings of the evidence stack, as read from YAML. There are none for qualification, where everything is taken down again. */
export interface EvidenceSettings extends Deployment {
  readonly environment: Exclude<EnvironmentName, "qualification">;
  readonly partition: string;
  readonly namePrefix: string;
  readonly system: Omit<LandingZoneSettings["system"], "recordClass">;
  /** @default trial-master-file, 25 years (Regulation (EU) 536/2014, article 58) */
  readonly supports?: readonly SupportedClass[];
  readonly retention: LandingZoneSettings["retention"];
  readonly administratorArns: readonly string[];
  readonly depositorTrustedBy: readonly string[];
  readonly readerTrustedBy: readonly string[];
  readonly custodianTrustedBy: readonly string[];
  readonly highSubscribers: readonly Subscriber[];
  readonly lowSubscribers: readonly Subscriber[];
  /** What an account has once; off where another stack of the account makes it. @default true */
  readonly manageAccountBaseline?: boolean;
}

const TRIAL_MASTER_FILE: SupportedClass = { recordClass: "trial-master-file", years: 25 };

/** Whether a settings file is one of the evidence stack: it says so in `stack`. @throws SETTINGS_INVALID */
export function isEvidenceSettings(file: string): boolean {
  const settings = readSettingsFile(file);
  return typeof settings === "object" && settings !== null && "stack" in settings && settings.stack === "evidence";
}

/**
 * Reads and checks settings of the evidence stack; without a file, the committed example of the environment.
 *
 * @throws SETTINGS_INVALID for anything not understood, for another environment, and in production for a lock that is not COMPLIANCE or
 * ends before the longest class that the evidence supports
 */
export function readEvidenceSettings(environment: EnvironmentName, file?: string): EvidenceSettings {
  const from = file ?? path.join(__dirname, "settings", `evidence-${environment}.yaml`);
  const text = { name: "evidence-settings.schema.json", text: schema };
  const settings = readChecked<EvidenceSettings>(from, environment, text);
  if (environment === "production") assertOutlasts(settings, from);
  return settings;
}

/** The longest class that the evidence supports: evidence is kept as long as the records that it speaks of. */
export function longestClass({ supports = [TRIAL_MASTER_FILE] }: Pick<EvidenceSettings, "supports">): SupportedClass {
  return supports.reduce((longer, other) => (other.years > longer.years ? other : longer));
}

function assertOutlasts(settings: EvidenceSettings, from: string): void {
  const { recordClass, years } = longestClass(settings);
  const retention = toRetention(settings.retention);
  const least = toRetention({ mode: "COMPLIANCE", period: { years } });
  if (retention.mode === "COMPLIANCE" && retention.days >= least.days) return;
  throw settingsInvalid(from, `a retention of ${least} at least, for ${recordClass}`, retention.toString());
}
