// SPDX-License-Identifier: Apache-2.0
import type { ObjectVersion, TransferSession } from "../../ledger/entry";

/** What a message says. */
export type Message =
  | { readonly kind: "object"; readonly version: ObjectVersion }
  | {
      readonly kind: "upload-completed" | "upload-failed";
      readonly bucket: string;
      readonly key: string;
      readonly transfer: TransferSession;
      /** Why an upload failed, in the server's word, for example PARTIAL_UPLOAD. @default - the server says none */
      readonly failure?: string;
    }
  | { readonly kind: "sweep" };

/** A message that says nothing that ingest knows: it ends in the dead-letter queue. */
export class MessageError extends Error {
  readonly code = "MESSAGE_UNKNOWN";
}

const KINDS: Readonly<Record<string, "upload-completed" | "upload-failed">> = {
  "SFTP Server File Upload Completed": "upload-completed",
  "SFTP Server File Upload Failed": "upload-failed",
};

/** A word only: a text of the server's may quote the file's name, and what an event says is told to many. */
const FAILURE_CODE = /^[A-Z_]{1,64}$/;

const OWN_SOURCE = "part11.ingest";
const HANDED_OVER = "Large Version";

/** Body of the message by which a version is given to the runner of large ones; `readMessage` takes it for the version itself. */
export function handOverBody({ bucket, key, versionId }: ObjectVersion): string {
  const detail = { bucket: { name: bucket }, object: { key, "version-id": versionId } };
  return JSON.stringify({ source: OWN_SOURCE, "detail-type": HANDED_OVER, detail });
}

/** Message of an EventBridge event, whose keys are not encoded (S3 user guide, "EventBridge event message structure"). @throws MessageError */
export function readMessage(body: string): Message {
  const event = record(parsed(body), "event");
  const type = text(event, "detail-type");
  const detail = record(event.detail, "detail");
  const isObject = event.source === "aws.s3" && type === "Object Created";
  if (isObject || (event.source === OWN_SOURCE && type === HANDED_OVER)) {
    const object = record(detail.object, "object");
    const bucket = text(record(detail.bucket, "bucket"), "name");
    return { kind: "object", version: { bucket, key: text(object, "key"), versionId: text(object, "version-id") } };
  }
  const kind = event.source === "aws.transfer" && Object.hasOwn(KINDS, type) ? KINDS[type] : undefined;
  if (kind) return upload(kind, detail);
  if (event.source === OWN_SOURCE && type === "Sweep") return { kind: "sweep" };
  throw new MessageError(`no event of ${String(event.source)} called ${type} is known`);
}

/** Source: AWS Transfer Family user guide, "SFTP, FTPS, and FTP events"; the path begins with the bucket. */
function upload(kind: "upload-completed" | "upload-failed", detail: Record<string, unknown>): Message {
  const [, bucket, key] = /^\/?([^/]+)\/(.+)$/s.exec(text(detail, "file-path")) ?? [];
  if (!bucket || !key) throw new MessageError("file-path names no object");
  const bytes = detail.bytes ?? 0;
  if (!Number.isSafeInteger(bytes) || (bytes as number) < 0) throw new MessageError("bytes is no count");
  const { "failure-code": failure } = detail;
  return {
    kind,
    bucket,
    key: wellFormed(key),
    ...(typeof failure === "string" && FAILURE_CODE.test(failure) ? { failure } : {}),
    transfer: {
      server: text(detail, "server-id"),
      session: text(detail, "session-id"),
      user: text(detail, "username"),
      clientIp: text(detail, "client-ip"),
      startedAt: time(detail, "start-timestamp"),
      endedAt: time(detail, "end-timestamp"),
      bytes: bytes as number,
      status: text(detail, "status-code"),
    },
  };
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    throw new MessageError("body is no JSON");
  }
}

function record(value: unknown, name: string): Record<string, unknown> {
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new MessageError(`${name} is no object`);
}

function text(of: Record<string, unknown>, name: string): string {
  const value = of[name];
  if (typeof value !== "string" || value === "") throw new MessageError(`${name} is no text`);
  return wellFormed(value);
}

/** A lone surrogate has no UTF-8, so no key of S3 holds one. */
function wellFormed(value: string): string {
  if (/\p{Surrogate}/u.test(value)) throw new MessageError("a text is not well-formed");
  return value;
}

function time(of: Record<string, unknown>, name: string): string {
  const at = new Date(text(of, name));
  if (Number.isNaN(at.getTime())) throw new MessageError(`${name} is no time`);
  return at.toISOString();
}
