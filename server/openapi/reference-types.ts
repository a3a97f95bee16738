import type { JsonSchema } from './types.js';

/** A type in words, and the named schema it leads to. */
export interface TypeInWords {
  readonly text: string;
  readonly link?: string;
}

/** One field of a named schema; fields within fields have dotted names. */
export interface SchemaField {
  readonly field: string;
  readonly required: boolean;
  readonly type: TypeInWords;
}

/** The fields of a schema, those of nested objects among them. */
export function schemaFields(schema: JsonSchema, prefix = ''): SchemaField[] {
  const properties = Object.entries((schema['properties'] ?? {}) as Record<string, JsonSchema>);
  const required = (schema['required'] ?? []) as readonly string[];
  return properties.flatMap(([name, property]) => {
    const field = prefix + name;
    return [
      { field, required: required.includes(name), type: typeOf(property) },
      ...('properties' in property ? schemaFields(property, `${field}.`) : []),
    ];
  });
}

/** What a value may be, in a few words. */
export function typeOf(schema: JsonSchema): TypeInWords {
  const { $ref, anyOf, items, type, additionalProperties } = schema as {
    $ref?: string;
    anyOf?: JsonSchema[];
    items?: JsonSchema;
    type?: string | string[];
    additionalProperties?: JsonSchema | boolean;
  };
  if ($ref !== undefined) {
    const name = $ref.split('/').at(-1) ?? '';
    return { text: name, link: name };
  }
  if (anyOf !== undefined) return together(anyOf.map(typeOf), ' or ');
  if ('enum' in schema) {
    const values = (schema['enum'] as unknown[]).map(String);
    return { text: `one of ${values.join(', ')}` };
  }
  if (type === 'array') return together([typeOf(items ?? {})], '', 'list of ', limits(schema));
  if (typeof additionalProperties === 'object' && Object.keys(additionalProperties).length > 0) {
    return together([typeOf(additionalProperties)], '', 'by name: ');
  }
  const names = (Array.isArray(type) ? type : [type ?? 'anything']).join(' or ');
  const format = typeof schema['format'] === 'string' ? ` (${schema['format']})` : '';
  return { text: `${names}${format}${limits(schema)}` };
}

function together(types: readonly TypeInWords[], between: string, before = '', after = ''): TypeInWords {
  const link = types.find((type) => type.link !== undefined)?.link;
  const text = before + types.map((type) => type.text).join(between) + after;
  return { text, ...(link !== undefined && { link }) };
}

function limits(schema: JsonSchema): string {
  const { minimum, maximum, maxLength, maxItems } = schema as Record<string, number | undefined>;
  if (minimum !== undefined && maximum !== undefined) return `, ${minimum} to ${maximum}`;
  if (maxLength !== undefined) return `, at most ${maxLength} characters`;
  return maxItems === undefined ? '' : `, at most ${maxItems}`;
}
