import { checkAccount } from '../../shared/accounts/check-account.ts';
import { parseOrganization } from '../../shared/organizations/organization.ts';
import { isKnownAssignment, isOrganizationManager, poolOf, type RoleAssignment } from '../../shared/roles/role.ts';
import { keys } from '../../shared/table/keys.ts';
import { isActive, parseUser, type User } from '../../shared/users/user.ts';
import { guarded, rightGuards, tableOf, type GuardedOperation, type Scene } from '../support/guarded.ts';
import { allServicesOf } from '../support/operations.ts';
import { deleteAccount } from '../support/planted-accounts.ts';
import { aManager, aUser, plantOrganization, plantPools } from '../support/planted.ts';
import { asItIs, type Run } from '../support/races.ts';
import { requestsIn, succeed } from '../support/requests.ts';

/** Users of an organization: the manager who acts, another manager, and the user whom the request concerns. */
export interface UsersScene extends Scene {
  actor: User;
  colleague: User;
  user: User;
  rootPoolId: string;
  poolId?: string;
  requests: ReturnType<typeof requestsIn>;
}

export const plantUsersScene = async (user: User): Promise<Omit<UsersScene, 'run'>> => {
  const [actor, colleague] = [aManager(), aManager()];
  const { id: organizationId, rootPoolId } = await plantOrganization([actor, colleague, user]);
  const names = { [keys.user(organizationId, colleague.id).pk]: 'remaining' };
  return { organizationId, rootPoolId, actor, colleague, user, requests: requestsIn(organizationId), names };
};

export const userIn = async ({ organizationId }: Pick<Scene, 'organizationId'>, { id }: User): Promise<User> =>
  parseUser(await tableOf(organizationId).get(keys.user(organizationId, id)));

/** The organization's stored count of managers, and how many of these users are managers. */
export const managersIn = async (
  scene: Pick<Scene, 'organizationId'>,
  users: User[],
): Promise<{ counted: number; actual: number }> => {
  const organization = await tableOf(scene.organizationId).get(keys.organization(scene.organizationId));
  const records = await Promise.all(users.map((user) => userIn(scene, user)));
  return {
    counted: parseOrganization(organization).managerCount,
    actual: records.filter((user) => isActive(user) && isOrganizationManager(user.assignments)).length,
  };
};

/** Whether the organization's count of managers is wrong. */
export const miscounts = async (scene: UsersScene): Promise<boolean> => {
  const { counted, actual } = await managersIn(scene, [scene.actor, scene.colleague, scene.user]);
  return counted !== actual;
};

export const hasNoManager = async (scene: UsersScene): Promise<boolean> =>
  (await managersIn(scene, [scene.actor, scene.colleague, scene.user])).actual === 0;

/** The other manager gives up the role. */
export const colleagueDemotesThemself = ({ organizationId, requests, colleague }: UsersScene) =>
  succeed(organizationId, requests.changeRoles(colleague, colleague, [{ role: 'member' }]));

/** The account of a user was deleted outside Roster, and the worker finds that. */
export const findDeleted = ({ organizationId }: Pick<Scene, 'organizationId'>, user: User) => {
  deleteAccount(user);
  return checkAccount(allServicesOf(organizationId, asItIs), organizationId, user.id);
};

const scene = async (user: User, run: (scene: Omit<UsersScene, 'run'>) => Run): Promise<UsersScene> => {
  const planted = await plantUsersScene(user);
  return { ...planted, run: run(planted) };
};

/** A request that gives a user this role instead of the one that they have. */
type Assign = (requests: UsersScene['requests'], by: User, user: User, role: RoleAssignment) => Run;

const makingAnEngineer = async (assign: Assign): Promise<UsersScene> => {
  const planted = await plantUsersScene(aUser());
  const { organizationId, requests, actor, user, rootPoolId } = planted;
  const [poolId = ''] = await plantPools(organizationId, ['Pool'], { parentId: rootPoolId, holderId: actor.id });
  return { ...planted, poolId, run: assign(requests, actor, user, { role: 'engineer', poolId }) };
};

/** Deletes the pool on which the request assigns a role. */
const deletePoolOfRole = ({ organizationId, requests, colleague, poolId = '' }: UsersScene) =>
  succeed(organizationId, requests.deletePool(colleague, poolId));

/** The guards of an operation that changes roles. */
const roleGuards = (operation: string, assign: Assign): GuardedOperation => {
  const demoting = () =>
    scene(aManager(), ({ requests, actor, user }) => assign(requests, actor, user, { role: 'member' }));
  const demotingThemself = () =>
    scene(aUser(), ({ requests, actor }) => assign(requests, actor, actor, { role: 'member' }));
  return guarded<UsersScene>({
    operation,
    scene: demoting,
    guards: {
      ...rightGuards,
      'user: version =': {
        harm: 'a manager whom two others demote at once is subtracted twice from the count of managers',
        meanwhile: ({ organizationId, requests, colleague, user }) =>
          succeed(organizationId, requests.changeRoles(colleague, user, [{ role: 'member' }])),
        harmed: miscounts,
      },
      'remaining: version =': [
        {
          harm: 'the last two managers both give up the role, and the organization has no manager',
          scene: demotingThemself,
          meanwhile: colleagueDemotesThemself,
          harmed: hasNoManager,
        },
        {
          harm: 'a manager gives up the role although the only other manager was just found to have no account',
          scene: demotingThemself,
          meanwhile: (played) => findDeleted(played, played.colleague),
          harmed: (_scene, result) => result.ok,
        },
      ],
      'organization: treeVersion =': {
        harm: 'a user gets a role on a pool that was just deleted',
        scene: () => makingAnEngineer(assign),
        meanwhile: deletePoolOfRole,
        harmed: async (played) =>
          (await userIn(played, played.user)).assignments.some((role) => poolOf(role) === played.poolId),
      },
    },
  });
};

export const userGuards = [
  roleGuards('changeRoles', (requests, by, user, role) => requests.changeRoles(by, user, [role])),
  roleGuards('adjustRoles', (requests, by, user, role) =>
    requests.adjustRoles(by, user, { add: [role], remove: user.assignments.filter(isKnownAssignment) }),
  ),
  roleGuards('changeRolesOfUsers', (requests, by, user, role) => requests.changeRolesOfUsers(by, [user], [role])),
];
