import { systemIds } from '../../functions/adapters/system.ts';
import type { Services } from '../../shared/ports.ts';
import { keys, partitions } from '../../shared/table/keys.ts';
import type { Table } from '../../shared/table/table.ts';
import { put } from '../../shared/table/write.ts';
import { after, minute } from '../../shared/time.ts';
import { findClaim, findOrMakeAccount, type AccountRequest } from '../../shared/users/account.ts';
import { guarded, tableOf, type GuardedOperation, type Scene } from '../support/guarded.ts';
import { atInstant, servicesOf } from '../support/operations.ts';
import { newEmail } from '../support/organization.ts';
import { succeed } from '../support/requests.ts';
import { password } from '../support/stack.ts';

/** A request that makes the account of an address, as accepting an invite does. */
interface AccountScene extends Scene {
  email: string;
  now: string;
  /** How often the request set a password. */
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

/** A claim, as another request writes it down. */
const claim = (scene: Pick<AccountScene, 'organizationId' | 'email'>, claimant: string, mark: string, at: string) =>
  accountTable(scene).transact([put({ ...keys.accountClaim(scene.email), state: 'making', claimant, mark, at })]);

/** `refused`: the directory does not accept the password. */
const making = async (passwordIs: 'set' | 'refused' = 'set'): Promise<AccountScene> => {
  const [organizationId, email] = [systemIds.next('org'), newEmail()];
  const now = new Date().toISOString();
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

/** A request died after it had made the account, and before it set the password. */
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
        harm: 'somebody joins with an account that nobody can sign in with, because another request had just begun to make it',
        meanwhile: async (scene) => {
          await claim(scene, 'theirs', 'theirs', scene.now);
          await directory().create({ email: scene.email, name: 'Ada', mark: 'theirs' });
        },
        harmed: async ({ email }, result) => result.ok && (await directory().findByEmail(email))?.temporary === true,
      },
      'account claim: claimant = and state =': {
        harm: 'two requests that take over from a dead one each set a password',
        scene: takingOver,
        meanwhile: (scene) => claim(scene, 'theirs', 'dead', scene.now),
        harmed: ({ passwordsSet }) => passwordsSet > 0,
      },
    },
  }),
  guarded<AccountScene>({
    operation: 'findOrMakeAccount: writes down that the account is made',
    scene: making,
    write: 2,
    guards: {
      'account claim: state = and claimant =': {
        harm: 'somebody is told twice that an account was made for them',
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
    operation: 'findOrMakeAccount: gives the address back',
    scene: () => making('refused'),
    write: 2,
    guards: {
      'account claim: claimant =': {
        harm: 'the claim of a request that has taken over is given away, and two requests make one account',
        meanwhile: (scene) => claim(scene, 'theirs', 'ours', scene.now),
        harmed: async (scene) => (await accountTable(scene).get(keys.accountClaim(scene.email)))?.state === 'open',
      },
    },
  }),
];
