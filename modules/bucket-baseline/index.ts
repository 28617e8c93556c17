// SPDX-License-Identifier: Apache-2.0
export { BucketBaseline, type BucketBaselineProps } from "./bucket-baseline";
