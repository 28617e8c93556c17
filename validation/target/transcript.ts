// SPDX-License-Identifier: Apache-2.0
import { createHash } from "node:crypto";
import { Readable } from "node:stream";

/** Bodies up to this many bytes are kept whole, larger ones by hash and size. */
const BODY_BYTES = 64 * 1024;

/** Headers that carry or prove a credential, or describe this machine. */
const SECRET_HEADERS = new Set([
  "authorization",
  "x-amz-security-token",
  "cookie",
  "set-cookie",
  "user-agent",
  "x-amz-user-agent",
]);

/** IAM user guide, "Unique identifiers": AKIA long-lived, ASIA temporary. */
const ACCESS_KEY_ID = /\bA[KS]IA[A-Z0-9]{12,16}\b/g;

/** One request and its answer, as they went over the wire, credentials apart. */
export interface Exchange {
  readonly principal: string;
  readonly operation: string;
  readonly request: {
    readonly scheme: string;
    readonly method: string;
    readonly path: string;
    readonly query: Record<string, unknown>;
    readonly headers: Record<string, string>;
    readonly body: KeptBody;
  };
  /** Null when no answer came: a transport error. */
  readonly response: {
    readonly status: number;
    readonly headers: Record<string, string>;
    readonly body: KeptBody;
  } | null;
  /** Name and message of a transport error. */
  readonly transportError: string | null;
}

export type KeptBody = { readonly text: string } | { readonly sha256: string; readonly sizeBytes: number } | null;

interface WireRequest {
  readonly protocol?: string;
  readonly method: string;
  readonly path: string;
  readonly query?: Record<string, unknown>;
  readonly headers: Record<string, string>;
  readonly body?: unknown;
}

interface WireResponse {
  readonly statusCode: number;
  readonly headers: Record<string, string>;
  body?: unknown;
}

type Next = (args: { request: unknown }) => Promise<{ response: unknown }>;

/** The part of an AWS SDK v3 client that a transcript hooks into. */
interface HookableClient {
  readonly middlewareStack: { add(middleware: unknown, options: Record<string, unknown>): void };
}

/** Stands for a text that no transcript may hold. */
const WITHHELD = "(withheld)";

/** Collects the raw exchanges of the clients attached to it. */
export class Transcript {
  readonly exchanges: Exchange[] = [];
  private readonly withheld = new Set<string>();

  /** Keeps a secret out of every exchange from now on, wherever it stands: as it is, in JSON or in a URL. */
  withhold(secret: string): void {
    for (const form of [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)])
      this.withheld.add(form);
  }

  keep(exchange: Exchange): void {
    this.exchanges.push(this.withheld.size === 0 ? exchange : (this.masked(exchange) as Exchange));
  }

  private masked(value: unknown): unknown {
    if (typeof value === "string")
      return [...this.withheld].reduce((text, secret) => text.replaceAll(secret, WITHHELD), value);
    if (Array.isArray(value)) return value.map((one) => this.masked(one));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, of]) => [name, this.masked(of)]));
  }

  /** Records every call of `client` as made by `principal`. */
  attach<Client extends object>(client: Client, principal: string): Client {
    const middleware = (next: Next, context: { commandName?: string }) => async (args: { request: unknown }) => {
      const request = keepRequest(args.request as WireRequest);
      const operation = (context.commandName ?? "unknown").replace(/Command$/, "");
      try {
        const result = await next(args);
        const response = await keepResponse(result.response as WireResponse);
        this.keep({ principal, operation, request, response, transportError: null });
        return result;
      } catch (error) {
        const transportError = `${(error as Error).name}: ${(error as Error).message}`;
        this.keep({ principal, operation, request, response: null, transportError });
        throw error;
      }
    };
    // Nearest to the wire: the SDK's own deserializer sees the answer after us.
    const where = { step: "deserialize", name: "part11Transcript", priority: "low", override: true };
    (client as unknown as HookableClient).middlewareStack.add(middleware, where);
    return client;
  }
}

function keepRequest(request: WireRequest): Exchange["request"] {
  return {
    scheme: (request.protocol ?? "https:").replace(":", ""),
    method: request.method,
    path: request.path,
    query: request.query ?? {},
    headers: keepHeaders(request.headers),
    body: keepBody(request.body),
  };
}

async function keepResponse(response: WireResponse): Promise<Exchange["response"]> {
  const { body } = response;
  const bytes = body instanceof Readable ? await collect(body) : body;
  if (body instanceof Readable) response.body = Readable.from([bytes]);
  return { status: response.statusCode, headers: keepHeaders(response.headers), body: keepBody(bytes) };
}

function keepHeaders(headers: Record<string, string>): Record<string, string> {
  const lower = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value] as const);
  const kept = lower.map(([name, value]) => [name, SECRET_HEADERS.has(name) ? "(redacted)" : value] as const);
  return Object.fromEntries(kept.filter(([name]) => name !== "host").sort(([a], [b]) => (a < b ? -1 : 1)));
}

function keepBody(body: unknown): KeptBody {
  if (typeof body !== "string" && !(body instanceof Uint8Array)) return null;
  const bytes =
    typeof body === "string" ? Buffer.from(body) : Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  if (bytes.length === 0) return null;
  const text = bytes.toString("utf8");
  if (bytes.length <= BODY_BYTES && Buffer.from(text, "utf8").equals(bytes)) {
    return { text: text.replace(ACCESS_KEY_ID, "(access key id)") };
  }
  return { sha256: createHash("sha256").update(bytes).digest("hex"), sizeBytes: bytes.length };
}

async function collect(stream: Readable): Promise<Buffer> {
  const parts: Buffer[] = [];
  for await (const part of stream) parts.push(Buffer.from(part as Uint8Array));
  return Buffer.concat(parts);
}
