import { expect, test } from 'vitest';
import { newOrganization } from '../../shared/organizations/new-organization.ts';
import { organizationItem } from '../../shared/organizations/organization.ts';
import { keys } from '../../shared/table/keys.ts';
import { put } from '../../shared/table/write.ts';
import { membershipItem } from '../../shared/users/user.ts';
import { clock, ids } from '../support/clock.ts';
import { servicesOf } from '../support/operations.ts';
import { newEmail, take } from '../support/organization.ts';
import { aManager } from '../support/planted.ts';
import { useStack } from '../support/stack.ts';

const stack = useStack();
const organizationsPerTransaction = 30;

test('the list reaches the last of 501 organizations, each once, in the order of their creation', async () => {
  const { personId, client } = await stack.newPerson(newEmail());
  const organizations = Array.from({ length: 501 }, (_, index) =>
    newOrganization(ids, { name: `Customer ${index}` }, clock.now(), 1),
  );
  for (let start = 0; start < organizations.length; start += organizationsPerTransaction) {
    const some = organizations.slice(start, start + organizationsPerTransaction);
    const table = servicesOf(undefined).personTable(personId, ...some.map(({ id }) => id));
    await table.transact(
      some.flatMap((organization) => {
        const user = aManager({ personId });
        const pointer = keys.personOrganization(personId, organization.id);
        return [
          put(organizationItem(organization)),
          put(membershipItem(organization.id, user)),
          put({ ...pointer, organizationId: organization.id, userId: user.id }),
        ];
      }),
    );
  }
  const names: string[] = [];
  let cursor: string | undefined;
  do {
    const page = take(await client.listOrganizations({ query: { limit: 100, ...(cursor && { cursor }) } }));
    names.push(...page.items.map(({ name }) => name));
    cursor = page.nextCursor;
  } while (cursor !== undefined);
  expect(names).toEqual(organizations.map(({ name }) => name));
});
