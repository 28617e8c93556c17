// SPDX-License-Identifier: Apache-2.0
import { AsyncLocalStorage } from "node:async_hooks";
import { Part11Error } from "../../error";
import { READ_OPERATIONS } from "./read-operations";
import type { WireHandler } from "./wire";

/** What a middleware of the SDK is told of its command. */
interface CommandContext {
  readonly clientName?: string;
  readonly commandName?: string;
}

type Next = (args: unknown) => Promise<unknown>;

/** The part of an AWS SDK v3 client that the guard hooks into. */
interface HookableClient {
  readonly middlewareStack: { add(middleware: unknown, options: Record<string, unknown>): void };
}

/**
 * Lets through what `READ_OPERATIONS` names and nothing else. Two halves hold each other: the first middleware of a client
 * refuses every other command before anything of it is serialised, and the handler below refuses every request that no such
 * middleware let through, so that a client which nobody attached sends nothing at all.
 */
export class ReadOnlyGuard {
  private readonly passing = new AsyncLocalStorage<string>();
  private readonly attempts: string[] = [];

  constructor(private readonly allowed: Readonly<Record<string, readonly string[]>> = READ_OPERATIONS) {}

  /** What was refused, in the order of the attempts: whoever caught the error has not hidden it. */
  get refused(): readonly string[] {
    return this.attempts;
  }

  /** Puts the guard before everything else that a client does. */
  attach = <Client extends object>(client: Client): Client => {
    const middleware = (next: Next, context: CommandContext) => async (args: unknown) => {
      const operation = `${context.clientName ?? "unknown client"} ${(context.commandName ?? "unknown").replace(/Command$/, "")}`;
      if (!this.lets(context)) throw this.refuse(operation);
      return this.passing.run(operation, () => next(args));
    };
    const where = { step: "initialize", name: "part11ReadOnly", priority: "high", override: true };
    (client as HookableClient).middlewareStack.add(middleware, where);
    return client;
  };

  /** The only handler that a client may be given: what reaches it without having passed `attach` goes nowhere. */
  handler(wire: WireHandler): WireHandler {
    return {
      handle: async (request, options) => {
        const passed = this.passing.getStore();
        if (passed === undefined) throw this.refuse(`${request.method} ${request.hostname}, by a client without guard`);
        return wire.handle(request, options);
      },
    };
  }

  private lets({ clientName = "", commandName = "" }: CommandContext): boolean {
    const operations = Object.hasOwn(this.allowed, clientName) ? this.allowed[clientName]! : [];
    return operations.some((operation) => commandName === `${operation}Command`);
  }

  private refuse(operation: string): Part11Error {
    this.attempts.push(operation);
    return new Part11Error({
      code: "WRITE_REFUSED",
      what: "call not sent",
      where: operation,
      expected: "an operation of validation/target/aws/read-operations.ts, since the run is read-only",
      got: "another one",
      todo: "report it: a step of a read-only run must not need it",
    });
  }
}
