// SPDX-License-Identifier: Apache-2.0
import { inboundPrefix } from "../clinical-landing-zone/inbound-prefix";
import { TEST_FOLDER } from "./vendor-id";

/** A folder that a vendor sees, and the prefix of the inbox that it stands for. */
export interface VendorFolder {
  /** Name in the vendor's root. */
  readonly name: string;
  /** Ended by a slash, so that `acme` never covers `acme2`. */
  readonly prefix: string;
}

/**
 * The folders of a vendor: one for each study, and `test`, of which nothing is promoted (docs/decisions/0017).
 * @throws PREFIX_INVALID
 */
export function vendorFolders(vendor: string, studies: readonly string[]): VendorFolder[] {
  return [
    ...studies.map((study) => ({ name: study, prefix: inboundPrefix({ vendor, study }) })),
    { name: TEST_FOLDER, prefix: `clinical/inbound/test/${vendor}/` },
  ];
}
