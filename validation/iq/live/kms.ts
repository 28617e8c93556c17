// SPDX-License-Identifier: Apache-2.0
import {
  DescribeKeyCommand,
  GetKeyPolicyCommand,
  GetKeyRotationStatusCommand,
  type KMSClient,
  ListAliasesCommand,
  ListResourceTagsCommand,
} from "@aws-sdk/client-kms";
import { allPages, identity, type LiveReader, tagsOf, unless } from "./reader";

const key: LiveReader = {
  calls: ["kms:DescribeKey", "kms:GetKeyRotationStatus", "kms:GetKeyPolicy", "kms:ListResourceTags"],
  reads: [
    "description",
    "is_enabled",
    "enable_key_rotation",
    "rotation_period_in_days",
    "customer_master_key_spec",
    "key_usage",
    "custom_key_store_id",
    "multi_region",
    "policy",
    "tags",
    "tags_all",
  ],
  async read(resource, { kms }) {
    const KeyId = identity(resource, "key_id");
    const described = await unless(kms.send(new DescribeKeyCommand({ KeyId })), "NotFoundException");
    const metadata = described?.KeyMetadata;
    if (!metadata) return undefined;
    // KMS refuses the question for keys that cannot rotate: asymmetric and HMAC keys
    const status = kms.send(new GetKeyRotationStatusCommand({ KeyId }));
    const rotation = await unless(status, "UnsupportedOperationException");
    const { Policy } = await kms.send(new GetKeyPolicyCommand({ KeyId, PolicyName: "default" }));
    return {
      description: metadata.Description,
      is_enabled: metadata.Enabled,
      enable_key_rotation: rotation?.KeyRotationEnabled ?? false,
      rotation_period_in_days: rotation?.RotationPeriodInDays,
      customer_master_key_spec: metadata.KeySpec,
      key_usage: metadata.KeyUsage,
      custom_key_store_id: metadata.CustomKeyStoreId,
      multi_region: metadata.MultiRegion ?? false,
      policy: Policy,
      ...tagsOf(await keyTags(kms, KeyId)),
    };
  },
};

async function keyTags(kms: KMSClient, KeyId: string): Promise<{ Key?: string; Value?: string }[]> {
  const tags = await allPages(async (Marker) => {
    const page = await kms.send(new ListResourceTagsCommand({ KeyId, Marker }));
    return { items: page.Tags ?? [], next: page.Truncated ? page.NextMarker : undefined };
  });
  return tags.map(({ TagKey = "", TagValue = "" }) => ({ Key: TagKey, Value: TagValue }));
}

const alias: LiveReader = {
  calls: ["kms:ListAliases"],
  reads: ["name", "target_key_id"],
  async read(resource, { kms }) {
    const name = identity(resource, "name");
    const aliases = await allPages(async (Marker) => {
      const page = await kms.send(new ListAliasesCommand({ Marker }));
      return { items: page.Aliases ?? [], next: page.Truncated ? page.NextMarker : undefined };
    });
    const found = aliases.find(({ AliasName }) => AliasName === name);
    return found && { name: found.AliasName, target_key_id: found.TargetKeyId };
  },
};

const keyPolicy: LiveReader = {
  calls: ["kms:GetKeyPolicy"],
  reads: ["key_id", "policy"],
  async read(resource, { kms }) {
    const KeyId = identity(resource, "key_id");
    const found = await unless(
      kms.send(new GetKeyPolicyCommand({ KeyId, PolicyName: "default" })),
      "NotFoundException",
    );
    return found && { key_id: KeyId, policy: found.Policy };
  },
};

export const KMS_READERS = { aws_kms_key: key, aws_kms_key_policy: keyPolicy, aws_kms_alias: alias } as const;
