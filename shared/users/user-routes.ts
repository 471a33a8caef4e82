import * as z from 'zod';
import { byKind, manyOf, settingsKindNames } from '../asset-kinds.ts';
import { onOrganization, reading } from '../api/access.ts';
import { addressField, dayField, personName } from '../api/hidden-fields.ts';
import { outcomeOf } from '../api/outcome.ts';
import { route } from '../api/route.ts';
import { hasOneOf, id, inOrganization, instant, listOf, named, none, paging, version } from '../api/schemas.ts';
import {
  boundAccountsListedMax,
  cognitoUserNameLettersMax,
  resourceQueriesMax,
  resourcesPerQuery,
  rowRolesMax,
  rowTakenOverMax,
  searchLettersMax,
  usersPerRequestMax,
} from '../limits.ts';
import { shownCurrency } from '../organizations/currency.ts';
import { openEnum } from '../open-enum.ts';
import { actions, reaches } from '../roles/matrix.ts';
import { roleAssignments, roleView } from '../roles/role-schemas.ts';
import { roles } from '../roles/role.ts';
import { pendingInvitesChoices, pendingInvitesDefault } from './inviter.ts';
import { accountStates, userStatuses } from './user.ts';

export const userView = z
  .object({
    id,
    email: addressField(),
    name: personName(),
    status: openEnum(userStatuses),
    account: openEnum(accountStates).meta({
      description:
        'The state of the user’s account in the user directory. It is `disabled` or `missing` if somebody disabled or deleted the account outside Roster. Such a user cannot sign in and cannot be a successor. The account is looked up at least once a day.',
    }),
    emailConflict: addressField().optional().meta({
      description:
        'The verified address of the user’s account, if it differs from `email` because the organization has invited that address, has another user with it, or does not allow addresses of its domain.',
    }),
    roles: z
      .array(roleView)
      .meta({ description: `The role assignments. A list shows at most ${rowRolesMax} for each user.` }),
    roleCount: z
      .int()
      .meta({ description: 'How many role assignments the user has, including those on deleted pools.' }),
    joinedAt: instant,
    lastSeenAt: dayField()
      .optional()
      .meta({ description: 'The last day on which the user made a request. Absent: never.' }),
    invitedBy: named.optional().meta({
      description: 'Who invited the user, under the name of that day. A list shortens long names.',
    }),
    takenOverFrom: z.array(z.object({ id, name: personName(), at: instant }).meta({ id: 'TakenOverFrom' })).meta({
      description: `The removed users from whom the user took over. A list shows the last ${rowTakenOverMax} and shortens long names.`,
    }),
    takenOverCount: z.int().meta({ description: 'From how many removed users the user took over.' }),
    removedAt: instant.optional(),
    removedBy: named.optional().meta({
      description: 'Who removed the user, under their current name. It is the user themselves if they left.',
    }),
    successorId: id.optional(),
    successor: named.optional().meta({ description: 'Who took over from a removed user, under their current name.' }),
    version,
  })
  .meta({ id: 'User' });

const aUser = z.strictObject({ organizationId: id, userId: id });

const pendingInvites = z.enum(pendingInvitesChoices).meta({
  default: pendingInvitesDefault,
  description:
    'What happens to the pending invites of a user who loses the right to invite. `keep`: the acting manager becomes responsible for them, or the successor of a manager who leaves. `revoke_managers`: the same, but invites that would create organization managers are revoked. `revoke`: all are revoked.',
});

const serviceAccounts = z.array(named).meta({
  description: `The service accounts that the user bound, at most ${boundAccountsListedMax}. They keep their rights.`,
});

const removalQuery = z.strictObject({
  successorId: id
    .optional()
    .meta({ description: 'The id of the user who takes over everything that the leaver owns.' }),
  pendingInvites: pendingInvites.default(pendingInvitesDefault),
});

const takenOver = z.object({
  pools: z.int().meta({ description: 'How many pools now have the successor as their default owner.' }),
});

const removal = z.object({ user: userView, successor: userView, takenOver, serviceAccounts }).meta({ id: 'Removal' });

export const changedUser = userView
  .extend({
    serviceAccounts: serviceAccounts.optional().meta({
      description: 'The service accounts that the user bound. Present if the user has lost the right to invite.',
    }),
  })
  .meta({ id: 'ChangedUser' });

const changeErrors = [
  'user_not_found',
  'already_removed',
  'last_organization_manager',
  'no_manager_can_sign_in',
  'invites_need_manager',
  'unknown_pool',
  'stale_version',
] as const;

