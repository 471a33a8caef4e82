import { namesakesComparedMax } from '../limits.ts';
import { searchFold } from '../names/search-fold.ts';
import type { Services } from '../ports.ts';
import { keys, partitions } from '../table/keys.ts';
import { parseOrganization, type Organization } from '../organizations/organization.ts';

/** Whether a person belongs to a different organization whose name looks the same. */
export type IsNamesake = (organization: Pick<Organization, 'id' | 'name'>) => boolean;

/**
 * Compares an inviting organization with those that a person belongs to, so that an invite that imitates a known organization can
 * be distinguished from a genuine one. Names are compared loosely, because readers overlook the difference of an accent. Two
 * requests.
 */
export const namesakesOf = async (
  { personTable }: Pick<Services, 'personTable'>,
  personId: string,
): Promise<IsNamesake> => {
  const pointers = await personTable(personId).query({
    pk: partitions.person(personId),
    prefix: 'organization#',
    limit: namesakesComparedMax,
  });
  const ids = pointers.items.map(({ organizationId }) => String(organizationId));
  const items = ids.length === 0 ? [] : await personTable(personId, ...ids).batchGet(ids.map(keys.organization));
  const known = items.flatMap((item) => (item ? [parseOrganization(item)] : []));
  return ({ id, name }) => known.some((each) => each.id !== id && searchFold(each.name) === searchFold(name));
};
