import { checkAccount } from '../../shared/accounts/check-account.ts';
import { checkAskedAccount } from '../../shared/accounts/check-asked-account.ts';
import { ok } from '../../shared/result.ts';
import { keys } from '../../shared/table/keys.ts';
import { update } from '../../shared/table/write.ts';
import { after, day, minute } from '../../shared/time.ts';
import { askAccountCheck } from '../../shared/users/caller-account.ts';
import type { User } from '../../shared/users/user.ts';
import { clock } from '../support/clock.ts';
import { guarded, tableOf, type GuardedOperation, type Scene } from '../support/guarded.ts';
import { changeAccount } from '../support/planted-accounts.ts';
import { aManager, aUser, plantOrganization } from '../support/planted.ts';
import { requestsIn, succeed } from '../support/requests.ts';
import { userIn } from './users.ts';

interface CheckScene extends Scene {
  manager: User;
  user: User;
  newEmail: string;
  requests: ReturnType<typeof requestsIn>;
}

const plant = async (): Promise<Omit<CheckScene, 'run'>> => {
  const [manager, user] = [aManager(), aUser()];
  const { id: organizationId } = await plantOrganization([manager, user]);
  const newEmail = `new.${user.email}`;
  return { organizationId, manager, user, newEmail, requests: requestsIn(organizationId) };
};

/** The address of the account has changed. */
const checking = async (given?: string): Promise<CheckScene> => {
  const planted = await plant();
  const scene = { ...planted, newEmail: given ?? planted.newEmail };
  const { organizationId, user, newEmail } = scene;
  changeAccount(user, { email: newEmail });
  return { ...scene, run: async (services) => ok(await checkAccount(services, organizationId, user.id)) };
};

const membershipOf = ({ organizationId, user }: CheckScene) =>
  tableOf(organizationId).get(keys.membership(organizationId, user.personId));

/** A request of the user has asked for a look-up, which finds nothing new. */
const checkingWhenAsked = async (): Promise<CheckScene> => {
  const scene = await plant();
  const { organizationId, user } = scene;
  const key = keys.user(organizationId, user.id);
  await tableOf(organizationId).transact([update(key, { set: { accountAskedAt: clock.now() } })]);
  return { ...scene, run: async (services) => ok(await checkAskedAccount(services, organizationId, key)) };
};

const asking = async (): Promise<CheckScene> => {
  const scene = await plant();
  const { organizationId, user } = scene;
  const { id: userId, personId, name, assignments } = user;
  const member = { userId, personId, name, assignments, requestId: 'r', organization: { id: organizationId } };
  return {
    ...scene,
    run: async (services) =>
      ok(
        await askAccountCheck(services, member as never, { id: 'token', issuedAt: clock.now(), email: scene.newEmail }),
      ),
  };
};

const removeUserMeanwhile = ({ organizationId, requests, manager, user }: CheckScene) =>
  succeed(organizationId, requests.removeUser(manager, user, manager));

export const accountCheckGuards: GuardedOperation[] = [
  guarded<CheckScene>({
    operation: 'checkAccount',
    scene: () => checking(),
    guards: {
      'user: version =': {
        harm: 'a user who was just removed has a membership again, because the address of their account changed',
        meanwhile: removeUserMeanwhile,
        harmed: async (scene) => (await membershipOf(scene)) !== undefined,
      },
      'address: no item or state = and expiresAt <=': {
        harm: 'a user gets an address that was just invited, so that the invite can be accepted by nobody',
        meanwhile: ({ organizationId, requests, manager, newEmail }) =>
          succeed(organizationId, requests.inviteUsers(manager, [newEmail])),
        harmed: async (scene) => (await userIn(scene, scene.user)).email === scene.newEmail,
      },
      'organization: treeVersion =': {
        harm: 'a user gets an address although the organization has just stopped allowing its domain',
        scene: () => checking('somebody@elsewhere.example'),
        meanwhile: ({ organizationId, requests, manager }) =>
          succeed(organizationId, requests.changeSettings(manager, { allowedDomains: ['example.com'] })),
        harmed: async (scene) => (await userIn(scene, scene.user)).email === scene.newEmail,
      },
    },
  }),
  guarded<CheckScene>({
    operation: 'checkAskedAccount',
    scene: checkingWhenAsked,
    guards: {
      'organization: no dueAt': {
        harm: 'a sweep of accounts that is planned for the next day begins at once, with every request that asks for a look-up',
        meanwhile: ({ organizationId }) =>
          tableOf(organizationId).transact([
            update(keys.organization(organizationId), { set: { dueAt: after(clock.now(), day) } }),
          ]),
        harmed: async ({ organizationId }) => {
          const organization = await tableOf(organizationId).get(keys.organization(organizationId));
          return String(organization?.dueAt) < after(clock.now(), minute);
        },
      },
      'user: accountAskedAt =': {
        harm: 'a look-up that was just asked for again is not made before the next day',
        meanwhile: ({ organizationId, user }) =>
          tableOf(organizationId).transact([
            update(keys.user(organizationId, user.id), { set: { accountAskedAt: after(clock.now(), minute) } }),
          ]),
        harmed: async ({ organizationId, user }) =>
          (await tableOf(organizationId).get(keys.user(organizationId, user.id)))?.accountAskedAt === undefined,
      },
    },
  }),
  guarded<CheckScene>({
    operation: 'askAccountCheck',
    scene: asking,
    guards: {
      'membership: userId =': {
        harm: 'a user who was just removed has an incomplete membership',
        meanwhile: removeUserMeanwhile,
        harmed: async (scene) => (await membershipOf(scene)) !== undefined,
      },
    },
  }),
];
