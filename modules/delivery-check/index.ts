// SPDX-License-Identifier: Apache-2.0
export { DeliveryCheck, type DeliveryCheckProps } from "./delivery-check";
