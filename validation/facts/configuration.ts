// SPDX-License-Identifier: Apache-2.0
import { argumentsOf, referencesOf } from "./expressions";
import type { ExpressionBlock, ModuleConfig, PlanConfiguration, ResourceConfig } from "./plan-document";

/** A module of the configuration; instances of it share this. */
export interface ConfiguredModule {
  /** `module.a.module.b`; "" for the root. */
  readonly path: string;
  readonly parent: ConfiguredModule | null;
  readonly source: string | null;
  readonly version: string | null;
  /** Input name -> references of its expression, in the scope of the parent. */
  readonly inputs: ReadonlyMap<string, readonly string[]>;
  /** Input name -> constant, where the call gives one. */
  readonly inputConstants: ReadonlyMap<string, unknown>;
  readonly outputs: ReadonlyMap<string, readonly string[]>;
  readonly calls: ReadonlyMap<string, ConfiguredModule>;
  /** By `type.name` or `data.type.name`. */
  readonly resources: ReadonlyMap<string, ResourceConfig>;
}

export interface Configuration {
  readonly root: ConfiguredModule;
  /** By path. */
  readonly modules: ReadonlyMap<string, ConfiguredModule>;
}

/** Configuration of a plan with its modules as a tree. */
export function readConfiguration(configuration: PlanConfiguration): Configuration {
  const modules = new Map<string, ConfiguredModule>();
  const root = readModule(configuration.root_module ?? {}, "", null, { source: null, version: null }, undefined);
  return { root, modules };

  function readModule(
    config: ModuleConfig,
    path: string,
    parent: ConfiguredModule | null,
    origin: { source: string | null; version: string | null },
    call: ExpressionBlock | undefined,
  ): ConfiguredModule {
    const inputs = new Map<string, readonly string[]>();
    const inputConstants = new Map<string, unknown>();
    for (const { path: input, references, constant } of argumentsOf(call)) {
      inputs.set(input, references);
      if (constant !== undefined) inputConstants.set(input, constant);
    }
    const calls = new Map<string, ConfiguredModule>();
    const outputs = new Map<string, readonly string[]>();
    const module: ConfiguredModule = {
      path,
      parent,
      ...origin,
      inputs,
      inputConstants,
      outputs,
      calls,
      resources: new Map(config.resources?.map((resource) => [resource.address, resource])),
    };
    modules.set(path, module);
    for (const [name, output] of Object.entries(config.outputs ?? {})) {
      outputs.set(name, referencesOf(output.expression));
    }
    for (const [name, call] of Object.entries(config.module_calls ?? {})) {
      const childPath = path === "" ? `module.${name}` : `${path}.module.${name}`;
      const childOrigin = { source: call.source ?? null, version: call.version_constraint ?? null };
      calls.set(name, readModule(call.module ?? {}, childPath, module, childOrigin, call.expressions));
    }
    return module;
  }
}
