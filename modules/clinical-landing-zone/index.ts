// SPDX-License-Identifier: Apache-2.0
export { ClinicalLandingZone } from "./clinical-landing-zone";
export { type Delivery, inboundPrefix } from "./inbound-prefix";
export type { LargeFiles } from "./large-files";
export type { PushSender, Writer } from "./own-senders";
export { planSummary } from "./plan-summary";
export type { Receiving, ReceivingSettings, SftpSettings } from "./receiving";
export type { Scanner } from "./scanner";
export type { SecondComponent } from "./second-component";
export type { UnblindedRecords } from "./unblinded-records";
export type { ClinicalLandingZoneProps, UnblindedSettings } from "./zone-props";
