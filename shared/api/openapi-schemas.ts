import * as z from 'zod';
import { capitalized } from '../asset-kinds.ts';
import { describeProperty } from '../docs/field-descriptions.ts';

export type Json = Record<string, unknown>;
export type Io = 'input' | 'output';

/**
 * The named schemas of the document. Every object becomes one: under the id of its schema if it has one, otherwise under the name
 * of its place, such as `InviteUsersRequest` and `InviteUsersResult`. Generators name their classes after them.
 */
export class Components {
  readonly schemas: Record<string, Json> = {};

  /** Converts a schema. `name`: the name that an object or a union gets unless its schema has an id. */
  schema(schema: z.ZodType, io: Io, name: string): Json {
    const { $schema: _, $defs, ...json } = z.toJSONSchema(schema, { io, unrepresentable: 'any', override }) as Json;
    for (const [id, definition] of Object.entries(($defs ?? {}) as Record<string, Json>))
      this.add(id, this.convert(definition, io, id));
    return this.part(json, io, name);
  }

  /** Adds a named schema, and returns a reference to it. Two different schemas cannot have the same name. */
  add(name: string, schema: Json): Json {
    const named = { title: titleOf(name), ...schema };
    const known = this.schemas[name];
    if (known && JSON.stringify(known) !== JSON.stringify(named)) throw new Error(`Two schemas are named ${name}.`);
    this.schemas[name] = named;
    return { $ref: `${prefix}${name}` };
  }

  /** All schemas by name. Each union has a discriminator: the property whose value tells generators which schema applies. */
  all(): Record<string, Json> {
    return Object.fromEntries(
      Object.entries(this.schemas).map(([name, schema]) => [name, { ...schema, ...this.discriminator(schema) }]),
    );
  }

  private part(json: Json, io: Io, name: string): Json {
    const converted = this.convert(json, io, name);
    return 'properties' in converted || 'oneOf' in converted ? this.add(name, converted) : converted;
  }

  private convert(json: Json, io: Io, place: string): Json {
    const { properties, items, additionalProperties, propertyNames, oneOf, anyOf, $ref, open, ...rest } =
      json as Converted;
    return {
      ...($ref !== undefined && { $ref: $ref.replace('#/$defs/', prefix) }),
      ...(open ? openValues(rest) : withPortableBounds(rest)),
      ...(properties && {
        properties: Object.fromEntries(
          Object.entries(properties).map(([name, schema]) => [
            name,
            {
              ...this.part(schema, io, `${stem(place)}${capitalized(name)}`),
              ...describeProperty(io, place, name, schema.description),
            },
          ]),
        ),
      }),
      ...(items && { items: this.part(items, io, singular(place)) }),
      // Responses may gain fields, so their schemas stay open.
      ...(additionalProperties === false && io === 'input' && { additionalProperties }),
      ...(typeof additionalProperties === 'object' && {
        additionalProperties: this.part(additionalProperties, io, place),
      }),
      ...(propertyNames &&
        Object.keys(propertyNames).length > 1 && { propertyNames: this.part(propertyNames, io, place) }),
      ...(oneOf && { oneOf: oneOf.map((member) => this.part(member, io, place)) }),
      ...(anyOf && withoutNull(anyOf.map((member) => this.part(member, io, place)))),
    };
  }

  private discriminator({ oneOf }: Converted): Json {
    if (!oneOf) return {};
    const members = oneOf.map(({ $ref }): [string, Record<string, string>] => [
      String($ref),
      constantsOf(this.schemas[String($ref).slice(prefix.length)]),
    ]);
    const propertyName = Object.keys(members[0]?.[1] ?? {})[0] ?? '';
    const mapping = Object.fromEntries(members.map(([reference, constants]) => [constants[propertyName], reference]));
    return { discriminator: { propertyName, mapping } };
  }
}

interface Converted extends Json {
  properties?: Record<string, Json>;
  items?: Json;
  additionalProperties?: Json | boolean;
  propertyNames?: Json;
  oneOf?: Json[];
  anyOf?: Json[];
  /** Whether later versions may add values to its `enum`. */
  open?: boolean;
  $ref?: string;
}

const prefix = '#/components/schemas/';

/** An open enum: generators create a type of the known values from it, and their clients also accept any other text. */
const openValues = ({ type, enum: values, ...rest }: Json): Json => ({
  ...rest,
  anyOf: [{ type, enum: values }, { type }],
});

/** Makes patterns portable, and removes the bounds ±2^53, which Zod adds to every integer that has no other bounds. */
const withPortableBounds = ({ minimum, maximum, pattern, ...rest }: Json): Json => ({
  ...rest,
  ...(minimum !== undefined && minimum !== Number.MIN_SAFE_INTEGER && { minimum }),
  ...(maximum !== undefined && maximum !== Number.MAX_SAFE_INTEGER && { maximum }),
  // The pattern of a date only repeats its format.
  ...(typeof pattern === 'string' && rest.format === undefined && { pattern: portablePattern(pattern) }),
});

/**
 * Returns a pattern that ECMAScript, Python, Go and Java interpret alike, and that accepts every text that the given pattern
 * accepts. In a negated character class, it keeps only ASCII and control characters. Only the server excludes the others, as the
 * description states.
 */
export const portablePattern = (pattern: string): string =>
  pattern
    .replaceAll(/\[\^(?:\\p\{\w+\}|\\u[0-9a-f]{4}|-)+\]/g, (excluded) =>
      excluded.includes('\\p{Cc}') ? '[^\\x00-\\x1f\\x7f-\\x9f]' : excluded,
    )
    .replaceAll(/(\[?)\\w/g, (_, bracket: string) => (bracket ? '[A-Za-z0-9_' : '[A-Za-z0-9_]'));

/** Expresses a union of a schema and `null` as one schema with two types, unless the schema is a reference. */
const withoutNull = (members: Json[]): Json => {
  const others = members.filter(({ type }) => type !== 'null');
  const [only] = others;
  if (others.length !== 1 || !only || others.length === members.length) return { anyOf: members };
  return '$ref' in only ? { anyOf: members } : { ...only, type: [only.type, 'null'] };
};

/** The name of the schema of a list's items: the items of `InviteUsersResults` have the schema `InviteUsersResult`. */
const singular = (name: string): string => name.replace(/s$/, '');

/** Shortens `InviteUsersResponse` to `InviteUsers`, so that the schema of its results is named `InviteUsersResult`. */
const stem = (place: string): string => place.replace(/(Request|Response)$/, '');

/** The title of a schema: “Invite users request” for `InviteUsersRequest`. */
const titleOf = (name: string): string => {
  const words = name.replace(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
};

/** The properties of a schema that have only one value, and that value. */
const constantsOf = (schema: Json | undefined): Record<string, string> =>
  Object.fromEntries(
    Object.entries((schema?.properties ?? {}) as Record<string, { const?: string }>).flatMap(([name, property]) =>
      property.const === undefined ? [] : [[name, property.const]],
    ),
  );

const override = ({ jsonSchema }: { jsonSchema: Json }): void => {
  delete jsonSchema.id;
  const described = (jsonSchema.anyOf as Json[] | undefined)?.filter((each) => !('undescribed' in each));
  if (described?.length === 1) {
    delete jsonSchema.anyOf;
    Object.assign(jsonSchema, described[0]);
  }
};
