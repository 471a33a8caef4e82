import { expect, test } from 'vitest';
import { changedOrganizations } from '../../functions/events/changed-organizations.ts';
import { keys } from '../../shared/table/keys.ts';
import type { Key } from '../../shared/table/write.ts';

const record = ({ pk, sk }: Key, image: Record<string, string>) => ({
  eventName: 'INSERT',
  dynamodb: {
    Keys: { pk: { S: pk }, sk: { S: sk } },
    NewImage: Object.fromEntries(Object.entries(image).map(([name, S]) => [name, { S }])),
  },
});
const removal = (organizationId: string) =>
  record(keys.auditEvent(organizationId, 'evt_1'), { action: 'user_removed' });

test('each organization whose totals a record of the stream may have changed is counted once', () => {
  const records = [
    removal('org_b'),
    removal('org_a'),
    removal('org_b'),
    record(keys.auditEvent('org_c', 'evt_1'), { action: 'settings_changed' }),
    record(keys.invite('org_d', 'inv_1'), { wake: '2026-11-23T12:00:00.000Z', action: 'user_removed' }),
    { eventName: 'REMOVE', dynamodb: { Keys: { pk: { S: 'org_e#audit' }, sk: { S: 'evt_1' } } } },
  ];
  expect(changedOrganizations({ Records: records })).toEqual(['org_b', 'org_a']);
});

test.each([[{ source: 'aws.events' }], [undefined], [{ Records: 'none' }]])('%j reports no change', (event) => {
  expect(changedOrganizations(event)).toEqual([]);
});
