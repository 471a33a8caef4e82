import { Fragment } from 'react';
import { roleDefinitions, type Role } from '../../../../shared/roles/role.ts';
import { formatNumber } from '../parts/format.ts';
import { auditTexts as texts } from './texts.ts';
import { isId, ThingName } from './thing-name.tsx';

/** A value out of an event's details, with names for ids. */
export const DetailValue = ({ value }: { value: unknown }) => {
  if (value === undefined || value === null || value === '') return texts.nothing;
  if (typeof value === 'number') return formatNumber(value);
  if (typeof value === 'string') return <TextValue text={value} />;
  if (!Array.isArray(value)) return JSON.stringify(value);
  return value.map((each: unknown, index) => (
    <Fragment key={index}>
      {index > 0 && ', '}
      <DetailValue value={each} />
    </Fragment>
  ));
};

const TextValue = ({ text }: { text: string }) => {
  if (isId(text)) return <ThingName id={text} />;
  // A role as it is stored: `manager@pool_1`.
  const [role = '', poolId] = text.split('@');
  if (!Object.hasOwn(roleDefinitions, role)) return text;
  return (
    <>
      {roleDefinitions[role as Role].name}
      {poolId !== undefined && (
        <>
          {' · '}
          <ThingName id={poolId} />
        </>
      )}
    </>
  );
};
