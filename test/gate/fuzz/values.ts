// SPDX-License-Identifier: Apache-2.0

function nested(depth: number): unknown {
  let value: unknown = "end";
  for (let i = 0; i < depth; i++) value = i % 2 === 0 ? [value] : { in: value };
  return value;
}

/** What may stand in a plan where something else was meant. */
export const HOSTILE: readonly unknown[] = [
  null, true, false, "true", "false", "", " ", 0, -0, -1, 1, 0.5, 1e21, 1e308, -1e308, 2556, 2557, 12345678901234567890,
  [], {}, [null], [[]], [{}], [""], ["*"], { "0": "COMPLIANCE" }, [["COMPLIANCE"]], ["COMPLIANCE"],
  "COMPLIANCE", "compliance", "GOVERNANCE", "COMPLIANCE\u0000", "\u202eECNAILPMOC", "ＣＯＭＰＬＩＡＮＣＥ",
  "Enabled", "Suspended", "ENABLED", "ON", "OPTIONAL", "*", "arn:aws:s3:::*", "aws:kms", "AES256", "alias/aws/s3",
  "record", "other", "inbox", "access-log", "SFTP", ["FTP"], ["SFTP", "SFTP"], ["SFTP", "FTP"], "VPC", "PUBLIC",
  "\ud800", "\udfff\ud800", "e\u0301", "💾", "a".repeat(10_000), "${aws_s3_bucket.raw.id}", "%{if true}", "{{x}}",
  '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}',
  '{"Statement":{"Effect":"Allow","Action":["*"],"Resource":"*"}}',
  '{"Statement":[', "null", "[]", nested(20), nested(80),
];
