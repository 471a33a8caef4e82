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

describe('what a restore brings back', () => {
  test('is each kind of asset that nobody has given to somebody since, and no other', async () => {
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

  test('is not what was expressly given to the successor, nor what the successor got meanwhile', async () => {
    const { organization, ada, heir, given } = await removedWithAssets();
    for (const [kind, id] of given) take(await kindOf(kind).give(organization, id, heir.userId));
    const later = await oneOfEach(organization, heir.userId);
    take(await restore(organization, ada));
    expect(await ownersShown(organization, given)).toEqual(allOf(heir.userId));
    expect(await ownersShown(organization, later)).toEqual(allOf(heir.userId));
  });

  test('goes from the successor’s lists to the user’s, and the successor has taken over from nobody', async () => {
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

  test('keeps what came from others with who took it over', async () => {
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

  test('can be handed over again, to somebody else', async () => {
    const { organization, ada, heir, bob, kept, own } = await removedWithAssets();
    take(await restore(organization, ada));
    take(await remove(organization, ada, bob));
    await stack.drain();
    expect(await ownersShown(organization, kept)).toEqual(allOf(bob.userId));
    expect(await ownersShown(organization, own)).toEqual(allOf(heir.userId));
    take(await restore(organization, ada));
    expect(await ownersShown(organization, kept)).toEqual(allOf(ada.userId));
  });

  test('can be given to the user anew from then on', async () => {
    const { organization, ada } = await removedWithAssets();
    take(await restore(organization, ada));
    expect(await ownersShown(organization, await oneOfEach(organization, ada.userId))).toEqual(allOf(ada.userId));
  });
});
