// SPDX-License-Identifier: Apache-2.0
import { Readable } from "node:stream";
import type { Wire } from "../../../../validation/target/aws";

/** An answer of AWS as it goes over the wire. */
export interface WireAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
}

export interface Asked {
  readonly method: string;
  readonly hostname: string;
  readonly path: string;
  readonly body?: unknown;
}

/** A wire that leads nowhere, names what came and answers as it is told. */
export class CountingWire implements Wire {
  readonly requests: string[] = [];

  constructor(private readonly answer: (asked: Asked) => WireAnswer = () => ({ status: 200 })) {}

  readonly handler: Wire["handler"] = {
    handle: async (request) => {
      const asked = request as unknown as Asked;
      this.requests.push(`${asked.method} ${asked.hostname}`);
      const { status, headers = {}, body = "" } = this.answer(asked);
      return { response: { statusCode: status, headers, body: Readable.from([Buffer.from(body)]) } };
    },
  };

  readonly credentials: Wire["credentials"] = async () => ({ accessKeyId: "AKIAEXAMPLE", secretAccessKey: "none" });
}
