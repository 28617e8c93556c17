// SPDX-License-Identifier: Apache-2.0
export type { Blinding, Delivery, Schedule, Weekday } from "./arrivals/delivery";
export { Ingest, type IngestProps } from "./ingest";
export type { UnblindedStudy } from "./unblinded-studies";
