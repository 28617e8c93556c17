// SPDX-License-Identifier: Apache-2.0

interface Tag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

interface FilterParts {
  readonly Prefix?: string | undefined;
  readonly ObjectSizeGreaterThan?: number | undefined;
  readonly ObjectSizeLessThan?: number | undefined;
}

/** Filter of a lifecycle, replication or metrics rule, as S3 gives it. */
interface S3Filter extends FilterParts {
  readonly Tag?: Tag | undefined;
  readonly And?: (FilterParts & { readonly Tags?: readonly Tag[] | undefined }) | undefined;
}

/** The same as the provider's `filter` block. */
export function filterOf(filter: S3Filter | undefined): Record<string, unknown> | undefined {
  if (!filter) return undefined;
  const { Tag: tag, And: and } = filter;
  return {
    ...partsOf(filter),
    tag: tag && { key: tag.Key, value: tag.Value },
    and: and && {
      ...partsOf(and),
      tags: Object.fromEntries((and.Tags ?? []).map(({ Key = "", Value = "" }) => [Key, Value])),
    },
  };
}

function partsOf({ Prefix, ObjectSizeGreaterThan, ObjectSizeLessThan }: FilterParts): Record<string, unknown> {
  return {
    prefix: Prefix,
    object_size_greater_than: ObjectSizeGreaterThan,
    object_size_less_than: ObjectSizeLessThan,
  };
}
