// SPDX-License-Identifier: Apache-2.0
import { loadPolicySync } from "@open-policy-agent/opa-wasm";
import { Part11Error } from "../error";
import type { Facts } from "../facts/facts";
import type { Evaluation } from "./decisions";
import type { Policy } from "./policy";
import { proven } from "./proof";

const ENTRYPOINT = "part11_main/decide";
const PAGE_BYTES = 65_536;
/** wasm32 addresses 4 GiB. */
const MAX_PAGES = 65_536;
const BASE_BYTES = 64 * 1024 * 1024;
/** Facts of one resource, one statement or one policy take about this much once parsed inside wasm. */
const BYTES_PER_OBJECT = 24 * 1024;

/**
 * What the compiled policies say of the facts, with proof that all of them answered.
 *
 * @throws ENGINE when the engine stops; ENGINE_PROOF when its result does not prove that every control and every
 * resource of a controlled type was judged
 */
export function evaluate(facts: Facts, policy: Policy): Evaluation {
  return proven(run(facts, policy), facts, policy.sidecar);
}

// An object goes in, never bytes or text: on malformed bytes the loader takes the input for absent and passes everything.
function run(facts: Facts, policy: Policy): unknown {
  try {
    const engine = loadPolicySync(compiled(policy), { initial: initialPages(facts) });
    engine.setData(policy.sidecar.data);
    return engine.evaluate(facts, ENTRYPOINT);
  } catch (thrown) {
    throw new Part11Error(
      {
        code: "ENGINE",
        what: "policy engine stopped",
        where: "part11.wasm",
        expected: "a decision",
        got: reason(thrown),
        todo: "report it with the plan's shape; nothing was judged",
      },
      { cause: thrown },
    );
  }
}

// TypeScript knows WebAssembly from its browser library only.
declare const WebAssembly: { readonly Module: new (bytes: Uint8Array) => object };

const modules = new WeakMap<Policy, object>();

// Compiling costs more than judging a small plan, and a policy is often asked more than once.
function compiled(policy: Policy): object {
  const known = modules.get(policy) ?? new WebAssembly.Module(policy.wasm);
  modules.set(policy, known);
  return known;
}

// After growth by the host the engine's allocator asks for single pages until it has caught up; untouched pages cost nothing.
function initialPages(facts: Facts): number {
  const objects = Object.keys(facts.resources).length + facts.statements.length + facts.policies.length;
  return Math.min(Math.ceil((BASE_BYTES + objects * BYTES_PER_OBJECT) / PAGE_BYTES), MAX_PAGES);
}

// The loader throws strings and plain objects as well as errors.
function reason(thrown: unknown): string {
  if (typeof thrown === "string") return thrown;
  if (typeof thrown === "object" && thrown !== null && "message" in thrown) return String(thrown.message);
  return JSON.stringify(thrown) ?? typeof thrown;
}
