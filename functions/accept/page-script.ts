/** The accept page in the browser: reads the link's fragment, shows the invite, and acts only on a click. */
import type { Answer } from '../../shared/api/route.ts';
import type { Problem } from '../../shared/api/client.ts';
import type { acceptanceRoutes } from '../../shared/invites/acceptance-routes.ts';
import { roleNames } from '../../shared/roles/role-names.ts';
import { endings, type Ending } from './page-words.ts';

type Invite = Answer<typeof acceptanceRoutes.lookUpInvite>;

const element = <T extends HTMLElement = HTMLElement>(id: string): T => {
  const found = document.getElementById(id);
  if (!found) throw new Error(`The page lacks #${id}`);
  return found as T;
};

const sections = ['busy', 'paste', 'invite', 'end'] as const;

const show = (section: (typeof sections)[number]): void => {
  for (const id of sections) element(id).hidden = id !== section;
  element(section).querySelector<HTMLElement>('h1')?.focus();
};

const end = ({ title, text, signIn = false, retry = false }: Ending): void => {
  element('end-title').textContent = title;
  element('end-text').textContent = text;
  element('console').hidden = !signIn;
  element('again').hidden = !retry;
  show('end');
};

/** The answer of a route, or the problem; undefined when nobody answered. */
const post = async <T>(path: string, body: object): Promise<{ value?: T; problem?: Problem } | undefined> => {
  try {
    const response = await fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (response.status === 204) return {};
    const answer: unknown = await response.json();
    return response.ok ? { value: answer as T } : { problem: answer as Problem };
  } catch {
    return undefined;
  }
};

let token = '';

/** Problems that a person can mend on the form; all others end the invite. */
const mendable = new Set([
  'password_required',
  'password_refused',
  'invalid_request',
  'account_in_progress',
  'unavailable',
  'conflict',
]);

const open = async (link: string): Promise<void> => {
  token = link.slice(link.indexOf('#') + 1).trim();
  if (!token) return show('paste');
  show('busy');
  const answer = await post<Invite>('/v1/invites/lookup', { token });
  if (answer?.value) return showInvite(answer.value);
  if (!answer || mendable.has(answer.problem?.code ?? '')) return end(endings.unreachable);
  return answer.problem?.code === 'invite_not_found' ? show('paste') : end(endingOf(answer.problem));
};

const endingOf = (problem: Problem | undefined): Ending =>
  endings[problem?.code ?? ''] ?? {
    title: problem?.title ?? 'Something went wrong',
    text: problem?.detail ?? '',
    retry: true,
  };

const showInvite = (invite: Invite): void => {
  element('organization').textContent = invite.organization.name;
  element('inviter').textContent = invite.inviter.name;
  element('email').textContent = invite.email;
  element('message').textContent = invite.message ?? '';
  element('message').hidden = !invite.message;
  element('roles').replaceChildren(
    ...invite.roles.map(({ role, poolName }) => {
      const item = document.createElement('li');
      item.textContent = roleNames[role] + (poolName ? ` in ${poolName}` : '');
      return item;
    }),
  );
  element('account').hidden = !invite.needsAccount;
  element('password-rules').textContent = `The password needs ${invite.passwordRules.join(', ')}.`;
  element('expires').textContent = new Date(invite.expiresAt).toLocaleString(undefined, {
    dateStyle: 'long',
    timeStyle: 'short',
  });
  show('invite');
};

const act = async (path: string, body: object, done: Ending): Promise<void> => {
  const buttons = [element<HTMLButtonElement>('accept'), element<HTMLButtonElement>('decline')];
  for (const button of buttons) button.disabled = true;
  element('problem').textContent = '';
  const answer = await post(path, { token, ...body });
  for (const button of buttons) button.disabled = false;
  if (answer && !answer.problem) return end(done);
  if (!answer || mendable.has(answer.problem?.code ?? '')) {
    const { detail, title } = answer?.problem ?? { title: endings.unreachable.text };
    if (answer?.problem?.code === 'password_required') element('account').hidden = false;
    element('problem').textContent = detail ?? title;
    return;
  }
  end(endingOf(answer.problem));
};

element('paste-form').addEventListener('submit', (event) => {
  event.preventDefault();
  void open(element<HTMLInputElement>('link').value);
});

element('accept-form').addEventListener('submit', (event) => {
  event.preventDefault();
  const name = element<HTMLInputElement>('name').value.trim();
  const password = element<HTMLInputElement>('password').value;
  const account = element('account').hidden ? {} : { ...(name && { name }), ...(password && { password }) };
  void act('/v1/invites/accept', account, endings.accepted);
});

element('decline').addEventListener('click', () => void act('/v1/invites/decline', {}, endings.declined));
element('again').addEventListener('click', () => void open(token));

/** The secret stays out of the address bar, the history and what extensions see of it. */
const fragment = location.hash;
history.replaceState(null, '', location.pathname);
void open(fragment);
