// SPDX-License-Identifier: Apache-2.0
export { pullImage, repositoryOf } from "./image";
export { LargeArrivals, type LargeArrivalsProps, type LargeNetwork } from "./large-arrivals";
export { largeQueueUrl } from "./large-queues";
