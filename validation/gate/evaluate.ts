// SPDX-License-Identifier: Apache-2.0
import { type LoadedPolicy, loadPolicySync } from "@open-policy-agent/opa-wasm";
import { Part11Error } from "../error";
import type { Facts } from "../facts/facts";
import type { ControlMetadata, Evaluation } from "./decisions";
import { isOfAnswers, partsOf } from "./parts";
import { attributesRead, type Policy, packageName } from "./policy";
import { assertComplete, joined, proven } from "./proof";
import { viewOf } from "./view";

/** Judges some controls, named in the input, on `data.facts`. */
const PART = "part";
/** What META-02 says of the answers in the input. */
const OF_ANSWERS = "of_answers";
/** The packages of all controls in the wasm, with no facts as input. */
const PACKAGES = "packages";
const PAGE_BYTES = 65_536;
/** wasm32 addresses 4 GiB; the engine counts in 32 bits and takes all 65,536 pages for none. */
const MAX_PAGES = 65_535;
const BASE_BYTES = 64 * 1024 * 1024;
/** Facts of one resource, one statement or one policy, and what is made of them, take less than this in wasm. */
const BYTES_PER_OBJECT = 24 * 1024;
/**
 * Resources, statements and policies that all controls of a part judge together. The host reads addresses above 2 GiB as
 * negative and stops, so beyond this number fewer controls share the memory.
 */
const OBJECTS_AT_ONCE = 100_000;

/**
 * What the compiled policies say of the facts, with proof that all of them answered.
 *
 * @throws ENGINE when the engine stops; ENGINE_PROOF when its result does not prove that every control and every
 * resource of a controlled type was judged
 */
export function evaluate(facts: Facts, policy: Policy): Evaluation {
  return new Evaluator(policy).all(facts);
}

/**
 * What some controls alone say of the facts. No verdict on a plan: the others were not asked.
 *
 * @param controls any but META-02, which speaks of the answers of all others
 * @throws as `evaluate`
 */
export function evaluateSome(facts: Facts, policy: Policy, controls: readonly ControlMetadata[]): Evaluation {
  return new Evaluator(policy).some(facts, controls);
}

/** Judges one facts document after the other with an engine that is made once: on small plans that takes longest. */
export class Evaluator {
  private engine: LoadedPolicy | undefined;

  /** @param objectsAtOnce more are judged by fewer controls at a time. @default 100,000 */
  constructor(
    private readonly policy: Policy,
    private readonly objectsAtOnce = OBJECTS_AT_ONCE,
  ) {}

  /** As `evaluate`. */
  all(facts: Facts): Evaluation {
    const { policy } = this;
    const { controls } = policy.sidecar;
    return this.asked(facts, controls, (engine) => {
      if (!complete.has(policy)) {
        const there = stopping(() => engine.evaluate({}, entrypoint(policy, PACKAGES)));
        assertComplete(there, controls);
      }
      complete.add(policy);
      const [last, others] = [controls.filter(isOfAnswers), controls.filter((control) => !isOfAnswers(control))];
      const judged = this.judged(engine, facts, others);
      if (last.length === 0) return judged;
      const answers = stopping(() =>
        engine.evaluate({ controls: doubts(judged, others) }, entrypoint(policy, OF_ANSWERS)),
      );
      return joined([judged, proven(answers, facts, last)], controls);
    });
  }

  /** As `evaluateSome`. */
  some(facts: Facts, controls: readonly ControlMetadata[]): Evaluation {
    return this.asked(facts, controls, (engine) => this.judged(engine, facts, controls));
  }

  private asked(
    facts: Facts,
    controls: readonly ControlMetadata[],
    ask: (engine: LoadedPolicy) => Evaluation,
  ): Evaluation {
    const { engine: idle, policy } = this;
    // One that stopped midway is never asked again.
    this.engine = undefined;
    const engine = stopping(() => {
      const loaded = idle ?? loadPolicySync(compiled(policy), { initial: initialPages(facts) });
      // As data, which the loader refuses when malformed; a malformed input it takes for absent, and passes everything.
      loaded.setData({ ...policy.sidecar.data, facts: viewOf(facts, attributesRead(policy, controls)) });
      return loaded;
    });
    const evaluation = ask(engine);
    this.engine = engine;
    return evaluation;
  }

  private judged(engine: LoadedPolicy, facts: Facts, controls: readonly ControlMetadata[]): Evaluation {
    const { policy } = this;
    const parts = partsOf(controls, this.pieces(facts)).map((part) => {
      const raw = stopping(() => engine.evaluate({ controls: part.map(packageName) }, entrypoint(policy, PART)));
      return proven(raw, facts, part);
    });
    return joined(parts, controls);
  }

  private pieces(facts: Facts): number {
    return Math.max(1, Math.ceil(objectCount(facts) / this.objectsAtOnce));
  }
}

function entrypoint({ sidecar }: Policy, name: string): string {
  const [family] = sidecar.controls[0]!.package.split(".");
  return `${family}_main/${name}`;
}

// A pass says nothing that META-02 asks for.
function doubts({ controls }: Evaluation, judged: readonly ControlMetadata[]): object {
  const answers = (id: string) => controls[id]!.answers.filter(({ status }) => status !== "pass");
  return Object.fromEntries(judged.map((control) => [packageName(control), { answers: answers(control.id) }]));
}

function stopping<T>(run: () => T): T {
  try {
    return run();
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
/** Policies whose sidecar names all controls of their wasm: that does not depend on the facts. */
const complete = new WeakSet<Policy>();

// Compiling costs more than judging a small plan, and a policy is often asked more than once.
function compiled(policy: Policy): object {
  const known = modules.get(policy) ?? new WebAssembly.Module(policy.wasm);
  modules.set(policy, known);
  return known;
}

// After growth by the host the engine's allocator asks for single pages until it has caught up; untouched pages cost nothing.
function initialPages(facts: Facts): number {
  return Math.min(Math.ceil((BASE_BYTES + objectCount(facts) * BYTES_PER_OBJECT) / PAGE_BYTES), MAX_PAGES);
}

function objectCount(facts: Facts): number {
  return Object.keys(facts.resources).length + facts.statements.length + facts.policies.length;
}

// The loader throws strings and plain objects as well as errors.
function reason(thrown: unknown): string {
  if (typeof thrown === "string") return thrown;
  if (typeof thrown === "object" && thrown !== null && "message" in thrown) return String(thrown.message);
  return JSON.stringify(thrown) ?? typeof thrown;
}
