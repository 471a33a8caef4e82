import type { Client } from '../api/client.ts';
import type { Problem } from '../api/send-request.ts';
import { canaryDeliverySeconds, inviteExpiryDaysMax } from '../limits.ts';
import type { Clock } from '../ports.ts';
import { after, second } from '../time.ts';
import { canaryOrganizationId, canaryUserId, simulatedAddress } from '../canary-organization.ts';
import type { CanaryInvite } from './prepare-canary.ts';

/** The clients, ids and values that every check uses. */
export interface CanaryRun {
  /** Calls as the canary's service account. */
  machine: Client;
  /** Calls without a token. */
  anybody: Client;
  /** Requests a page of the console by its path. */
  open(path: string): Promise<Response>;
  clock: Clock;
  /** Distinguishes the values of this run from those of others. Small letters and digits. */
  label: string;
  rootPoolId: string;
  serviceAccountId: string;
  /** A pending invite whose mail counts as sent. */
  invite: CanaryInvite;
  /** If present, the invite is for the guest, who accepts it with this password, which creates their account. If absent, the invite is declined. */
  password?: string;
}

export interface CanaryCheck {
  /** The Lambda functions that the check uses, by the names of their entries. */
  functions: readonly string[];
  /** A description of what the check proves. */
  means: string;
  /** Whether the check causes emails. Such checks run once an hour. */
  mails?: true;
  /** Throws an error with the reason if the check fails. */
  run(canary: CanaryRun): Promise<void>;
}

/** The result of a run. */
export interface CanaryResult {
  checks: (Pick<CanaryCheck, 'functions' | 'means'> & {
    /** Why the check failed. Absent: it passed. */
    failure?: string;
  })[];
}

const params = { organizationId: canaryOrganizationId };
const manager = { role: 'organization_manager' } as const;

/** The name of the data source, policy and resource that the checks change. */
const object = 'Canary';

/**
 * The checks, in the order in which they run. Each changes something through its function, so that a transaction is written with
 * the rights of that function's role. A check may run twice at a time: no check depends on what another run has written.
 */
