import { beforeAll, expect, test } from 'vitest';
import { expectFiltered, listedResources, type ListedResources } from '../support/listed-resources.ts';
import { useStack } from '../support/stack.ts';

const stack = useStack();
let listed: ListedResources;

beforeAll(async () => {
  listed = await listedResources(stack);
});

const lists = [1, 2, 7, 100].flatMap((limit) =>
  ([undefined, 'mara', 'reader', 'leaver'] as const).map((owner) => ({ limit, owner })),
);

test.each(lists)(
  'the list of $owner shows exactly the resources that match its filters, in pages of $limit',
  async (list) => {
    expect(listed.all).toHaveLength(25);
    await expectFiltered(listed, list.owner, list.limit);
  },
);
