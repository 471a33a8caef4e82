import * as z from 'zod';
import type { Member } from '../actor.ts';
import { authorize } from '../roles/authorize.ts';
import type { Action } from '../roles/matrix.ts';
import { hiddenFields, type HiddenKind } from './hidden-fields.ts';

/** Whoever may invite works with addresses, so nothing is hidden from them. */
const seesAddresses: Action = 'invite_users';

/** Whether the organization hides addresses from the caller. */
export const hidesAddresses = ({ organization, assignments }: Pick<Member, 'organization' | 'assignments'>): boolean =>
  organization.hideAddresses === true && !authorize(assignments, seesAddresses).allowed;

/** A name as those from whom addresses are hidden see it. */
export const visibleName = (name: string): string =>
  /^[^\s@]+@[^\s@]+$/.test(name) ? name.slice(0, name.indexOf('@')) : name;

/** What a response schema says about a value: a hidden field, or the plans of the parts that contain hidden fields. */
type Plan =
  | { type: 'hidden'; kind: HiddenKind; optional: boolean }
  | { type: 'object'; fields: [name: string, plan: Plan][] }
  | { type: 'each'; plan: Plan };

const plans = new WeakMap<z.ZodType, Plan | 'nothing'>();

/** The plan of a schema; undefined if it has no hidden fields. It is made once, because responses have many fields. */
const planOf = (schema: z.ZodType): Plan | undefined => {
  const known = plans.get(schema) ?? makePlan(schema) ?? 'nothing';
  plans.set(schema, known);
  return known === 'nothing' ? undefined : known;
};

const makePlan = (schema: z.ZodType): Plan | undefined => {
  const marked = hiddenFields.get(schema);
  if (marked) return { type: 'hidden', kind: marked.kind, optional: false };
  if (schema instanceof z.ZodOptional) {
    const inner = planOf(schema.unwrap() as z.ZodType);
    return inner?.type === 'hidden' ? { ...inner, optional: true } : inner;
  }
  if (schema instanceof z.ZodArray) return each(planOf(schema.element as z.ZodType));
  if (schema instanceof z.ZodRecord) return each(planOf(schema.valueType as z.ZodType));
  if (!(schema instanceof z.ZodObject)) return undefined;
  const fields = Object.entries(schema.shape as Record<string, z.ZodType>).flatMap(
    ([name, field]): [string, Plan][] => {
      const plan = planOf(field);
      return plan ? [[name, plan]] : [];
    },
  );
  return fields.length > 0 ? { type: 'object', fields } : undefined;
};

const each = (plan: Plan | undefined): Plan | undefined => plan && { type: 'each', plan };

/** A value as the caller may see it. Values without hidden fields are returned as they are. */
export const withoutHidden = <T>(schema: z.ZodType, value: T, caller: Pick<Member, 'userId' | 'email'>): T => {
  const plan = planOf(schema);
  return plan ? (hide(plan, value, caller) as T) : value;
};

type Fields = Record<string, unknown>;

const hide = (plan: Plan, value: unknown, caller: Pick<Member, 'userId' | 'email'>): unknown => {
  if (value === undefined || value === null) return value;
  if (plan.type === 'hidden') return hidden(plan, z.string().parse(value), caller);
  if (plan.type === 'each')
    return Array.isArray(value)
      ? value.map((item) => hide(plan.plan, item, caller))
      : Object.fromEntries(Object.entries(value).map(([key, item]) => [key, hide(plan.plan, item, caller)]));
  const object = value as Fields;
  const isOwn = object.id === caller.userId;
  const changed = plan.fields.flatMap(([name, field]): [string, unknown][] =>
    name in object && !(isOwn && field.type === 'hidden') ? [[name, hide(field, object[name], caller)]] : [],
  );
  const result = { ...object, ...Object.fromEntries(changed) };
  for (const [name, shown] of changed) if (shown === undefined) delete result[name];
  return result;
};

const hidden = (
  { kind, optional }: Extract<Plan, { type: 'hidden' }>,
  text: string,
  { email }: Pick<Member, 'email'>,
): string | undefined => {
  if (kind === 'name') return visibleName(text);
  if (kind === 'address' && text === email) return text;
  return kind === 'address' && !optional ? '' : undefined;
};
