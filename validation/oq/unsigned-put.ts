// SPDX-License-Identifier: Apache-2.0
import { PutObjectCommand } from "@aws-sdk/client-s3";
import type { Principal } from "./principal";

/** As senders do that let TLS alone guard the bytes (S3 API reference, "Signature calculations", x-amz-content-sha256). */
export function putUnsigned(by: Principal, bucket: string, key: string) {
  const s3 = by.s3();
  s3.middlewareStack.add(
    (next) => (args) => {
      (args.request as { headers: Record<string, string> }).headers["x-amz-content-sha256"] = "UNSIGNED-PAYLOAD";
      return next(args);
    },
    { step: "build", name: "unsigned-payload" },
  );
  return s3.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: "a,b\n" }));
}
