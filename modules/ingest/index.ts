// SPDX-License-Identifier: Apache-2.0
export type { Delivery, Schedule, Weekday } from "./arrivals/delivery";
export { Ingest, type IngestProps } from "./ingest";
