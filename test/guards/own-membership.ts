import { updateMe } from '../../shared/me/update-me.ts';
import { getOrganization } from '../../shared/organizations/get-organization.ts';
import { keys } from '../../shared/table/keys.ts';
import { plantScene, removeOwner, requestOf, type PlantedScene } from '../support/guard-scenes.ts';
import { guarded, tableOf, type Scene } from '../support/guarded.ts';
import { callerOf } from '../support/operations.ts';

/** The owner makes a request, and the manager removes the owner before the request writes. */
interface MemberScene extends Scene {
  place: PlantedScene;
}

/** The user directory is replaced by one that has the person's account. */
const renaming = async (): Promise<MemberScene> => {
  const place = await plantScene();
  const { organizationId, owner } = place;
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

/** A member's first request of the day. The scene has no `actor`, because `proveGuards` makes an earlier request as the actor. */
const reading = async (): Promise<MemberScene> => {
  const place = await plantScene();
  const { organizationId, params, owner } = place;
  return {
    organizationId,
    place,
    run: (services) => getOrganization(services)(callerOf(owner), requestOf(params, undefined)),
  };
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
    guards: { 'user: version =': halfMembership },
  }),
  guarded<MemberScene>({
    operation: 'markSeen',
    scene: reading,
    guards: { 'membership: userId =': halfMembership },
  }),
];
