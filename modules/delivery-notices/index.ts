// SPDX-License-Identifier: Apache-2.0
export { DeliveryNotices, type DeliveryNoticesProps, type VendorContact } from "./delivery-notices";
