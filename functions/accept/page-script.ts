/** The accept page in the browser: reads the link's fragment, shows the invite, and acts only on a click. */
import type { Answer } from '../../shared/api/route.ts';
import type { acceptanceRoutes } from '../../shared/invites/acceptance-routes.ts';
import { roleName } from '../../shared/roles/role-name.ts';
import { forgetPassword, readAccount, showAccount, showAccountErrors } from './page-account.ts';
import { tokenIn } from './page-link.ts';
import { element, setError, show, showBlock, showEnd, showPaste, work } from './page-parts.ts';
import { post, type Refusal } from './page-service.ts';
import {
  accepted,
  asked,
  blocked,
  blockQuestion,
  cutLink,
  declined,
  endings,
  hindrances,
  unblocked,
  unblockQuestion,
  unknownLink,
  type Words,
} from './page-words.ts';

type Invite = Answer<typeof acceptanceRoutes.lookUpInvite>;
type Accepted = Answer<typeof acceptanceRoutes.acceptInvite>;

/** Kept here only: neither the address bar nor the history nor any storage has it. */
let token = '';

const openInvite = async (link: string): Promise<void> => {
  token = link;
  show('busy');
  const reply = await post<Invite>('/v1/invites/lookup', { token });
  if (reply.ok) showInvite(reply.value);
  else showRefusal(reply.error);
};

const showRefusal = ({ code, detail }: Refusal): void => {
  if (code === 'invite_not_found') return showPaste(unknownLink);
  if (code === 'block_link') return showBlock(blockQuestion(detail ?? ''), false);
  if (code === 'organization_blocked') return showBlock(unblockQuestion(detail ?? ''), true);
  showEnd(
    endings[code] ?? hindrances[code] ?? { ...hindrances.unavailable, text: detail ?? hindrances.unavailable.text },
  );
};

const showInvite = (invite: Invite): void => {
  element('organization').textContent = invite.organization.name;
  element('inviter').textContent = invite.inviter.name;
  element('inviter-email').textContent = invite.inviter.email ?? '';
  element('inviter-address').hidden = invite.inviter.email === undefined;
  const created = element<HTMLTimeElement>('created');
  created.dateTime = invite.organization.createdAt;
  created.textContent = new Date(invite.organization.createdAt).toLocaleDateString('en-GB', { dateStyle: 'long' });
  element('email').textContent = invite.email;
  element('message').textContent = invite.message ?? '';
  element('message').hidden = !invite.message;
  element('roles').replaceChildren(
    ...invite.roles.map(({ role, poolName }) => {
      const item = document.createElement('li');
      item.textContent = roleName(role) + (poolName ? ` in ${poolName}` : '');
      return item;
    }),
  );
  const expires = element<HTMLTimeElement>('expires');
  expires.dateTime = invite.expiresAt;
  expires.textContent = new Date(invite.expiresAt).toLocaleString('en-GB', { dateStyle: 'long', timeStyle: 'short' });
  showAccount(invite.needsAccount, invite.email);
  element('problem').textContent = '';
  show('invite');
};

/** Sends what was clicked. What passes is told at `problem`, and all that was typed stays; anything else ends the invite. */
const send = async <T>(
  action: 'accept' | 'decline' | 'request-new' | 'block' | 'unblock',
  body: object,
  problem: string,
  done: (value: T) => Words,
): Promise<void> => {
  element(problem).textContent = '';
  const reply = await post<T>(`/v1/invites/${action}`, { token, ...body });
  if (reply.ok) return showEnd(done(reply.value));
  const { code, detail, errors = [] } = reply.error;
  if (action === 'accept' && showAccountErrors(errors)) return;
  if (code === 'invite_pending') return openInvite(token);
  if (endings[code] || code === 'invite_not_found') return showRefusal(reply.error);
  element(problem).textContent = hindrances[code]?.text ?? detail ?? hindrances.unavailable.text;
};

element('accept-form').addEventListener('submit', (event) => {
  event.preventDefault();
  const account = readAccount();
  if (!account) return;
  void work('Accepting…', () =>
    send<Accepted>('accept', account, 'problem', ({ email }) => {
      forgetPassword();
      return accepted(element('organization').textContent, email, location.host);
    }),
  );
});

element('decline').addEventListener(
  'click',
  () => void work('Declining…', () => send('decline', {}, 'problem', () => declined)),
);
element('block-confirm').addEventListener(
  'click',
  () => void work('Blocking…', () => send('block', {}, 'block-problem', () => blocked)),
);
element('unblock-confirm').addEventListener(
  'click',
  () => void work('Lifting the block…', () => send('unblock', {}, 'block-problem', () => unblocked)),
);
element('ask').addEventListener(
  'click',
  () => void work('Asking…', () => send('request-new', {}, 'end-problem', () => asked)),
);
element('again').addEventListener('click', () => void work('', () => openInvite(token)));

element('paste-form').addEventListener('submit', (event) => {
  event.preventDefault();
  const found = tokenIn(element<HTMLInputElement>('link').value);
  if (found) return void work('', () => openInvite(found));
  setError('link', 'This is not the whole link. It is the long one, with a # in it, on a line of its own in the mail.');
  element('link').focus();
});

/** The secret does not stay in the address bar, nor in the history, nor where extensions look. */
const takeLink = (): void => {
  const fragment = location.hash;
  history.replaceState(null, '', location.pathname);
  const found = tokenIn(fragment);
  if (found) void work('', () => openInvite(found));
  else showPaste(cutLink);
};

/** A link that is pasted into the address bar of this very page loads nothing. */
addEventListener('hashchange', takeLink);
takeLink();
