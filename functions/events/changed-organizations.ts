import * as z from 'zod';
import { isKnown } from '../../shared/open-enum.ts';
import { isAuditEvent, organizationOfPartition } from '../../shared/table/keys.ts';
import { countedActions } from '../../shared/totals/counted-actions.ts';

const text = z.object({ S: z.string() });
const record = z.object({
  dynamodb: z.object({ Keys: z.object({ pk: text, sk: text }), NewImage: z.object({ action: text }) }),
});
const batch = z.object({ Records: z.array(z.unknown()) });

/**
 * The organizations whose totals the records of the stream have changed, without duplicates. Other records only wake the worker,
 * and an event of the schedule has no records.
 */
export const changedOrganizations = (event: unknown): string[] => {
  const records = batch.safeParse(event).data?.Records ?? [];
  const changed = records.flatMap((each) => {
    const { Keys, NewImage } = record.safeParse(each).data?.dynamodb ?? {};
    if (!Keys || !NewImage || !isAuditEvent({ pk: Keys.pk.S, sk: Keys.sk.S })) return [];
    return isKnown(countedActions, NewImage.action.S) ? [organizationOfPartition(Keys.pk.S)] : [];
  });
  return [...new Set(changed)];
};