export const canaryChecks: readonly CanaryCheck[] = [
  {
    functions: ['platform'],
    means: 'the API is up',
    run: async ({ anybody }) => void done(await anybody.getHealth({})),
  },
  {
    functions: ['console'],
    means: 'the console’s page loads',
    run: async ({ open }) => {
      const page = await open('/');
      if (!page.ok) throw new Error(`The page answered ${page.status}.`);
    },
  },
  {
    functions: ['organizations'],
    means: 'settings are changed',
    run: async ({ machine, clock }) => {
      const inviteExpiryDays = 1 + (minutesOf(clock) % inviteExpiryDaysMax);
      done(await machine.updateOrganization({ params, body: { inviteExpiryDays } }));
    },
  },
  {
    functions: ['serviceAccounts'],
    means: 'the roles of a service account are changed',
    run: async ({ machine, rootPoolId, serviceAccountId }) => {
      const { items } = done(await machine.listServiceAccounts({ params }));
      const own = items.find(({ id }) => id === serviceAccountId);
      if (!own) throw new Error('The list lacks the canary’s own service account.');
      const roles = toggled(own.roles, rootPoolId);
      done(await machine.changeServiceAccountRoles({ params: { ...params, serviceAccountId }, body: { roles } }));
    },
  },
  {
    functions: ['permissions'],
    means: 'permissions are explained',
    run: async ({ machine }) => {
      const body = { checks: [{ action: 'manage_policies' as const }] };
      const { results } = done(await machine.checkPermissions({ params, body }));
      if (!results[0]?.allowed) throw new Error('The canary should be allowed to manage policies.');
    },
  },
  {
    functions: ['pools'],
    means: 'a pool is changed',
    run: async ({ machine, clock, rootPoolId: poolId }) => {
      const body = { monthlyLimit: minutesOf(clock) };
      done(await machine.updatePool({ params: { ...params, poolId }, body }));
    },
  },
  {
    functions: ['dataSources'],
    means: 'a data source is changed',
    run: async ({ machine, label }) => {
      const dataSourceId = await dataSourceOf(machine);
      done(
        await machine.updateDataSource({ params: { ...params, dataSourceId }, body: { name: `${object} ${label}` } }),
      );
    },
  },
  {
    functions: ['policies'],
    means: 'a policy is changed',
    run: async ({ machine, clock }) => {
      const { items } = done(await machine.listPolicies({ params }));
      const body = {
        type: 'quota' as const,
        name: object,
        metric: 'resource_count' as const,
        maximum: minutesOf(clock),
      };
      if (items[0])
        done(
          await machine.updatePolicy({ params: { ...params, policyId: items[0].id }, body: { maximum: body.maximum } }),
        );
      else done(await machine.createPolicy({ params, body: { ...body, ownerId: canaryUserId } }));
    },
  },
  {
    functions: ['resources'],
    means: 'a resource is imported',
    run: async ({ machine, label, rootPoolId: poolId }) => {
      const dataSourceId = await dataSourceOf(machine);
      const resource = { name: object, type: 'canary', poolId, dataSourceId, externalId: object, tags: { run: label } };
      const { results } = done(await machine.ingestResources({ params, body: { items: [resource] } }));
      const [{ outcome, code } = {}] = results;
      if (outcome !== 'created' && outcome !== 'updated') throw new Error(`The resource was ${outcome}: ${code}.`);
    },
  },
  {
    functions: ['invites'],
    means: 'an invite is changed',
    run: async ({ machine, rootPoolId: poolId, invite: { inviteId } }) => {
      const roles = [{ role: 'engineer' as const, poolId }];
      done(await machine.updateInvite({ params: { ...params, inviteId }, body: { roles } }));
    },
  },
  {
    functions: ['accept'],
    means: 'the invited person sees the invite and answers it',
    run: async ({ anybody, password, invite: { token, email } }) => {
      done(await anybody.showAcceptPage({}));
      const seen = done(await anybody.lookUpInvite({ body: { token } }));
      if (seen.email !== email) throw new Error(`The invite is to ${seen.email}, not to ${email}.`);
      if (password === undefined) done(await anybody.declineInvite({ body: { token } }));
      else done(await anybody.acceptInvite({ body: { token, name: object, password } }));
    },
  },
  {
    functions: ['invites', 'work', 'recordDelivery'],
    means: 'an invite is mailed, and SES reports that it was delivered',
    mails: true,
    run: async ({ machine, clock, label }) => {
      const body = { emails: [simulatedAddress(label)], roles: [{ role: 'member' as const }] };
      const { results } = done(await machine.inviteUsers({ params, body }));
      const [{ outcome, invite } = {}] = results;
      if (!invite) throw new Error(`The outcome of the invite is ${outcome}.`);
      const named = { params: { ...params, inviteId: invite.id } };
      try {
        await delivered(async () => done(await machine.getInvite(named)), clock);
      } finally {
        await machine.revokeInvite(named);
      }
    },
  },
  {
    functions: ['users'],
    means: 'the roles of a user are changed',
    mails: true,
    run: async ({ machine, rootPoolId }) => {
      const named = { ...params, userId: canaryUserId };
      const { roles } = done(await machine.getUser({ params: named }));
      done(await machine.changeRoles({ params: named, body: { roles: toggled(roles, rootPoolId) } }));
    },
  },
];

/** Returns the value of a response. Throws if it is an error. */
export const done = <T>(reply: { ok: true; value: T } | { ok: false; problem: Problem }): T => {
  if (reply.ok) return reply.value;
  const { status, code, detail, requestId } = reply.problem;
  throw new Error(
    `The API answered ${status} ${code}${detail === undefined ? '' : ` (${detail})`}, request ${requestId}.`,
  );
};

const minutesOf = (clock: Clock): number => Math.floor(Date.parse(clock.now()) / 60_000);

/** Alternates between two sets of roles: organization manager alone, and the same with a role on the root pool. */
const toggled = (roles: readonly unknown[], poolId: string) =>
  roles.length > 1 ? [manager] : [manager, { role: 'engineer' as const, poolId }];

/** The data source of the canary, which the first run creates. */
const dataSourceOf = async (machine: Client): Promise<string> => {
  const { items } = done(await machine.listDataSources({ params }));
  if (items[0]) return items[0].id;
  const body = { type: 'aws' as const, name: object, accountId: object.toLowerCase(), ownerId: canaryUserId };
  return done(await machine.createDataSource({ params, body })).id;
};

/** Waits until the mail of an invite is delivered. */
const delivered = async (
  find: () => Promise<{ delivery: string; deliveryDetail?: string | undefined }>,
  clock: Clock,
) => {
  const end = after(clock.now(), canaryDeliverySeconds * second);
  for (;;) {
    const { delivery, deliveryDetail = '' } = await find();
    if (delivery === 'delivered') return;
    if (delivery !== 'queued' && delivery !== 'sent')
      throw new Error(`The mail is ${delivery}. ${deliveryDetail}`.trim());
    if (clock.now() > end)
      throw new Error(`The mail is still ${delivery} after ${canaryDeliverySeconds} seconds. ${deliveryDetail}`.trim());
    await clock.wait(second);
  }
};
