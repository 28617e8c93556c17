// SPDX-License-Identifier: Apache-2.0
import { stepsOf } from "./traversal";

/** Addresses of a resource or module under one parent instance, by instance key; most have one instance without a key. */
export type InstanceSet = string | ReadonlyMap<string | number | null, string>;

type Keyed = Map<string | number | null, string>;

/** A module instance: its address with keys, its path without, its own key, its parent. */
export interface ModuleInstance {
  readonly address: string;
  readonly path: string;
  readonly key: string | number | null;
  readonly parent: ModuleInstance | null;
}

export const ROOT: ModuleInstance = { address: "", path: "", key: null, parent: null };

/** Which instances of each resource and each module a plan holds. */
export class Instances {
  private readonly resources = new Map<string, string | Keyed>();
  private readonly modules = new Map<string, string | Keyed>();
  private readonly byAddress = new Map<string, ModuleInstance>([["", ROOT]]);

  add(module: ModuleInstance, base: string, key: string | number | null, address: string): void {
    addInstance(this.resources, within(module.address, base), key, address);
  }

  /** Instances of `type.name` (or `data.type.name`) in a module instance. */
  ofResource(module: ModuleInstance, base: string): InstanceSet | undefined {
    return this.resources.get(within(module.address, base));
  }

  /** Addresses of the instances of a called module. */
  ofModule(parent: ModuleInstance, name: string): InstanceSet | undefined {
    return this.modules.get(within(parent.address, `module.${name}`));
  }

  /** The module instance of a `module_address`, registered with its parents on first sight. */
  module(address: string): ModuleInstance {
    const known = this.byAddress.get(address);
    if (known) return known;
    let parent = ROOT;
    const steps = stepsOf(address) ?? [];
    for (let at = 1; at < steps.length; at += 2) {
      const named = steps[at]!;
      const name = "name" in named ? named.name : "";
      const keyed = steps[at + 1];
      const key = keyed && "key" in keyed ? keyed.key : null;
      if (keyed && "key" in keyed) at++;
      parent = this.child(parent, name, key);
    }
    this.byAddress.set(address, parent);
    return parent;
  }

  private child(parent: ModuleInstance, name: string, key: string | number | null): ModuleInstance {
    const base = within(parent.address, `module.${name}`);
    const suffix = key === null ? "" : typeof key === "number" ? `[${key}]` : `[${JSON.stringify(key)}]`;
    const address = `${base}${suffix}`;
    const known = this.byAddress.get(address);
    if (known) return known;
    const instance = { address, path: within(parent.path, `module.${name}`), key, parent };
    this.byAddress.set(address, instance);
    addInstance(this.modules, base, key, address);
    return instance;
  }
}

function addInstance(
  sets: Map<string, string | Keyed>,
  block: string,
  key: string | number | null,
  address: string,
): void {
  const known = sets.get(block);
  if (typeof known === "object") known.set(key, address);
  else if (known !== undefined)
    sets.set(block, new Map<string | number | null, string>([[null, known]]).set(key, address));
  else sets.set(block, key === null ? address : new Map([[key, address]]));
}

function within(module: string, name: string): string {
  return module === "" ? name : `${module}.${name}`;
}
