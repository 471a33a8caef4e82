import { entryOf } from '../../../../shared/open-enum.ts';
import { roleDefinitions, type Role } from '../../../../shared/roles/role.ts';
import { shownAddress } from '../../../../shared/shown-address.ts';
import { formatNumber } from '../parts/format.ts';
import type { AuditEvent } from './audit-event.ts';
import { detailsOf } from './event-details.ts';
import { sentences } from './sentences.ts';
import { auditTexts as texts, detailTexts } from './texts.ts';

/** A piece of a text about an event: plain text, or a thing by its id and name. The screen makes users links to their pages. */
export type Part = string | { id: string; name: string };

type Names = AuditEvent['names'];

/** The plain text of a line, for files. */
export const textOf = (line: readonly Part[]): string =>
  line.map((part) => (typeof part === 'string' ? part : part.name)).join('');

/** Who did what to whom, in plain English. */
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

/** The details of an event: a label, and lines of text for its value. For a change, the values before and after. */
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

/** A value of an event’s details, with names instead of ids. It has one line, unless it is a list of values by name. */
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

/** Whether a value is an object whose fields are ids of something with a name, like the roles of each invitation. */
const isByName = (value: object, names: Names): value is Record<string, unknown> =>
  Object.keys(value).length > 0 && Object.keys(value).every((id) => Object.hasOwn(names, id));

const textParts = (text: string, names: Names): Part[] => {
  // A tag may have the name of a property that every object inherits.
  if (Object.hasOwn(names, text)) return [thing(text, names)];
  // A role as it is stored: `manager@pool_1`.
  const [role = '', poolId] = text.split('@');
  if (!Object.hasOwn(roleDefinitions, role)) return [shownAddress(text)];
  const { name } = roleDefinitions[role as Role];
  return poolId === undefined ? [name] : [`${name} · `, thing(poolId, names)];
};

/** A thing by its name, or by its id if the name is gone. An invitation is named by its address. */
const thing = (id: string, names: Names): Part => ({ id, name: shownAddress(names[id] ?? id) });
