// SPDX-License-Identifier: Apache-2.0
export { EvidenceBoundary, type EvidenceBoundaryProps } from "./evidence-boundary";
export { EvidenceBucket, type EvidenceBucketProps } from "./evidence-bucket";
