// SPDX-License-Identifier: Apache-2.0
import { X509Certificate } from "node:crypto";
import { Certificate } from "pkijs";
import { Part11Error } from "../error";

const PEM = /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g;

/**
 * Certificates of the authorities that an auditor trusts for time.
 *
 * @throws CERTIFICATE_UNUSABLE for anything but certificates of authorities in PEM
 */
export function authoritiesFromPem(pem: Buffer, where: string): Certificate[] {
  const texts = pem.toString("latin1").match(PEM) ?? [];
  if (texts.length === 0) throw unusable(where, "no certificate");
  return texts.map((text) => {
    let read: X509Certificate;
    try {
      read = new X509Certificate(text);
    } catch (cause) {
      throw unusable(where, "a broken certificate", cause);
    }
    if (!read.ca) throw unusable(where, `a certificate that may issue none: ${read.subject.replaceAll("\n", ", ")}`);
    return Certificate.fromBER(read.raw);
  });
}

function unusable(where: string, got: string, cause?: unknown): Part11Error {
  const parts = {
    code: "CERTIFICATE_UNUSABLE",
    what: "certificate not usable",
    where,
    expected: "PEM certificates of the certification authorities behind the time-stamp authority",
    got,
    todo: "get the root certificate from the time-stamp authority itself, not from the bundle",
  } as const;
  return new Part11Error(parts, { cause });
}
