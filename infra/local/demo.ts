import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { createClient, type Client } from '../../shared/api/client.ts';
import { patience } from './patience.ts';
import type { Endpoints } from './stack.ts';
import type { Seeded } from './seed.ts';
import { signInLocally } from './sign-in.ts';

/**
 * `npm run demo`: runs the main job against the running stack, as a newcomer would by hand. Exits with 1 at the first unexpected
 * result.
 */
type Running = Endpoints & Seeded;

const password = 'Demo-password-2026';

const main = async (): Promise<void> => {
  const running = await readEndpoints();
  const { organizationId, manager } = running;
  const mara = await signIn(running, manager.email, manager.password);
  say(`Signed in as ${manager.email}, an organization manager.`);

  const params = { organizationId };
  const pools = take(await mara.listPools({ params })).items;
  const poolId = (name: string): string =>
    pools.find((pool) => pool.name === name)?.id ?? surprise(`There is no pool ${name}.`);
  say(`The organization has ${pools.length} pools, for example “${pools.at(-1)?.path}”.`);

  const run = Date.now().toString(36);
  const [ada, ben, cleo] = ['ada', 'ben', 'cleo'].map((name) => `${name}.${run}@demo.example`) as [
    string,
    string,
    string,
  ];
  const invited = take(
    await mara.inviteUsers({
      params,
      body: {
        emails: [ada, ben, cleo, 'not an address'],
        roles: [
          { role: 'manager', poolId: poolId('Web') },
          { role: 'engineer', poolId: poolId('Data') },
        ],
      },
    }),
  );
  say(`Invited three addresses as manager of Web and engineer in Data: ${JSON.stringify(invited.summary)}.`);
  expect(invited.summary.created === 3 && invited.summary.invalid_email === 1, 'three created, one invalid address');

  const anybody = createClient({ baseUrl: running.api });
  const joined: string[] = [];
  for (const email of [ada, ben, cleo]) {
    const token = await readToken(running, email);
    const invite = take(await anybody.lookUpInvite({ body: { token } }));
    expect(invite.email === email && invite.needsAccount, 'the link shows the invite');
    const name = `${email.split('.')[0]} Demo`;
    joined.push(take(await anybody.acceptInvite({ body: { token, name, password } })).userId);
    say(
      `Read the mail to ${email}; it joins ${invite.organization.name} as ${invite.roles.map(({ role, poolName }) => `${role} in ${poolName}`).join(', ')}. Accepted.`,
    );
  }
  const [adaId = '', benId = ''] = joined;

  const asAda = await signIn(running, ada, password);
  const me = take(await asAda.getMyUser({ params }));
  say(`Signed in as ${ada}: ${me.roles.map(({ role, poolName }) => `${role} in ${poolName}`).join(', ')}.`);
  expect(me.id === adaId, 'the membership is the one that was accepted');
  const pool = take(await asAda.createPool({ params, body: { name: `Landing page ${run}`, parentId: poolId('Web') } }));
  say(`As manager of Web she creates the pool “${pool.path}” and owns it.`);
  const refused = await asAda.inviteUsers({
    params,
    body: { emails: ['x@demo.example'], roles: [{ role: 'member' }] },
  });
  expect(!refused.ok && refused.status === 403, 'a manager cannot invite');
  say('She may not invite anybody: refused, with the reason.');

  const found = take(await mara.listUsers({ params, query: { search: 'ada' } })).items;
  expect(
    found.some(({ id }) => id === adaId),
    'a search by name finds her',
  );
  const accepted = take(await mara.listInvites({ params, query: { status: 'accepted', limit: 100 } })).items;
  expect(
    [ada, ben, cleo].every((email) => accepted.some((invite) => invite.email === email)),
    'their invites are accepted',
  );
  say(`The users list finds her, and the invites list knows the fate of all three.`);

  const removal = take(await mara.removeUser({ params: { ...params, userId: adaId }, query: { successorId: benId } }));
  say(
    `Removed ${removal.user.name}; ${removal.successor.name} took over ${removal.takenOver.pools} pool(s), in one transaction.`,
  );
  const after = take(await mara.getPool({ params: { ...params, poolId: pool.id } }));
  expect(after.defaultOwnerId === benId, 'the pool has the successor as its owner');
  const locked = await asAda.getMyUser({ params });
  expect(!locked.ok && locked.status === 404, 'her token opens nothing any more');
  say('Her token is still valid, and opens nothing any more. Done: all as promised.');
};

const readEndpoints = async (): Promise<Running> => {
  const file = path.resolve(import.meta.dirname, '../../.local/endpoints.json');
  try {
    return JSON.parse(await readFile(file, 'utf8')) as Running;
  } catch {
    return surprise('Nothing is running here: start it with npm start, in another terminal.');
  }
};

const signIn = async ({ api, cognito }: Running, email: string, secret: string): Promise<Client> => {
  const { accessToken } = await signInLocally(cognito, email, secret);
  return createClient({ baseUrl: api, token: () => accessToken });
};

/** The token in the link of the email to this address. */
const readToken = async ({ inbox }: Running, email: string): Promise<string> => {
  const end = Date.now() + patience.mail;
  while (Date.now() < end) {
    const { emails } = (await (await fetch(`${inbox}/store`)).json()) as {
      emails: { destination: { to: string[] }; body: { text: string } }[];
    };
    const mail = emails.find(({ destination }) => destination.to.includes(email));
    const token = mail && /#(\S+)/.exec(mail.body.text)?.[1];
    if (token) return token;
    await setTimeout(100);
  }
  return surprise(`No mail came to ${email}.`);
};

const take = <T>(reply: { ok: true; value: T } | { ok: false; problem: object }): T =>
  reply.ok ? reply.value : surprise(`The API refused: ${JSON.stringify(reply.problem)}`);

const expect = (holds: boolean, what: string): void => {
  if (!holds) surprise(`Expected that ${what}.`);
};

class Surprise extends Error {}

const surprise = (message: string): never => {
  throw new Surprise(message);
};

let step = 0;
const say = (text: string): void => console.log(`${String((step += 1)).padStart(2)}. ${text}`);

main().catch((error: unknown) => {
  const unreachable = error instanceof Error && error.cause instanceof Error && 'code' in error.cause;
  console.error(
    error instanceof Surprise
      ? error.message
      : unreachable
        ? 'Nothing answers: start it with npm start, in another terminal.'
        : error,
  );
  process.exit(1);
});
