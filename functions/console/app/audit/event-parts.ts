import { entryOf } from '../../../../shared/open-enum.ts';
import { roleDefinitions, type Role } from '../../../../shared/roles/role.ts';
import { shownAddress } from '../../../../shared/shown-address.ts';
import { formatNumber } from '../parts/format.ts';
import type { AuditEvent } from './audit-event.ts';
import { detailsOf } from './event-details.ts';
import { sentences } from './sentences.ts';
import { auditTexts as texts, detailTexts } from './texts.ts';

/** A piece of a text about an event: plain text, or an object with its id and name, so that `PartsText` can show users as links. */
export type Part = string | { id: string; name: string };

type Names = AuditEvent['names'];

/** The plain text of a line, for exported files. */
export const textOf = (line: readonly Part[]): string =>
  line.map((part) => (typeof part === 'string' ? part : part.name)).join('');

/** The sentence that says who did what to whom. */
export const sentenceParts = (event: AuditEvent): Part[] =>
  (entryOf(sentences, event.action) ?? texts.unknownEvent)
    .split(/\{(\w+)\}/)
    .flatMap((part, index): Part[] => (index % 2 === 0 ? [part] : fill(part, event)));

const fill = (placeholder: string, { actor, targets, names, details, action }: AuditEvent): Part[] => {
  const [target = '', second = ''] = targets;
  switch (placeholder) {
    case 'actor':
      return [actor ?? texts.nobody];
    case 'target':
      return [thing(target, names)];
    case 'action':
      return [action];
    case 'second':
      return [thing(second, names)];
    case 'targets':
      if (targets.length === 1) return [thing(target, names)];
      return [texts.many(targets.length, action === 'invites_created' ? texts.people : texts.resources)];
    default:
      return valueLines(details?.[placeholder], names).flat();
  }
};

/** The details of an event. Each has a label and lines of text for its value, or for the values before and after a change. */
export const detailLines = (event: AuditEvent): { label: string; lines: Part[][] }[] =>
  detailsOf(event).map((detail) => {
    const value = valueLines(detail.value, event.names);
    const [first = [], ...others] = value;
    return {
      label: entryOf(detailTexts, detail.field) ?? detail.field,
      lines:
        'before' in detail
          ? [[`${texts.was} `, ...valueLines(detail.before, event.names).flat(), `${texts.now} `, ...first], ...others]
          : value,
    };
  });

/** Formats a value of an event’s details, with names instead of ids. An object whose keys are ids has one line per key, any other value one line. */
export const valueLines = (value: unknown, names: Names): Part[][] => {
  if (value === undefined || value === null || value === '') return [[texts.nothing]];
  if (typeof value === 'number') return [[formatNumber(value)]];
  if (typeof value === 'string') return [textParts(value, names)];
  if (Array.isArray(value)) {
    const items = value.map((each: unknown) => valueLines(each, names).flat());
    return [items.flatMap((item, index): Part[] => (index === 0 ? item : [', ', ...item]))];
  }
  return isByName(value, names)
    ? Object.entries(value).map(([id, each]) => [thing(id, names), ': ', ...valueLines(each, names).flat()])
    : [[JSON.stringify(value)]];
};

/** Whether all keys of an object are ids with names, for example ids of invitations whose roles are the values. */
const isByName = (value: object, names: Names): value is Record<string, unknown> =>
  Object.keys(value).length > 0 && Object.keys(value).every((id) => Object.hasOwn(names, id));

const textParts = (text: string, names: Names): Part[] => {
  // `in` would also find what every object inherits: a tag may be named `constructor`.
  if (Object.hasOwn(names, text)) return [thing(text, names)];
  // Roles are stored as `manager@pool_1`.
  const [role = '', poolId] = text.split('@');
  if (!Object.hasOwn(roleDefinitions, role)) return [shownAddress(text)];
  const { name } = roleDefinitions[role as Role];
  return poolId === undefined ? [name] : [`${name} · `, thing(poolId, names)];
};

/** An object with its name. The name of an invitation is its address. If an object has no name any more, its id is shown. */
const thing = (id: string, names: Names): Part => ({ id, name: shownAddress(names[id] ?? id) });
