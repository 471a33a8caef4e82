import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import { pseudoParameters } from './arn.ts';

export interface Resource {
  /** `<stack>/<logical id>` */
  id: string;
  type: string;
  properties: Record<string, unknown>;
  metadata: Record<string, unknown>;
}

/** The local names of a resource: the values of `Ref` and of each `Fn::GetAtt`. */
export interface Physical {
  ref: string;
  attributes?: Record<string, string>;
}

/** The resources of a synthesized app, with references resolved to their local names. */
export class Template {
  readonly directory: string;
  private readonly raw: Map<string, Resource>;
  private readonly exported: Map<string, { stack: string; value: unknown }>;
  private readonly physical = new Map<string, Physical>();
  private readonly names = new Map<string, string>();

  private constructor(
    directory: string,
    raw: Map<string, Resource>,
    exported: Map<string, { stack: string; value: unknown }>,
  ) {
    this.directory = directory;
    this.raw = raw;
    this.exported = exported;
  }

  static async read(directory: string): Promise<Template> {
    const raw = new Map<string, Resource>();
    const exported = new Map<string, { stack: string; value: unknown }>();
    for (const file of (await readdir(directory)).filter((name) => name.endsWith('.template.json'))) {
      const stack = file.slice(0, -'.template.json'.length);
      const { Resources, Outputs = {} } = JSON.parse(await readFile(path.join(directory, file), 'utf8')) as {
        Resources: Record<
          string,
          { Type: string; Properties?: Record<string, unknown>; Metadata?: Record<string, unknown> }
        >;
        Outputs?: Record<string, { Value: unknown; Export?: { Name: string } }>;
      };
      for (const [logicalId, { Type, Properties = {}, Metadata = {} }] of Object.entries(Resources)) {
        const id = `${stack}/${logicalId}`;
        raw.set(id, { id, type: Type, properties: Properties, metadata: Metadata });
      }
      for (const { Value, Export } of Object.values(Outputs))
        if (Export) exported.set(Export.Name, { stack, value: Value });
    }
    return new Template(directory, raw, exported);
  }

  /** Sets the local names of a resource, so that references to it can be resolved. */
  place(id: string, physical: Physical): void {
    this.physical.set(id, physical);
  }

  /** Replaces a text that the template composes, such as an address, by its local value. */
  rename(text: string, here: string): void {
    this.names.set(text, here);
  }

  idsOf(type: string): string[] {
    return [...this.raw.values()].filter((resource) => resource.type === type).map(({ id }) => id);
  }

  /** All resources of a type, with references resolved. A resource without local names is referred to by its logical id. */
  ofType(type: string): Resource[] {
    return [...this.raw.values()]
      .filter((resource) => resource.type === type)
      .map((resource) => ({
        ...resource,
        properties: this.resolve(resource.properties, resource.id.split('/')[0] ?? '') as Record<string, unknown>,
      }));
  }

  /** The only resource of a type. */
  single(type: string): Resource {
    const [resource, ...others] = this.ofType(type);
    if (!resource || others.length > 0)
      throw new Error(`The template has ${others.length + (resource ? 1 : 0)} of ${type}`);
    return resource;
  }

  private resolve(value: unknown, stack: string): unknown {
    if (Array.isArray(value)) return value.map((part) => this.resolve(part, stack));
    if (typeof value !== 'object' || value === null) return value;
    const entries = Object.entries(value);
    const [intrinsic] = entries;
    if (entries.length === 1 && intrinsic) {
      const [name, argument] = intrinsic;
      switch (name) {
        case 'Ref':
          return this.reference(stack, String(argument));
        case 'Fn::GetAtt':
          return this.attribute(stack, argument as [string, string]);
        case 'Fn::ImportValue':
          return this.imported(String(argument));
        case 'Fn::Join': {
          const [separator, parts] = argument as [string, unknown[]];
          const text = parts.map((part) => String(this.resolve(part, stack))).join(separator);
          return this.names.get(text) ?? text;
        }
        case 'Fn::Sub':
          return String(argument).replace(/\$\{([^}]+)\}/g, (_, reference: string) => this.reference(stack, reference));
      }
    }
    return Object.fromEntries(entries.map(([key, part]) => [key, this.resolve(part, stack)]));
  }

  private reference(stack: string, logicalId: string): string {
    return pseudoParameters[logicalId] ?? this.find(stack, logicalId).ref;
  }

  private attribute(stack: string, [logicalId, name]: [string, string]): string {
    return this.find(stack, logicalId).attributes?.[name] ?? `${logicalId}.${name}`;
  }

  private imported(name: string): unknown {
    const found = this.exported.get(name);
    if (!found) throw new Error(`No stack exports ${name}`);
    return this.resolve(found.value, found.stack);
  }

  private find(stack: string, logicalId: string): Physical {
    return this.physical.get(`${stack}/${logicalId}`) ?? { ref: logicalId };
  }
}
