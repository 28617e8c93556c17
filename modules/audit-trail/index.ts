// SPDX-License-Identifier: Apache-2.0
export { AuditTrail, type AuditTrailProps } from "./audit-trail";
