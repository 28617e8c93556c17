// SPDX-License-Identifier: Apache-2.0

/** SHA-256 of the EICAR test file, 68 bytes (eicar.org, "Download anti malware testfile"). */
export const EICAR_SHA256 = "275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f";
/** Why it refuses. */
export const SCAN_REASON = "EICAR test file";
/** Variable of the function that has it fail whatever it is asked. */
export const OUTAGE_VARIABLE = "OUTAGE";

/**
 * The scan function of the qualification, as a house would bring one (docs/guides/scan.md): it knows one file, by the
 * SHA-256 that it is given, and reads none. What it was asked stands in its log.
 */
export const SCANNER_SOURCE = `exports.handler = async ({ key, versionId, sha256 }) => {
  const outage = process.env.${OUTAGE_VARIABLE} === "1";
  process.stdout.write(JSON.stringify({ event: "scan", key, versionId, sha256, outage }) + "\\n");
  if (outage) throw new Error("out of order");
  if (sha256 === "${EICAR_SHA256}") return { versionId, verdict: "REFUSED", reason: "${SCAN_REASON}" };
  return { versionId, verdict: "CLEAN" };
};
`;
