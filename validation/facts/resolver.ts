// SPDX-License-Identifier: Apache-2.0
import type { Configuration, ConfiguredModule } from "./configuration";
import type { Reference } from "./facts";
import type { InstanceSet, Instances, ModuleInstance } from "./instances";
import { isOfType, longestOnly, type Traversal, traversalOf } from "./traversal";

/** Where a reference is written: the module instance, and the instance key that `each.key` and `count.index` mean. */
export interface Scope {
  readonly module: ModuleInstance;
  readonly key: string | number | null;
}

/** One resolution on its way: what has been found, and how far it went. */
interface Way {
  readonly found: Map<string, Reference>;
  readonly expected: string | undefined;
  readonly hops: number;
}

/** Chains of modules, variables and locals longer than this are cycles or hostile. */
const MAX_HOPS = 32;

const NO_REFERENCES: readonly Reference[] = [];

/** Follows references through module inputs, module outputs and locals to the resources of the plan. */
export class Resolver {
  private readonly traversals = new Map<string, Traversal>();
  /** What the name of a resource means, module by module: expressions name the same few resources again and again. */
  private readonly direct = new Map<ModuleInstance, Map<string, readonly Reference[]>>();

  constructor(
    private readonly configuration: Configuration,
    private readonly instances: Instances,
    /** References of a root-module local; plan JSON does not tell them, only the synth does. */
    private readonly localReferences: (name: string) => readonly string[],
  ) {}

  /**
   * Resources meant by the references of one expression, each target once.
   *
   * @param expected type that the argument takes; decides where plan JSON says a module and not which output of it
   */
  resolve(references: readonly string[], scope: Scope, expected?: string): readonly Reference[] {
    if (references.length === 0) return NO_REFERENCES;
    const [only, another] = longestOnly(references);
    if (another !== undefined || this.traversal(only!).kind !== "resource") {
      return this.search(references, scope, expected);
    }
    const known = this.directIn(scope.module);
    const found = known.get(only!) ?? this.search(references, scope, expected);
    known.set(only!, found);
    return found;
  }

  private directIn(module: ModuleInstance): Map<string, readonly Reference[]> {
    let known = this.direct.get(module);
    if (!known) {
      known = new Map();
      this.direct.set(module, known);
    }
    return known;
  }

  private search(references: readonly string[], scope: Scope, expected: string | undefined): readonly Reference[] {
    const found = new Map<string, Reference>();
    this.follow(references, scope, { found, expected, hops: 0 });
    return [...found.values()];
  }

  private follow(references: readonly string[], scope: Scope, way: Way): void {
    if (way.hops > MAX_HOPS) return;
    const longest = longestOnly(references);
    const repeats = longest.some((text) => this.traversal(text).kind === "repetition");
    for (const text of longest) {
      const traversal = this.traversal(text);
      if (traversal.kind === "resource") this.addResource(traversal, scope, repeats, way.found);
      else if (traversal.kind === "module") this.followOutput(traversal, scope, repeats, way);
      else if (traversal.kind === "variable") this.followInput(traversal.name, scope, way);
      else if (traversal.kind === "local" && scope.module.path === "") {
        this.follow(this.localReferences(traversal.name), scope, { ...way, hops: way.hops + 1 });
      }
    }
  }

  private addResource(
    traversal: Extract<Traversal, { kind: "resource" }>,
    scope: Scope,
    repeats: boolean,
    found: Map<string, Reference>,
  ): void {
    const { base, attribute } = traversal;
    const set = this.instances.ofResource(scope.module, base);
    if (set) {
      for (const { address, ambiguous } of choose(set, traversal.key, repeats ? scope.key : undefined)) {
        add(found, { address, attribute, ambiguous });
      }
    } else if (base.startsWith("data.") && this.moduleOf(scope.module)?.resources.has(base)) {
      // A data source read while planning stands in no resource change.
      const address = scope.module.address === "" ? base : `${scope.module.address}.${base}`;
      add(found, { address, attribute, ambiguous: false });
    }
  }

  private followOutput(
    traversal: Extract<Traversal, { kind: "module" }>,
    scope: Scope,
    repeats: boolean,
    way: Way,
  ): void {
    const called = this.moduleOf(scope.module)?.calls.get(traversal.name);
    const set = this.instances.ofModule(scope.module, traversal.name);
    if (!called || !set) return;
    const { output } = traversal;
    const outputs = output === null ? [...called.outputs.values()] : [called.outputs.get(output) ?? []];
    const inner = new Map<string, Reference>();
    const chosen = choose(set, traversal.key, repeats ? scope.key : undefined);
    for (const { address } of chosen) {
      const module = this.instances.module(address);
      const next = { ...way, found: inner, hops: way.hops + 1 };
      for (const references of outputs) this.follow(references, { module, key: null }, next);
    }
    // Plan JSON writes `module.m[each.key].out` as `module.m`: any output of a fitting type may be meant.
    const fitting = [...inner.values()].filter(
      ({ address }) => output !== null || way.expected === undefined || isOfType(address, way.expected),
    );
    const unsure = chosen.some((instance) => instance.ambiguous) || (output === null && fitting.length > 1);
    for (const reference of fitting) {
      add(way.found, {
        address: reference.address,
        attribute: output === null ? null : reference.attribute,
        ambiguous: reference.ambiguous || unsure,
      });
    }
  }

  private followInput(name: string, scope: Scope, way: Way): void {
    const { parent, key } = scope.module;
    if (!parent) return;
    const references = this.moduleOf(scope.module)?.inputs.get(name) ?? [];
    this.follow(references, { module: parent, key }, { ...way, hops: way.hops + 1 });
  }

  private moduleOf(instance: ModuleInstance): ConfiguredModule | undefined {
    return this.configuration.modules.get(instance.path);
  }

  private traversal(text: string): Traversal {
    let traversal = this.traversals.get(text);
    if (!traversal) {
      traversal = traversalOf(text);
      this.traversals.set(text, traversal);
    }
    return traversal;
  }
}

/** Instances that a reference can mean: by its key, by the referrer's key where it repeats, else all of them. */
function choose(
  set: InstanceSet,
  key: string | number | null | undefined,
  ownKey: string | number | null | undefined,
): readonly { readonly address: string; readonly ambiguous: boolean }[] {
  const keyed = key !== undefined && key !== null;
  if (typeof set === "string") return keyed ? [] : [{ address: set, ambiguous: false }];
  if (keyed) {
    const address = set.get(key);
    return address === undefined ? [] : [{ address, ambiguous: false }];
  }
  if (ownKey !== undefined && ownKey !== null) {
    const address = set.get(ownKey);
    if (address !== undefined) return [{ address, ambiguous: false }];
  }
  const ambiguous = set.size > 1;
  return [...set.values()].map((address) => ({ address, ambiguous }));
}

/** Each target once; a sure reference outweighs an ambiguous one, two attributes of one target become the whole. */
function add(found: Map<string, Reference>, reference: Reference): void {
  const known = found.get(reference.address);
  if (!known) found.set(reference.address, reference);
  else if (known.attribute !== reference.attribute || known.ambiguous !== reference.ambiguous) {
    found.set(reference.address, {
      address: reference.address,
      attribute: known.attribute === reference.attribute ? known.attribute : null,
      ambiguous: known.ambiguous && reference.ambiguous,
    });
  }
}