const dryRun = z
  .boolean()
  .default(false)
  .meta({ description: 'If true, nothing is changed or sent, and the results say what would happen.' });

const userIds = z.array(id).min(1).max(usersPerRequestMax);

const count = z.int();
const tally = { count, monthlyCost: z.number().meta({ description: 'The cost in money a month.' }) };

const userAssets = z
  .object({
    user: named,
    exact: z.boolean().meta({
      description: `Whether the counts are exact. If not, there is at least this much: no more than about ${(resourceQueriesMax * resourcesPerQuery).toLocaleString('en')} resources are counted.`,
    }),
    resources: z.object(tally),
    currency: shownCurrency,
    pools: z.object({ count }).meta({ description: 'The pools whose default owner the user is.' }),
    ...byKind(settingsKindNames, (kind) => [manyOf(kind), z.object({ count })]),
    policies: z.object({
      owned: count,
      naming: count.meta({ description: 'How many policies name the user in a filter.' }),
    }),
    byPool: z
      .array(z.object({ poolId: id, path: z.string(), ...tally }))
      .meta({ description: 'The resources of the user by pool.' }),
    pendingInvites: z.object({ count }).meta({
      description:
        'The pending invites for which the user is responsible. Invites that the user has just taken over are counted within moments.',
    }),
  })
  .meta({ id: 'UserAssets' });

const removalErrors = [
  'user_not_found',
  'successor_required',
  'successor_is_leaver',
  'successor_unknown',
  'successor_inactive',
  'successor_cannot_sign_in',
  'successor_full',
  'invites_need_manager',
  'already_removed',
  'last_organization_manager',
  'no_manager_can_sign_in',
  'stale_version',
] as const;

