// SPDX-License-Identifier: Apache-2.0
export { ResultsBucket, type ResultsBucketProps } from "./results-bucket";
