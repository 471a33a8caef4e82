/** The script of the accept page: reads the link's fragment, shows the invite, and changes anything only after a click. */
import type { Answer } from '../../shared/api/route.ts';
import type { acceptanceRoutes } from '../../shared/invites/acceptance-routes.ts';
import { acceptPath } from '../../shared/invites/token.ts';
import { roleName } from '../../shared/roles/role-name.ts';
import { shownAddress } from '../../shared/shown-address.ts';
import { forgetPassword, readAccount, showAccount, showAccountErrors } from './page-account.ts';
import { tokenIn } from './page-link.ts';
import { element, setError, show, showBlock, showEnd, showPaste, work } from './page-parts.ts';
import { forgetLink, rememberedLink, rememberLink } from './page-place.ts';
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
  notWhole,
  unblocked,
  unblockQuestion,
  unknownLink,
  type Words,
} from './page-words.ts';

type Invite = Answer<typeof acceptanceRoutes.lookUpInvite>;
type Accepted = Answer<typeof acceptanceRoutes.acceptInvite>;

/** The token of the open link, which `takeLink` has removed from the address bar. */
let token = '';

const openInvite = async (link: string): Promise<void> => {
  token = link;
  rememberLink(token);
  show('busy');
  const reply = await post<Invite>('/v1/invites/lookup', { token });
  if (reply.ok) showInvite(reply.value);
  else showRefusal(reply.error);
};

const showRefusal = ({ code, detail }: Refusal): void => {
  if (code === 'invite_not_found') {
    forgetLink();
    return showPaste(unknownLink);
  }
  if (code === 'block_link') return showBlock(blockQuestion(detail ?? ''), false);
  if (code === 'organization_blocked') return showBlock(unblockQuestion(detail ?? ''), true);
  end(endings[code] ?? hindrances[code] ?? { ...hindrances.unavailable, text: detail ?? hindrances.unavailable.text });
};

/** Shows the end of the process and forgets the link, unless the link is still needed. */
const end = (words: Words): void => {
  if (!words.ways?.some((way) => way === 'ask' || way === 'again')) forgetLink();
  showEnd(words);
};

const showInvite = (invite: Invite): void => {
  element('organization').textContent = invite.organization.name;
  element('inviter').textContent = invite.inviter.name;
  element('inviter-email').textContent = shownAddress(invite.inviter.email ?? '');
  element('inviter-address').hidden = invite.inviter.email === undefined;
  const created = element<HTMLTimeElement>('created');
  created.dateTime = invite.organization.createdAt;
  created.textContent = new Date(invite.organization.createdAt).toLocaleDateString('en-GB', { dateStyle: 'long' });
  element('email').textContent = shownAddress(invite.email);
  // The address is in the fragment, which no server sees. The console reads it at sign-in:
  // functions/console/app/session/session.ts.
  element<HTMLAnchorElement>('sign-in').href = `/#login_hint=${encodeURIComponent(invite.email)}`;
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

/**
 * Sends a request. A temporary failure is shown at `problem` and keeps the input; any other failure shows the end of the invite.
 */
const send = async <T>(
  action: 'accept' | 'decline' | 'request-new' | 'block' | 'unblock',
  body: object,
  problem: string,
  done: (value: T) => Words,
): Promise<void> => {
  element(problem).textContent = '';
  const reply = await post<T>(`/v1/invites/${action}`, { token, ...body });
  if (reply.ok) return end(done(reply.value));
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
  () => void work('Unblocking…', () => send('unblock', {}, 'block-problem', () => unblocked)),
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
  setError('link', notWhole);
  element('link').focus();
});

/** Reads the clipboard itself, because a single-line field drops line ends, and a copied button has its link only in HTML. */
element<HTMLInputElement>('link').addEventListener('paste', (event) => {
  const found = ['text/plain', 'text/html'].map((type) => tokenIn(event.clipboardData?.getData(type) ?? ''));
  const pasted = found.find((each) => each !== undefined);
  if (pasted === undefined) return;
  event.preventDefault();
  element<HTMLInputElement>('link').value = pasted;
});

/**
 * Reads the token from the address, wherever a mail gateway has put it, or else uses the one from before a reload. Removes the
 * secret from the address bar and from the history.
 */
const takeLink = (): void => {
  const found = tokenIn(location.href) ?? tokenIn(rememberedLink());
  history.replaceState(null, '', acceptPath);
  if (found) void work('', () => openInvite(found));
  else showPaste(cutLink);
};

/** Pasting another link into the address bar of this page changes only the fragment and does not load the page again. */
addEventListener('hashchange', takeLink);
takeLink();
