// SPDX-License-Identifier: Apache-2.0
import { Lazy, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { ClinicalLandingZone, Retention, type SystemIdentity } from "../modules";
import type { LandingZoneSettings } from "./settings";
import { addBackend, addProviders, type Target } from "./target";

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
      inspectorTrustedBy: settings.inspectorTrustedBy,
      custodianTrustedBy: settings.custodianTrustedBy,
      highSubscribers: settings.highSubscribers,
      lowSubscribers: settings.lowSubscribers,
      auditedRegions: settings.auditedRegions,
      manageAccountPublicAccessBlock: settings.manageAccountPublicAccessBlock,
    });
    const summary = Lazy.anyValue({ produce: () => this.zone.summary });
    new TerraformOutput(this, "part11_plan_summary", { value: summary, staticId: true });
  }
}

export function systemIdentity(settings: LandingZoneSettings): SystemIdentity {
  return { ...settings.system, environment: settings.environment };
}

export function toRetention({ mode, period }: LandingZoneSettings["retention"]): Retention {
  if (mode === "NONE" || !period) return Retention.none();
  return mode === "COMPLIANCE" ? Retention.compliance(period) : Retention.governance(period);
}
