// SPDX-License-Identifier: Apache-2.0

/** What a message is about, for people: the type of its event and the object, or that it cannot be read. */
export function describe(body: string): string {
  const event = parsed(body);
  const type = event?.["detail-type"];
  if (typeof type !== "string") return `no event, ${Buffer.byteLength(body)} bytes`;
  const detail = objectIn(event?.detail);
  const [bucket, object] = [objectIn(detail?.bucket)?.name, objectIn(detail?.object)];
  const place = object ? `${bucket}/${object.key} ${object["version-id"]}` : detail?.["file-path"];
  const about = typeof place === "string" ? `${type}  ${place}` : type;
  // Half a character has no bytes, and the record could not be written.
  return about.replace(/\p{Surrogate}/gu, "\ufffd");
}

function parsed(body: string): Readonly<Record<string, unknown>> | undefined {
  try {
    return objectIn(JSON.parse(body));
  } catch {
    return undefined;
  }
}

function objectIn(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : undefined;
}
