// SPDX-License-Identifier: Apache-2.0
import * as fs from "node:fs";
import * as path from "node:path";
import { Part11Error } from "../error";
import { bytesOf, readIntactFiles, SEAL_FILE, TIME_STAMP_FILE } from "../evidence";
import { sha256Hex } from "../json";
import { readRequest, timeStampRequest } from "./request";
import { readTimeStamp, type TimeStamp } from "./time-stamp";

/** A request for a time stamp over the seal of an intact bundle. @throws FILE_NOT_FOUND, BUNDLE_ALTERED */
export function requestFor(folder: string): Buffer {
  return timeStampRequest(sealOf(folder));
}

/**
 * Puts an authority's answer into the bundle, as it came, if it grants what was requested.
 *
 * @throws FILE_NOT_FOUND, BUNDLE_ALTERED; TIME_STAMP_REFUSED for an answer that refuses, is over something else than the seal or
 * answers another request, and where the bundle has a time stamp already
 */
export function keepAnswer(folder: string, request: Buffer, answer: Buffer): TimeStamp {
  const seal = sealOf(folder);
  const asked = read("request", () => readRequest(request));
  if (asked.imprint !== sha256Hex(seal))
    throw refused("request", `one over ${sha256Hex(seal)}`, `one over ${asked.imprint}`);
  const stamp = read("response", () => readTimeStamp(answer, seal));
  if (stamp.nonce !== asked.nonce)
    throw refused("response", `nonce ${asked.nonce} of the request`, stamp.nonce ?? "no nonce");
  const file = path.join(folder, TIME_STAMP_FILE);
  try {
    fs.writeFileSync(file, answer, { flag: "wx", flush: true });
  } catch (cause) {
    throw refused(file, "no time stamp there yet", (cause as NodeJS.ErrnoException).code ?? "an unknown error", cause);
  }
  return stamp;
}

function sealOf(folder: string): Buffer {
  return bytesOf(readIntactFiles(folder).found, SEAL_FILE);
}

function read<T>(where: "request" | "response", reader: () => T): T {
  try {
    return reader();
  } catch (cause) {
    throw refused(where, `a ${where} of RFC 3161 for this seal`, (cause as Error).message, cause);
  }
}

function refused(where: string, expected: string, got: string, cause?: unknown): Part11Error {
  const todo = "request a time stamp of this bundle anew and keep request and response together";
  return new Part11Error(
    { code: "TIME_STAMP_REFUSED", what: "time stamp not kept", where, expected, got, todo },
    { cause },
  );
}
