import { isDeepStrictEqual } from 'node:util';
import { systemIds } from '../../functions/adapters/system.ts';
import { findNotificationSettings, type OptionalKind } from '../../shared/mail/notification-settings.ts';
import { updateNotifications } from '../../shared/me/update-notifications.ts';
import { updateMe } from '../../shared/me/update-me.ts';
import { getOrganization } from '../../shared/organizations/get-organization.ts';
import { renewEntries } from '../../shared/operators/renew-entries.ts';
import type { Services } from '../../shared/ports.ts';
import { day } from '../../shared/time.ts';
import { indexAttributes, keys, userByTime } from '../../shared/table/keys.ts';
import { ok } from '../../shared/result.ts';
import { restoreUser } from '../../shared/handover/restore-user.ts';
import { enterTimeLists } from '../../shared/users/enter-time-lists.ts';
import { rowKey } from '../../shared/users/user-entries.ts';
import { put, update } from '../../shared/table/write.ts';
import { changeRoles } from '../../shared/users/change-roles.ts';
import { rowItem } from '../../shared/users/user-row.ts';
import { parseUser } from '../../shared/users/user.ts';
import { plantScene, removeOwner, requestOf, type PlantedScene } from '../support/guard-scenes.ts';
import { guarded, tableOf, type Scene } from '../support/guarded.ts';
import { later } from '../support/clock.ts';
import { callerOf, servicesOf } from '../support/operations.ts';
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

/** Whether the row of the owner differs from the record. */
const isOutdated = async ({ organizationId, place }: MemberScene): Promise<boolean> => {
  const table = tableOf(organizationId);
  const user = parseUser(await table.get(keys.user(organizationId, place.owner.id)));
  return !isDeepStrictEqual(await table.get(rowKey(organizationId, user)), rowItem(organizationId, user));
};

const outdatedDay = {
  harm: 'the list shows an earlier day than the user’s own page on which the user was last seen',
  meanwhile: ({ place }: MemberScene) => succeed(place.organizationId, firstCallOf(place)),
  harmed: isOutdated,
};

/** The owner, who was last seen on an earlier day, has a row of the previous version. */
const renewing = async (): Promise<MemberScene> => {
  const place = await plantScene();
  const { organizationId, owner } = place;
  await succeed(organizationId, (services) => firstCallOf(place)(later(services, -day)));
  await tableOf(organizationId).transact([put({ ...rowKey(organizationId, owner), userId: owner.id })]);
  return { organizationId, place, run: (services) => renewEntries(services, { organizationId }) };
};

const renewingNobody = async (): Promise<MemberScene> => {
  const organizationId = systemIds.next('org');
  const place = await plantScene();
  return { organizationId, place, run: (services) => renewEntries(services, { organizationId }) };
};

/** A user who owns assets and is missing from the lists by time. */
const unlisted = async (): Promise<MemberScene> => {
  const place = await plantScene();
  return { organizationId: place.organizationId, place, run: await enteringOwner(place) };
};

/** The same, but the user was removed. */
const unlistedRemoved = async (): Promise<MemberScene> => {
  const place = await plantScene();
  await removeOwner(place);
  return { organizationId: place.organizationId, place, run: await enteringOwner(place) };
};

const enteringOwner = async ({ organizationId, owner }: PlantedScene): Promise<MemberScene['run']> => {
  const attributes = indexAttributes('gsi1');
  await tableOf(organizationId).transact([update(keys.user(organizationId, owner.id), { remove: attributes })]);
  return async ({ tenantTable }) => {
    await enterTimeLists(tenantTable(organizationId), organizationId, [owner.id]);
    return ok(undefined);
  };
};

const inWrongList = async ({ organizationId, place: { owner } }: MemberScene): Promise<boolean> => {
  const item = await tableOf(organizationId).get(keys.user(organizationId, owner.id));
  return Object.entries(userByTime(organizationId, parseUser(item))).some(([name, value]) => item?.[name] !== value);
};

/** The owner turns one kind of emails off. `before`: kinds that they turned off earlier. */
const turningOff = async (before: OptionalKind[] = []): Promise<MemberScene> => {
  const place = await plantScene();
  for (const kind of before) await turnOff(place, kind);
  return {
    organizationId: place.organizationId,
    place,
    run: (services) => turnOffWith(place, 'assets_taken_over')(services),
  };
};

const turnOffWith =
  ({ owner }: PlantedScene, kind: OptionalKind) =>
  (services: Services) => {
    const account = { ...owner, emailVerified: true, enabled: true, temporary: false };
    const directory = { ...services.directory, findByPersonId: () => Promise.resolve(account) };
    return updateNotifications({ ...services, directory })(
      callerOf(owner),
      requestOf({}, { kinds: { [kind]: false } }),
    );
  };

const turnOff = (place: PlantedScene, kind: OptionalKind) => succeed(place.organizationId, turnOffWith(place, kind));

const forgottenChange = {
  harm: 'a kind of emails that a person has just turned off is on again',
  meanwhile: ({ place }: MemberScene) => turnOff(place, 'address_conflict'),
  harmed: async ({ place: { owner } }: MemberScene) => {
    const settings = await findNotificationSettings(servicesOf(undefined).personTable(owner.personId), owner.personId);
    return !settings.off.includes('address_conflict');
  },
};

export const membershipGuards = [
  guarded<MemberScene>({
    operation: 'updateNotifications',
    scene: () => turningOff(),
    guards: {
      'person notifications: no version': forgottenChange,
      'person notifications: version =': { ...forgottenChange, scene: () => turningOff(['new_invite_requested']) },
    },
  }),
  guarded<MemberScene>({
    operation: 'enterTimeLists',
    scene: unlisted,
    guards: {
      'user: no removedAt': {
        harm: 'a user who was just removed is missing in the list of removed users',
        meanwhile: ({ place }) => removeOwner(place),
        harmed: inWrongList,
      },
      'user: removedAt =': {
        harm: 'a user who was just restored is missing in the list by joining',
        scene: unlistedRemoved,
        meanwhile: ({ organizationId, place: { manager, owner, params } }) =>
          succeed(organizationId, (services) =>
            restoreUser(services)(callerOf(manager), requestOf({ ...params, userId: owner.id }, undefined)),
          ),
        harmed: inWrongList,
      },
    },
  }),
  guarded<MemberScene>({
    operation: 'updateMe',
    scene: renaming,
    guards: {
      'user: version =': halfMembership,
      'user: lastSeenAt =': outdatedDay,
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
  guarded<MemberScene>({
    operation: 'renew_entries',
    scene: renewing,
    guards: {
      'user: version =': {
        harm: 'the list shows roles that a user has just lost',
        meanwhile: ({ organizationId, place: { manager, owner, params } }) =>
          succeed(organizationId, (services) =>
            changeRoles(services)(
              callerOf(manager),
              requestOf({ ...params, userId: owner.id }, { roles: [{ role: 'organization_manager' }] }),
            ),
          ),
        // The change finds the row not yet renewed, so only the renewal completes it.
        harmed: isOutdated,
      },
      'user: lastSeenAt =': outdatedDay,
      'organization: has item': {
        harm: 'an incomplete organization remains of an id that never existed',
        scene: renewingNobody,
        meanwhile: () => Promise.resolve(),
        harmed: async ({ organizationId }) =>
          (await tableOf(organizationId).get(keys.organization(organizationId))) !== undefined,
      },
    },
  }),
];
