// SPDX-License-Identifier: Apache-2.0
export { AuditTrail, type AuditTrailProps, type TrailFinding } from "./audit-trail";
export { DeliveryTopic, type DeliveryTopicProps } from "./delivery-topic";
