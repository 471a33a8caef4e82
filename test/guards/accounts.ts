import { systemIds } from '../../functions/adapters/system.ts';
import type { Services } from '../../shared/ports.ts';
import { keys, partitions } from '../../shared/table/keys.ts';
import type { Table } from '../../shared/table/table.ts';
import { put } from '../../shared/table/write.ts';
import { after, minute } from '../../shared/time.ts';
import { findClaim, findOrMakeAccount, type AccountRequest } from '../../shared/users/account.ts';
import { clock } from '../support/clock.ts';
import { guarded, tableOf, type GuardedOperation, type Scene } from '../support/guarded.ts';
import { atInstant, servicesOf } from '../support/operations.ts';
import { newEmail } from '../support/organization.ts';
import { succeed } from '../support/requests.ts';
import { password } from '../support/stack.ts';

/** A request that creates the account of an address, as accepting an invite does. */
interface AccountScene extends Scene {
  email: string;
  now: string;
  /** How often the request under test has set a password. */
  passwordsSet: number;
}

const requestOf = ({ organizationId, email }: Pick<AccountScene, 'organizationId' | 'email'>, claimant: string) =>
  ({
    organization: { id: organizationId, name: 'Acme' },
    email,
    name: 'Ada',
    password,
    claimant,
  }) satisfies AccountRequest;

const directory = (): Services['directory'] => servicesOf(undefined).directory;

const accountTable = ({ organizationId, email }: Pick<AccountScene, 'organizationId' | 'email'>): Table =>
  servicesOf(undefined).tenantTable(organizationId, partitions.account(email));

/** Stores a claim as another request would. */
const claim = (scene: Pick<AccountScene, 'organizationId' | 'email'>, claimant: string, mark: string, at: string) =>
  accountTable(scene).transact([put({ ...keys.accountClaim(scene.email), state: 'making', claimant, mark, at })]);

/** With `refused`, the directory refuses the password. */
const making = async (passwordIs: 'set' | 'refused' = 'set'): Promise<AccountScene> => {
  const [organizationId, email] = [systemIds.next('org'), newEmail()];
  const now = clock.now();
  const scene: AccountScene = {
    organizationId,
    email,
    now,
    passwordsSet: 0,
    run: async (services) => {
      const found = await findClaim(services, organizationId, email);
      const setPassword: Services['directory']['setPassword'] = async (personId, secret) => {
        if (passwordIs === 'refused') return 'refused';
        scene.passwordsSet += 1;
        return services.directory.setPassword(personId, secret);
      };
      const own = { ...services, directory: { ...services.directory, setPassword } };
      return findOrMakeAccount(atInstant(own, now), requestOf({ organizationId, email }, 'ours'), found);
    },
  };
  return scene;
};

/** Another request crashed after it had created the account and before it set the password. */
const takingOver = async (): Promise<AccountScene> => {
  const scene = await making();
  await claim(scene, 'dead', 'dead', after(scene.now, -minute));
  await directory().create({ email: scene.email, name: 'Ada', mark: 'dead' });
  return scene;
};

const noticesTo = async ({ organizationId }: AccountScene): Promise<number> => {
  const { pk } = keys.notice(organizationId, '');
  return (await tableOf(organizationId).query({ pk, limit: 10 })).items.length;
};

export const accountGuards: GuardedOperation[] = [
  guarded<AccountScene>({
    operation: 'findOrMakeAccount: claims the address',
    scene: making,
    write: 1,
    guards: {
      'account claim: no item': {
        harm: 'a person joins with an account that has no password yet, because another request is still creating it',
        meanwhile: async (scene) => {
          await claim(scene, 'theirs', 'theirs', scene.now);
          await directory().create({ email: scene.email, name: 'Ada', mark: 'theirs' });
        },
        harmed: async ({ email }, result) => result.ok && (await directory().findByEmail(email))?.temporary === true,
      },
      'account claim: claimant = and state =': {
        harm: 'two requests that take over from a crashed request each set a password',
        scene: takingOver,
        meanwhile: (scene) => claim(scene, 'theirs', 'dead', scene.now),
        harmed: ({ passwordsSet }) => passwordsSet > 0,
      },
    },
  }),
  guarded<AccountScene>({
    operation: 'findOrMakeAccount: records that the account is made',
    scene: making,
    write: 2,
    guards: {
      'account claim: state = and claimant =': {
        harm: 'a person is notified twice that an account was created for them',
        meanwhile: (scene) =>
          succeed(scene.organizationId, async (services) =>
            findOrMakeAccount(
              services,
              requestOf(scene, 'theirs'),
              await findClaim(services, scene.organizationId, scene.email),
            ),
          ),
        harmed: async (scene) => (await noticesTo(scene)) > 1,
      },
    },
  }),
  guarded<AccountScene>({
    operation: 'findOrMakeAccount: releases the address',
    scene: () => making('refused'),
    write: 2,
    guards: {
      'account claim: claimant =': {
        harm: 'the claim of a request that has taken over is released, so two requests create the same account at once',
        meanwhile: (scene) => claim(scene, 'theirs', 'ours', scene.now),
        harmed: async (scene) => (await accountTable(scene).get(keys.accountClaim(scene.email)))?.state === 'open',
      },
    },
  }),
];
