import { Fragment } from 'react';
import { roleDefinitions, type Role } from '../../../../shared/roles/role.ts';
import { shownAddress } from '../../../../shared/shown-address.ts';
import { formatNumber } from '../parts/format.ts';
import type { AuditEvent } from './audit-event.ts';
import { auditTexts as texts } from './texts.ts';
import { ThingName } from './thing-name.tsx';

/** A value out of an event's details, with names for ids. */
export const DetailValue = ({ value, names }: { value: unknown; names: AuditEvent['names'] }) => {
  if (value === undefined || value === null || value === '') return texts.nothing;
  if (typeof value === 'number') return formatNumber(value);
  if (typeof value === 'string') return <TextValue text={value} names={names} />;
  if (isByName(value, names)) return <ValuesByName values={value} names={names} />;
  if (!Array.isArray(value)) return JSON.stringify(value);
  return value.map((each: unknown, index) => (
    <Fragment key={index}>
      {index > 0 && ', '}
      <DetailValue value={each} names={names} />
    </Fragment>
  ));
};

/** Whether a value is an object whose fields are ids of something with a name, like the roles of each invite. */
const isByName = (value: object, names: AuditEvent['names']): value is Record<string, unknown> =>
  !Array.isArray(value) && Object.keys(value).length > 0 && Object.keys(value).every((id) => Object.hasOwn(names, id));

const ValuesByName = ({ values, names }: { values: Record<string, unknown>; names: AuditEvent['names'] }) =>
  Object.entries(values).map(([id, value]) => (
    <div key={id}>
      <ThingName id={id} names={names} />
      {': '}
      <DetailValue value={value} names={names} />
    </div>
  ));

const TextValue = ({ text, names }: { text: string; names: AuditEvent['names'] }) => {
  // A tag may have the name of a property that every object inherits.
  if (Object.hasOwn(names, text)) return <ThingName id={text} names={names} />;
  // A role as it is stored: `manager@pool_1`.
  const [role = '', poolId] = text.split('@');
  if (!Object.hasOwn(roleDefinitions, role)) return shownAddress(text);
  return (
    <>
      {roleDefinitions[role as Role].name}
      {poolId !== undefined && (
        <>
          {' · '}
          <ThingName id={poolId} names={names} />
        </>
      )}
    </>
  );
};
