// SPDX-License-Identifier: Apache-2.0
import { Lazy, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { ClinicalLandingZone, type ReceivingSettings, Retention, type SystemIdentity } from "../modules";
import type { LandingZoneSettings } from "./settings";
import { addBackend, addProviders, type Target } from "./target";
import { readVendors } from "./vendors";

/** The landing zone as one deployable stack. */
export class ClinicalLandingZoneStack extends TerraformStack {
  readonly zone: ClinicalLandingZone;

  constructor(scope: Construct, id: string, settings: LandingZoneSettings, target: Target) {
    super(scope, id);
    addBackend(this, settings, target);
    const providers = addProviders(this, settings, target);
    const { partition, accountId, region } = settings;
    this.zone = new ClinicalLandingZone(this, "Zone", {
      env: { partition, accountId, region },
      replicaRegion: settings.replicaRegion,
      replicaProvider: providers.replica,
      namePrefix: settings.namePrefix,
      identity: systemIdentity(settings),
      retention: toRetention(settings.retention),
      inboxRetention: settings.inboxRetention && toRetention(settings.inboxRetention),
      administratorArns: settings.administratorArns,
      writers: settings.writers,
      push: settings.push,
      startOnArrival: settings.startOnArrival,
      inspectorTrustedBy: settings.inspectorTrustedBy,
      custodianTrustedBy: settings.custodianTrustedBy,
      unblinded: settings.unblinded,
      highSubscribers: settings.highSubscribers,
      lowSubscribers: settings.lowSubscribers,
      auditedRegions: settings.auditedRegions,
      manageAccountPublicAccessBlock: settings.manageAccountPublicAccessBlock,
      receiving: receivingSettings(settings, target),
      manageAccountBaseline: settings.manageAccountBaseline,
    });
    const summary = Lazy.anyValue({ produce: () => this.zone.summary });
    new TerraformOutput(this, "part11_plan_summary", { value: summary, staticId: true });
  }
}

function receivingSettings(settings: LandingZoneSettings, target: Target): ReceivingSettings {
  const { codeBucket, deliveries, scan, largeFiles, largestTrialBytes, sftp } = settings;
  const functions = { codeBucketName: codeBucket, signedCode: target.signedCode, scan, largeFiles, largestTrialBytes };
  if (!sftp) return { ...functions, deliveries };
  const expected = readVendors(sftp.vendors, settings.system.recordClass);
  return {
    ...functions,
    deliveries: [...deliveries, ...expected.deliveries],
    contacts: expected.contacts,
    sftp: { ...sftp, vendors: expected.vendors },
  };
}

export function systemIdentity(settings: Pick<LandingZoneSettings, "environment" | "system">): SystemIdentity {
  return { ...settings.system, environment: settings.environment };
}

export function toRetention({ mode, period }: LandingZoneSettings["retention"]): Retention {
  if (mode === "NONE" || !period) return Retention.none();
  return mode === "COMPLIANCE" ? Retention.compliance(period) : Retention.governance(period);
}
