// SPDX-License-Identifier: Apache-2.0
export {
  ClinicalLandingZone,
  type ClinicalLandingZoneProps,
  type UnblindedSettings,
  type Writer,
} from "./clinical-landing-zone";
export { type Delivery, inboundPrefix } from "./inbound-prefix";
export type { Receiving, ReceivingSettings, SftpSettings } from "./receiving";
export type { UnblindedRecords } from "./unblinded-records";
