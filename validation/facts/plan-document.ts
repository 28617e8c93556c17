// SPDX-License-Identifier: Apache-2.0

/** The part of `terraform show -json` of a plan that is read; `validation/schema/plan.schema.json` holds the same. */
export interface PlanDocument {
  readonly format_version: string;
  readonly terraform_version?: string;
  readonly complete?: boolean;
  readonly errored?: boolean;
  readonly applyable?: boolean;
  readonly variables?: Readonly<Record<string, { readonly value?: unknown }>>;
  readonly configuration: PlanConfiguration;
  readonly resource_drift?: readonly ResourceChange[];
  /** Terraform 1.14 and later: what apply asks providers to do beside making resources. */
  readonly action_invocations?: readonly ActionInvocation[];
  /** Read once, front to back; so a large plan need never be in memory as a whole. */
  readonly resource_changes: Iterable<ResourceChange>;
}

export interface ActionInvocation {
  readonly address: string;
  readonly type: string;
}

export interface ResourceChange {
  readonly address: string;
  readonly previous_address?: string;
  readonly module_address?: string;
  readonly mode: "managed" | "data";
  readonly type: string;
  readonly name: string;
  readonly index?: string | number;
  readonly provider_name?: string;
  readonly deposed?: string;
  readonly change: Change;
}

export interface Change {
  readonly actions: readonly string[];
  readonly before: unknown;
  readonly after: unknown;
  readonly after_unknown?: unknown;
  readonly before_sensitive?: unknown;
  readonly after_sensitive?: unknown;
  readonly importing?: unknown;
}

export interface PlanConfiguration {
  readonly provider_config?: Readonly<Record<string, ProviderConfig>>;
  readonly root_module?: ModuleConfig;
}

export interface ProviderConfig {
  readonly name: string;
  readonly full_name?: string;
  readonly alias?: string;
  readonly version_constraint?: string;
  readonly module_address?: string;
  readonly expressions?: ExpressionBlock;
}

export interface ModuleConfig {
  readonly resources?: readonly ResourceConfig[];
  readonly module_calls?: Readonly<Record<string, ModuleCall>>;
  readonly outputs?: Readonly<Record<string, { readonly expression?: unknown }>>;
  readonly variables?: Readonly<Record<string, { readonly default?: unknown; readonly sensitive?: boolean }>>;
}

export interface ModuleCall {
  readonly source?: string;
  readonly version_constraint?: string;
  readonly expressions?: ExpressionBlock;
  readonly module?: ModuleConfig;
}

export interface ResourceConfig {
  readonly address: string;
  readonly mode: "managed" | "data" | "ephemeral";
  readonly type: string;
  readonly name: string;
  readonly provider_config_key?: string;
  readonly expressions?: ExpressionBlock;
  readonly for_each_expression?: unknown;
  readonly provisioners?: readonly { readonly type: string; readonly expressions?: unknown }[];
}

/** Attribute -> expression, block, or list of blocks. */
export type ExpressionBlock = Readonly<Record<string, unknown>>;