export const userRoutes = {
  listUsers: route({
    method: 'GET',
    path: '/v1/organizations/{organizationId}/users',
    access: reading,
    params: inOrganization,
    query: z.strictObject({
      search: z.string().max(searchLettersMax).optional().meta({
        description:
          'Words in any order. Each is the beginning of a word of the name, of the email address or, from the `@` on, of its domain, in any case and without accents, strokes and apostrophes.',
      }),
      status: z.enum(userStatuses).optional().meta({
        default: 'active',
        description:
          '`removed` lists the users who were removed or who left, newest first. An index serves it, and all other filters filter its pages.',
      }),
      role: z.enum(roles).optional().meta({
        description: 'Users who hold this role on the organization or on any pool. An index serves it.',
      }),
      poolId: id.optional().meta({ description: 'Users with a role on this very pool. An index serves it.' }),
      domain: z.string().min(1).max(cognitoUserNameLettersMax).optional().meta({
        description:
          'Users whose email address has exactly this domain, in Unicode or in punycode. An index serves it and lists the users in the order of their ids. Of several filters, one selects the index: `search`, `poolId`, `role`, or `domain`, which comes before the role `member`. The others filter its pages, so that a page may be short.',
      }),
      sort: z.enum(['name', 'joined']).optional().meta({
        default: 'name',
        description:
          '`joined` lists those first who joined last. An index serves it, and all filters filter its pages. Not with `status=removed`.',
      }),
      ...paging,
    }),
    body: undefined,
    units: { call: 4, item: 0.25, filteredItem: 1 },
    status: 200,
    response: listOf(userView),
    errors: ['invalid_cursor', 'unknown_pool', 'list_incomplete', 'addresses_hidden'],
  }),
  getMyUser: route({
    method: 'GET',
    path: '/v1/organizations/{organizationId}/users/me',
    access: reading,
    params: inOrganization,
    query: none,
    body: undefined,
    status: 200,
    response: userView
      .extend({
        permissions: z.array(
          z.object({
            action: z.enum(actions),
            anywhere: z.boolean().meta({ description: 'Whether the right applies to the whole organization.' }),
            pools: z
              .array(z.object({ poolId: id, reach: z.enum(reaches) }))
              .meta({ description: 'The pools on which the right is held, and how far it goes from each.' }),
          }),
        ),
        addressesHidden: z.boolean().meta({
          description: 'Whether the organization hides the addresses of others from the caller (`hideAddresses`).',
        }),
      })
      .meta({ id: 'MyUser' }),
    errors: ['user_not_found'],
  }),
  getUser: route({
    method: 'GET',
    path: '/v1/organizations/{organizationId}/users/{userId}',
    access: reading,
    params: aUser,
    query: none,
    body: undefined,
    status: 200,
    response: userView,
    errors: ['user_not_found'],
  }),
  getUserAssets: route({
    method: 'GET',
    path: '/v1/organizations/{organizationId}/users/{userId}/assets',
    access: reading,
    params: aUser,
    query: none,
    body: undefined,
    units: { call: 100 },
    status: 200,
    response: userAssets,
    errors: ['user_not_found'],
  }),
  changeRoles: route({
    method: 'PUT',
    path: '/v1/organizations/{organizationId}/users/{userId}/roles',
    access: onOrganization('change_roles'),
    params: aUser,
    query: none,
    body: z.strictObject({ roles: roleAssignments, pendingInvites: pendingInvites.optional() }),
    units: { call: 23 },
    status: 200,
    response: changedUser,
    errors: changeErrors,
  }),
  adjustRoles: route({
    method: 'PATCH',
    path: '/v1/organizations/{organizationId}/users/{userId}/roles',
    access: onOrganization('change_roles'),
    params: aUser,
    query: none,
    body: z
      .strictObject({
        add: roleAssignments.optional().meta({
          description:
            'Roles to add. Each replaces the role that the user has on the same pool, or on the organization.',
        }),
        remove: roleAssignments.optional().meta({
          description: 'Roles to remove, before others are added. A role that the user does not have is ignored.',
        }),
        pendingInvites: pendingInvites.optional(),
      })
      .refine(({ add, remove }) => add !== undefined || remove !== undefined, {
        path: ['add'],
        params: { code: 'missing' },
        message: 'Name roles to add or to remove.',
      })
      .meta(hasOneOf('add', 'remove')),
    units: { call: 23 },
    status: 200,
    response: changedUser,
    errors: [...changeErrors, 'role_limit_reached'],
  }),
  changeRolesOfUsers: route({
    method: 'POST',
    path: '/v1/organizations/{organizationId}/users/batch-roles',
    access: onOrganization('change_roles'),
    params: inOrganization,
    query: none,
    body: z.strictObject({
      action: z.enum(['add', 'remove', 'replace']),
      roles: roleAssignments,
      userIds,
      pendingInvites: pendingInvites.optional(),
      dryRun,
    }),
    units: { call: 2, item: 23 },
    status: 200,
    response: z.object({
      results: z.array(
        outcomeOf({
          user: userView.optional(),
          serviceAccounts: serviceAccounts.optional().meta({
            description: 'The service accounts that the user bound. Present if the user has lost the right to invite.',
          }),
        }),
      ),
    }),
    errors: ['unknown_pool'],
  }),
  leaveOrganization: route({
    method: 'DELETE',
    path: '/v1/organizations/{organizationId}/users/me',
    access: onOrganization('leave_organization'),
    params: inOrganization,
    query: removalQuery,
    body: undefined,
    units: { call: 29 },
    status: 200,
    response: removal,
    errors: removalErrors,
  }),
  removeUser: route({
    method: 'DELETE',
    path: '/v1/organizations/{organizationId}/users/{userId}',
    access: onOrganization('remove_users'),
    params: aUser,
    query: removalQuery,
    body: undefined,
    units: { call: 33 },
    status: 200,
    response: removal,
    errors: removalErrors,
  }),
  removeUsers: route({
    method: 'POST',
    path: '/v1/organizations/{organizationId}/users/batch-remove',
    access: onOrganization('remove_users'),
    params: inOrganization,
    query: none,
    body: z.strictObject({
      userIds,
      successorId: id.meta({ description: 'The user who takes over everything that the removed users own.' }),
      pendingInvites: pendingInvites.default(pendingInvitesDefault),
      dryRun,
    }),
    units: { call: 2, item: 33 },
    status: 200,
    response: z.object({
      results: z.array(
        outcomeOf({
          user: userView.optional(),
          takenOver: takenOver.optional(),
          serviceAccounts: serviceAccounts.optional(),
        }),
      ),
      successor: userView.optional().meta({
        description: 'The successor after the last of these removals, as in a list. Absent if nobody was removed.',
      }),
    }),
    errors: ['successor_is_leaver'],
  }),
  restoreUser: route({
    method: 'POST',
    path: '/v1/organizations/{organizationId}/users/{userId}/restore',
    access: onOrganization('remove_users'),
    params: aUser,
    query: none,
    body: undefined,
    units: { call: 41 },
    status: 200,
    response: userView,
    errors: [
      'user_not_found',
      'successor_removed',
      'already_member',
      'address_taken',
      'address_blocked',
      'stale_version',
    ],
  }),
};
