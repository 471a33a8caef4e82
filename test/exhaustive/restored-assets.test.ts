import { describe, expect, test } from 'vitest';
import { allOf, kindOf, oneOfEach, ownersShown } from '../support/assets.ts';
import { everyPage, newOrganization, take } from '../support/organization.ts';
import { planted, remove, restore, userOf, type Named } from '../support/restores.ts';
import { useStack } from '../support/stack.ts';

const stack = useStack();

/** With a successor, and everything that somebody can own. */
const removedWithAssets = async () => {
  const organization = await newOrganization(stack);
  const [ada, heir, bob] = await planted(organization, 'Ada', 'Heir', 'Bob');
  const [kept, given] = [await oneOfEach(organization, ada.userId), await oneOfEach(organization, ada.userId)];
  const own = await oneOfEach(organization, heir.userId);
  take(await remove(organization, ada, heir));
  return { organization, ada, heir, bob, kept, given, own };
};

describe('a restored user', () => {
  test('gets back every kind of asset, except assets that were given to somebody else in the meantime', async () => {
    const { organization, ada, heir, bob, kept, given, own } = await removedWithAssets();
    for (const [kind, id] of given) take(await kindOf(kind).give(organization, id, bob.userId));
    take(await restore(organization, ada));
    for (const settled of [false, true]) {
      if (settled) await stack.drain();
      expect(await ownersShown(organization, kept)).toEqual(allOf(ada.userId));
      expect(await ownersShown(organization, given)).toEqual(allOf(bob.userId));
      expect(await ownersShown(organization, own)).toEqual(allOf(heir.userId));
    }
  });

  test('does not get assets that were explicitly given to the successor, or that the successor received later', async () => {
    const { organization, ada, heir, given } = await removedWithAssets();
    for (const [kind, id] of given) take(await kindOf(kind).give(organization, id, heir.userId));
    const later = await oneOfEach(organization, heir.userId);
    take(await restore(organization, ada));
    expect(await ownersShown(organization, given)).toEqual(allOf(heir.userId));
    expect(await ownersShown(organization, later)).toEqual(allOf(heir.userId));
  });

  test('has the assets in their list again; the successor no longer lists them, and has taken over from nobody', async () => {
    const { organization, ada, heir, kept, given, own } = await removedWithAssets();
    const { params, manager } = organization;
    const resourcesOf = async ({ userId }: Named) => {
      const items = await everyPage((cursor) =>
        manager.client.listResources({ params, query: { ownerId: userId, ...cursor } }),
      );
      return items.map(({ id }) => id).toSorted();
    };
    const resources = (...assets: Map<string, string>[]) =>
      assets.map((each) => String(each.get('a resource'))).toSorted();
    expect(await resourcesOf(heir)).toEqual(resources(kept, given, own));
    expect((await userOf(organization, heir)).takenOverFrom).toMatchObject([{ id: ada.userId }]);
    take(await restore(organization, ada));
    expect(await resourcesOf(heir)).toEqual(resources(own));
    expect(await resourcesOf(ada)).toEqual(resources(kept, given));
    expect((await userOf(organization, heir)).takenOverFrom).toEqual([]);
  });

  test('does not get the assets that the successor took over from others', async () => {
    const organization = await newOrganization(stack);
    const [ada, bea, heir] = await planted(organization, 'Ada', 'Bea', 'Heir');
    const [ofAda, ofBea] = [await oneOfEach(organization, ada.userId), await oneOfEach(organization, bea.userId)];
    take(await remove(organization, ada, heir));
    take(await remove(organization, bea, heir));
    take(await restore(organization, ada));
    expect(await ownersShown(organization, ofAda)).toEqual(allOf(ada.userId));
    expect(await ownersShown(organization, ofBea)).toEqual(allOf(heir.userId));
    expect((await userOf(organization, heir)).takenOverFrom).toMatchObject([{ id: bea.userId }]);
  });

  test('can be removed again, with another successor', async () => {
    const { organization, ada, heir, bob, kept, own } = await removedWithAssets();
    take(await restore(organization, ada));
    take(await remove(organization, ada, bob));
    await stack.drain();
    expect(await ownersShown(organization, kept)).toEqual(allOf(bob.userId));
    expect(await ownersShown(organization, own)).toEqual(allOf(heir.userId));
    take(await restore(organization, ada));
    expect(await ownersShown(organization, kept)).toEqual(allOf(ada.userId));
  });

  test('can own new assets', async () => {
    const { organization, ada } = await removedWithAssets();
    take(await restore(organization, ada));
    expect(await ownersShown(organization, await oneOfEach(organization, ada.userId))).toEqual(allOf(ada.userId));
  });
});
