// SPDX-License-Identifier: Apache-2.0
import { GetNamedQueryCommand, GetWorkGroupCommand, ListTagsForResourceCommand } from "@aws-sdk/client-athena";
import { type Column, GetDatabaseCommand, GetTableCommand, type StorageDescriptor } from "@aws-sdk/client-glue";
import { allPages, identity, type LiveReader, tagsOf, unless } from "./reader";

const NO_GLUE = "EntityNotFoundException";

const database: LiveReader = {
  calls: ["glue:GetDatabase"],
  reads: ["name", "catalog_id", "description", "location_uri", "parameters"],
  async read(resource, { glue }) {
    const command = new GetDatabaseCommand({
      CatalogId: identity(resource, "catalog_id"),
      Name: identity(resource, "name"),
    });
    const found = (await unless(glue.send(command), NO_GLUE))?.Database;
    if (!found) return undefined;
    return {
      name: found.Name,
      catalog_id: found.CatalogId,
      description: found.Description,
      location_uri: found.LocationUri,
      parameters: found.Parameters,
    };
  },
};

const table: LiveReader = {
  calls: ["glue:GetTable"],
  reads: [
    "name",
    "database_name",
    "catalog_id",
    "description",
    "table_type",
    "parameters",
    "partition_keys",
    "storage_descriptor.columns",
    "storage_descriptor.location",
    "storage_descriptor.input_format",
    "storage_descriptor.output_format",
    "storage_descriptor.compressed",
    "storage_descriptor.ser_de_info",
  ],
  async read(resource, { glue }) {
    const command = new GetTableCommand({
      CatalogId: identity(resource, "catalog_id"),
      DatabaseName: identity(resource, "database_name"),
      Name: identity(resource, "name"),
    });
    const found = (await unless(glue.send(command), NO_GLUE))?.Table;
    if (!found) return undefined;
    return {
      name: found.Name,
      database_name: found.DatabaseName,
      catalog_id: found.CatalogId,
      description: found.Description,
      table_type: found.TableType,
      parameters: found.Parameters,
      partition_keys: found.PartitionKeys?.map(columnOf),
      storage_descriptor: storageOf(found.StorageDescriptor),
    };
  },
};

function columnOf({ Name, Type, Comment, Parameters }: Column): Record<string, unknown> {
  return { name: Name, type: Type, comment: Comment, parameters: Parameters };
}

function storageOf(storage: StorageDescriptor | undefined): Record<string, unknown> | undefined {
  if (!storage) return undefined;
  const { Name, Parameters, SerializationLibrary } = storage.SerdeInfo ?? {};
  return {
    columns: storage.Columns?.map(columnOf),
    location: storage.Location,
    input_format: storage.InputFormat,
    output_format: storage.OutputFormat,
    compressed: storage.Compressed ?? false,
    ser_de_info: { name: Name, parameters: Parameters, serialization_library: SerializationLibrary },
  };
}

const workgroup: LiveReader = {
  calls: ["athena:GetWorkGroup", "athena:ListTagsForResource"],
  reads: [
    "name",
    "description",
    "state",
    "configuration.enforce_workgroup_configuration",
    "configuration.publish_cloudwatch_metrics_enabled",
    "configuration.requester_pays_enabled",
    "configuration.bytes_scanned_cutoff_per_query",
    "configuration.result_configuration.output_location",
    "configuration.result_configuration.expected_bucket_owner",
    "configuration.result_configuration.encryption_configuration",
    "configuration.result_configuration.encryption_configuration.encryption_option",
    "configuration.result_configuration.encryption_configuration.kms_key_arn",
    "tags",
    "tags_all",
  ],
  async read(resource, { athena }) {
    const WorkGroup = identity(resource, "name");
    // Athena has no error of its own for "there is none": it is an InvalidRequestException, as every bad request is
    const answer = athena.send(new GetWorkGroupCommand({ WorkGroup })).catch((error: unknown) => {
      if (error instanceof Error && error.name === "InvalidRequestException" && /not found/i.test(error.message))
        return undefined;
      throw error;
    });
    const found = (await answer)?.WorkGroup;
    if (!found) return undefined;
    const { Configuration: configuration } = found;
    const result = configuration?.ResultConfiguration;
    const ResourceARN = identity(resource, "arn");
    const tags = await allPages(async (NextToken) => {
      const page = await athena.send(new ListTagsForResourceCommand({ ResourceARN, NextToken }));
      return { items: page.Tags ?? [], next: page.NextToken };
    });
    return {
      name: found.Name,
      description: found.Description,
      state: found.State,
      configuration: {
        enforce_workgroup_configuration: configuration?.EnforceWorkGroupConfiguration,
        publish_cloudwatch_metrics_enabled: configuration?.PublishCloudWatchMetricsEnabled,
        requester_pays_enabled: configuration?.RequesterPaysEnabled,
        bytes_scanned_cutoff_per_query: configuration?.BytesScannedCutoffPerQuery,
        result_configuration: {
          output_location: result?.OutputLocation,
          expected_bucket_owner: result?.ExpectedBucketOwner,
          encryption_configuration: {
            encryption_option: result?.EncryptionConfiguration?.EncryptionOption,
            kms_key_arn: result?.EncryptionConfiguration?.KmsKey,
          },
        },
      },
      ...tagsOf(tags),
    };
  },
};

const namedQuery: LiveReader = {
  calls: ["athena:GetNamedQuery"],
  reads: ["name", "database", "description", "query", "workgroup"],
  async read(resource, { athena }) {
    const command = new GetNamedQueryCommand({ NamedQueryId: identity(resource, "id") });
    const answer = athena.send(command).catch((error: unknown) => {
      if (error instanceof Error && error.name === "InvalidRequestException" && /not found/i.test(error.message))
        return undefined;
      throw error;
    });
    const found = (await answer)?.NamedQuery;
    if (!found) return undefined;
    return {
      name: found.Name,
      database: found.Database,
      description: found.Description,
      query: found.QueryString,
      workgroup: found.WorkGroup,
    };
  },
};

export const AUDIT_SEARCH_READERS = {
  aws_glue_catalog_database: database,
  aws_glue_catalog_table: table,
  aws_athena_workgroup: workgroup,
  aws_athena_named_query: namedQuery,
} as const;
