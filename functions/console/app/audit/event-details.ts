import { entryOf } from '../../../../shared/open-enum.ts';
import type { AuditAction, AuditEvent } from './audit-event.ts';

interface Detail {
  field: string;
  before?: unknown;
  /** The value of the field; for a change, the value after the change. */
  value: unknown;
}

type Fields = Record<string, unknown>;

const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The changed field for actions whose events store only the values before and after the change, without a field name. */
const changedField: Partial<Record<AuditAction, string>> = {
  user_renamed: 'name',
  user_account_changed: 'account',
  user_address_changed: 'email',
  roles_changed: 'roles',
  service_account_roles_changed: 'roles',
};

/** Merges the settings of a policy into the other fields, because events store them one level deeper. */
const flat = ({ content, ...rest }: Fields): Fields => (isFields(content) ? { ...rest, ...content } : rest);

/** The details of an event, field by field. For a change, only the fields that differ. */
export const detailsOf = ({ details = {}, action }: AuditEvent): Detail[] => {
  const { before, after, ...rest } = details;
  const given = Object.entries(rest).map(([field, value]) => ({ field, value }));
  if (before === undefined && after === undefined) return given;
  if (!isFields(before) || !isFields(after))
    return [...given, { field: entryOf(changedField, action) ?? action, before, value: after }];
  const [old, now] = [flat(before), flat(after)];
  const differing = [...new Set([...Object.keys(old), ...Object.keys(now)])].filter(
    (field) => JSON.stringify(old[field]) !== JSON.stringify(now[field]),
  );
  return [...given, ...differing.map((field) => ({ field, before: old[field], value: now[field] }))];
};
