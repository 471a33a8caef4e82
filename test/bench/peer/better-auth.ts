/** The peer of the benchmark: the organization plugin of better-auth on SQLite in the memory of this process. */
import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { cp } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

/** An organization in better-auth, and functions that call its API as the owner of that organization. They throw if a call fails. */
export interface PeerOrganization {
  /** The ids of its members besides the owner, with the role `member`. */
  memberIds: string[];
  /** The first 50 members. */
  list(): Promise<void>;
  invite(email: string): Promise<void>;
  changeRole(memberId: string, role: 'admin' | 'member'): Promise<void>;
  remove(memberId: string): Promise<void>;
}

export interface Peer {
  /** `better-auth 1.7.25` */
  name: string;
  organization(members: number): Promise<PeerOrganization>;
}

/** The parts of better-auth's types that are used here. The project is type-checked without the package. */
interface BetterAuth {
  options: object;
  handler(request: Request): Promise<Response>;
}
interface Modules {
  auth: { betterAuth(options: object): BetterAuth };
  plugins: { organization(options: object): object };
  migration: { getMigrations(options: object): Promise<{ runMigrations(): Promise<void> }> };
}

const baseURL = 'http://localhost:3000';

/** Installs the package into `directory`, unless it is there already, and starts it. */
export const startPeer = async (directory: string): Promise<Peer> => {
  const { version, modules } = await install(directory);
  const database = new DatabaseSync(':memory:');
  const auth = modules.auth.betterAuth({
    database,
    baseURL,
    secret: randomUUID(),
    emailAndPassword: { enabled: true },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { level: 'error' },
    plugins: [
      modules.plugins.organization({
        membershipLimit: 1_000_000,
        invitationLimit: 1_000_000,
        sendInvitationEmail: async () => undefined,
      }),
    ],
  });
  await (await modules.migration.getMigrations(auth.options)).runMigrations();
  return { name: `better-auth ${version}`, organization: (members) => createOrganization(auth, database, members) };
};

const install = async (directory: string): Promise<{ version: string; modules: Modules }> => {
  for (const name of ['package.json', 'package-lock.json'])
    await cp(path.join(import.meta.dirname, name), path.join(directory, name));
  await promisify(execFile)('npm', ['ci', '--ignore-scripts', '--prefer-offline', '--prefix', directory]);
  const require = createRequire(path.join(directory, 'package.json'));
  const load = async <T>(name: string) => (await import(pathToFileURL(require.resolve(name)).href)) as T;
  return {
    version: (require('./package.json') as { dependencies: Record<string, string> }).dependencies['better-auth'] ?? '',
    modules: {
      auth: await load('better-auth'),
      plugins: await load('better-auth/plugins'),
      migration: await load('better-auth/db/migration'),
    },
  };
};

const createOrganization = async (
  auth: BetterAuth,
  database: DatabaseSync,
  members: number,
): Promise<PeerOrganization> => {
  let cookie = '';
  const call = async (method: 'GET' | 'POST', route: string, body?: object): Promise<string> => {
    const response = await auth.handler(
      new Request(`${baseURL}/api/auth${route}`, {
        method,
        headers: { cookie, origin: baseURL, 'content-type': 'application/json' },
        ...(body && { body: JSON.stringify(body) }),
      }),
    );
    const text = await response.text();
    if (!response.ok) throw new Error(`better-auth refused ${route}: ${response.status} ${text}`);
    cookie ||= response.headers
      .getSetCookie()
      .map((each) => each.split(';', 1)[0])
      .join('; ');
    return text;
  };

  const name = `Organization of ${members}`;
  const slug = randomUUID();
  await call('POST', '/sign-up/email', { email: `${slug}@example.com`, password: 'Correct-horse-7', name: 'Mara' });
  const created = JSON.parse(await call('POST', '/organization/create', { name, slug })) as { id: string };
  const organizationId = created.id;
  const memberIds = insertMembers(database, organizationId, members);

  const inOrganization = new URLSearchParams({ organizationId, limit: '50' }).toString();
  return {
    memberIds,
    list: async () => void (await call('GET', `/organization/list-members?${inOrganization}`)),
    invite: async (email) =>
      void (await call('POST', '/organization/invite-member', { organizationId, email, role: 'member' })),
    changeRole: async (memberId, role) =>
      void (await call('POST', '/organization/update-member-role', { organizationId, memberId, role })),
    remove: async (memberIdOrEmail) =>
      void (await call('POST', '/organization/remove-member', { organizationId, memberIdOrEmail })),
  };
};

/** Written directly to the database, because each sign-up would hash a password. */
const insertMembers = (database: DatabaseSync, organizationId: string, count: number): string[] => {
  const addUser = database.prepare(
    'INSERT INTO user (id, name, email, emailVerified, createdAt, updatedAt) VALUES (?, ?, ?, 1, ?, ?)',
  );
  const addMember = database.prepare(
    'INSERT INTO member (id, organizationId, userId, role, createdAt) VALUES (?, ?, ?, ?, ?)',
  );
  const now = new Date().toISOString();
  const memberIds = Array.from({ length: count }, () => randomUUID());
  database.exec('BEGIN');
  for (const memberId of memberIds) {
    const userId = randomUUID();
    addUser.run(userId, 'Pia Planted', `${userId}@example.com`, now, now);
    addMember.run(memberId, organizationId, userId, 'member', now);
  }
  database.exec('COMMIT');
  return memberIds;
};
