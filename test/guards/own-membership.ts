import { updateMe } from '../../shared/me/update-me.ts';
import { getOrganization } from '../../shared/organizations/get-organization.ts';
import type { Services } from '../../shared/ports.ts';
import { day } from '../../shared/time.ts';
import { keys } from '../../shared/table/keys.ts';
import { parseRow, rowKey } from '../../shared/users/user-row.ts';
import { parseUser } from '../../shared/users/user.ts';
import { plantScene, removeOwner, requestOf, type PlantedScene } from '../support/guard-scenes.ts';
import { guarded, tableOf, type Scene } from '../support/guarded.ts';
import { later } from '../support/clock.ts';
import { callerOf } from '../support/operations.ts';
import { succeed } from '../support/requests.ts';

/** The owner makes a request, and the manager removes the owner before the request writes. */
interface MemberScene extends Scene {
  place: PlantedScene;
}

/** The owner was last seen on an earlier day. The user directory is replaced by one that has the person's account. */
const renaming = async (): Promise<MemberScene> => {
  const place = await plantScene();
  const { organizationId, owner } = place;
  await succeed(organizationId, (services) => firstCallOf(place)(later(services, -day)));
  const account = { ...owner, emailVerified: true, enabled: true, temporary: false };
  return {
    organizationId,
    place,
    run: (services) =>
      updateMe({
        ...services,
        directory: {
          ...services.directory,
          findByPersonId: () => Promise.resolve(account),
          rename: () => Promise.resolve(),
        },
      })(callerOf(owner), requestOf({}, { name: 'Pia Renamed' })),
  };
};

const firstCallOf =
  ({ params, owner }: PlantedScene) =>
  (services: Services) =>
    getOrganization(services)(callerOf(owner), requestOf(params, undefined));

/** A member's first request of the day. The scene has no `actor`, because `proveGuards` makes an earlier request as the actor. */
const reading = async (): Promise<MemberScene> => {
  const place = await plantScene();
  return { organizationId: place.organizationId, place, run: firstCallOf(place) };
};

const halfMembership = {
  harm: 'an incomplete membership remains of a user who was just removed, and that person can never join again',
  meanwhile: ({ place }: MemberScene) => removeOwner(place),
  harmed: async ({ organizationId, place }: MemberScene) =>
    (await tableOf(organizationId).get(keys.membership(organizationId, place.owner.personId))) !== undefined,
};

export const ownMembershipGuards = [
  guarded<MemberScene>({
    operation: 'updateMe',
    scene: renaming,
    guards: {
      'user: version =': halfMembership,
      'user: lastSeenAt =': {
        harm: 'the list shows an earlier day than the user’s own page on which the user was last seen',
        meanwhile: ({ place }) => succeed(place.organizationId, firstCallOf(place)),
        harmed: async ({ organizationId, place }) => {
          const table = tableOf(organizationId);
          const user = parseUser(await table.get(keys.user(organizationId, place.owner.id)));
          return parseRow(await table.get(rowKey(organizationId, user)))?.lastSeenAt !== user.lastSeenAt;
        },
      },
    },
  }),
  guarded<MemberScene>({
    operation: 'markSeen',
    scene: reading,
    guards: {
      'membership: userId =': halfMembership,
      'users: has item': {
        harm: 'an incomplete row remains in the list of users of a user who was just removed',
        meanwhile: ({ place }) => removeOwner(place),
        harmed: async ({ organizationId, place }) =>
          (await tableOf(organizationId).get(rowKey(organizationId, place.owner))) !== undefined,
      },
    },
  }),
];
