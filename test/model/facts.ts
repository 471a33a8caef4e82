import { formatAssignment, type RoleAssignment } from '../../shared/roles/role.ts';
import {
  activeUsers,
  assetsOf,
  livingRoles,
  pendingInvites,
  statusOf,
  type Asset,
  type Model,
  type ModelUser,
} from './model.ts';
import type { Lists, UserRead } from './reads.ts';

/** What is so in an organization, one sentence a thing: once as the lists say it, once as the model does. */
const facts = {
  user: (id: string, roles: string[], takenOver: string[], account: (string | undefined)[]) =>
    `${id} is ${roles.toSorted().join(' and ')}, took over [${takenOver.join(' ')}], has the account ${account.join(' ')}`,
  asset: (id: string, ownerId: string, where = '') => `${id} is of ${ownerId}${where && `, in ${where}`}`,
  filter: (id: string, userIds: Iterable<string>) => `${id} names [${[...new Set(userIds)].join(' ')}]`,
  invite: (id: string, status: string, answeredBy: string) =>
    status === 'pending' ? `${id} is pending, of ${answeredBy}` : `${id} is ${status}`,
};

export const factsInLists = (lists: Lists): string[] =>
  [
    ...lists.users.map(({ id, roles, takenOverFrom, email, account, emailConflict }) =>
      facts.user(
        id,
        roles.map((role) => formatAssignment(role as RoleAssignment)),
        takenOverFrom.map((each) => each.id),
        [email, account, emailConflict],
      ),
    ),
    ...lists.pools.map(({ id, defaultOwnerId, parentId }) => facts.asset(id, defaultOwnerId, parentId)),
    ...lists.resources.map(({ id, ownerId, poolId }) => facts.asset(id, ownerId, poolId)),
    ...lists.policies.map(({ id, ownerId }) => facts.asset(id, ownerId)),
    ...lists.policies.map(({ id, filters }) => facts.filter(id, filters?.ownerIds ?? [])),
    ...lists.dataSources.map(({ id, ownerId }) => facts.asset(id, ownerId)),
    ...lists.invites.map(({ id, status, responsible }) => facts.invite(id, status, responsible.id)),
  ].toSorted();

export const factsInModel = (model: Model): string[] => {
  const assets = [...model.assets.values()];
  const of = (kind: Asset['kind']) => assets.filter((asset) => asset.kind === kind);
  return [
    ...activeUsers(model).map(({ id, roles, takenOver, email, account, emailConflict }) =>
      facts.user(id, livingRoles(model, roles).map(formatAssignment), takenOver, [email, account, emailConflict]),
    ),
    ...of('pool').map(({ id, ownerId }) => facts.asset(id, ownerId, model.pools.get(id)?.parentId)),
    ...of('resource').map(({ id, ownerId, poolId }) => facts.asset(id, ownerId, poolId)),
    ...of('policy').map(({ id, ownerId }) => facts.asset(id, ownerId)),
    ...of('policy').map(({ id }) =>
      facts.filter(
        id,
        of('filter').flatMap((filter) => (filter.id === id ? [filter.ownerId] : [])),
      ),
    ),
    ...of('data source').map(({ id, ownerId }) => facts.asset(id, ownerId)),
    ...[...model.invites.values()].map((invite) => facts.invite(invite.id, statusOf(model, invite), invite.answeredBy)),
  ].toSorted();
};

/** What a user has, in numbers. */
interface Holding {
  resources: number;
  pools: number;
  policies: number;
  policiesNaming: number;
  dataSources: number;
  pendingInvites: number;
}

export const holdingInPreview = ({ preview }: UserRead): Holding => ({
  resources: preview.resources.count,
  pools: preview.pools.count,
  policies: preview.policies.owned,
  policiesNaming: preview.policies.naming,
  dataSources: preview.dataSources.count,
  pendingInvites: preview.pendingInvites.count,
});

export const holdingInModel = (model: Model, user: ModelUser): Holding => {
  const of = (kind: Asset['kind']): string[] =>
    assetsOf(model, user).flatMap(([, each]) => (each.kind === kind ? [each.id] : []));
  return {
    resources: of('resource').length,
    pools: of('pool').length,
    policies: of('policy').length,
    policiesNaming: new Set(of('filter')).size,
    dataSources: of('data source').length,
    pendingInvites: pendingInvites(model, user.id).length,
  };
};
