// SPDX-License-Identifier: Apache-2.0
export { S3_SIZES } from "./content";
export type { Destination } from "./destination";
export type { ImportRequest } from "./entries";
export { type ImportOptions, importFolder, type Outcome, tryImport } from "./import-folder";
export { ImportRecord } from "./record";
export { checkedRequest } from "./request";
