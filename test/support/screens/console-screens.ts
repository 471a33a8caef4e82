import type { Locator, Page } from 'playwright-core';
import { dataSourcesTexts } from '../../../functions/console/app/data-sources/texts.ts';
import { invitationsTexts, inviteTexts } from '../../../functions/console/app/invites/texts.ts';
import { meTexts } from '../../../functions/console/app/me/texts.ts';
import { partTexts } from '../../../functions/console/app/parts/texts.ts';
import { policiesTexts } from '../../../functions/console/app/policies/texts.ts';
import { poolsTexts } from '../../../functions/console/app/pools/texts.ts';
import { resourcesTexts } from '../../../functions/console/app/resources/texts.ts';
import { removalTexts } from '../../../functions/console/app/users/removal-texts.ts';
import { usersTexts } from '../../../functions/console/app/users/texts.ts';
import { serviceAccountsTexts } from '../../../functions/console/app/service-accounts/texts.ts';
import { settingsTexts } from '../../../functions/console/app/settings/texts.ts';
import { addressOf, serviceAccountName, type Scene } from './scene.ts';

/** A page of the console, or one of its dialogs, and how the organization manager of a scene gets there. */
export interface ConsoleScreen {
  /** The path of the page in `pages.ts`, where the dialog is opened if this is one. */
  path: string;
  /** The module of the dialog in `functions/console/app`, without its ending. Absent: a page. */
  dialog?: string;
  /** The filters in the address of the page. */
  query?: string;
  /** What distinguishes it from other screens of the same page or dialog. */
  state?: string;
  /** The page is a list, whose first row must be in view. */
  isList?: boolean;
  /** The text that the page shows as soon as it has read what it lists. */
  loaded: (scene: Scene) => string;
  /** What the person does on the page. */
  act?: (page: Page, scene: Scene) => Promise<void>;
}

export const nameOf = ({ path, dialog, state }: ConsoleScreen): string =>
  [dialog ?? path, state].filter((part) => part !== undefined).join(': ');

/** The address of a screen's page behind the organization. */
export const pathOf = ({ path, query = '' }: ConsoleScreen, { personId, poolId }: Scene): string =>
  (path + query).replace(':userId', personId).replace(':poolId', poolId);

const button = (place: Page | Locator, name: string) => place.getByRole('button', { name, exact: true }).first();

const press = (name: string) => (page: Page) => button(page, name).click();

/** Chooses an action in the menu of a row. */
const choose = (menu: (scene: Scene) => string, action: string) => async (page: Page, scene: Scene) => {
  await button(page, menu(scene)).click();
  await page.getByRole('menuitem', { name: action, exact: true }).click();
};

const select = (label: (scene: Scene) => string) => (page: Page, scene: Scene) =>
  page
    .getByRole('checkbox', { name: label(scene) })
    .first()
    .check();

/** Selects rows, and chooses an action for all of them. */
const chooseForSelected = (labels: (scene: Scene) => string[], action: string) => async (page: Page, scene: Scene) => {
  for (const label of labels(scene)) await select(() => label)(page, scene);
  await button(page, partTexts.actions).click();
  await page.getByRole('menuitem', { name: action, exact: true }).click();
};

const person = ({ words }: Scene) => words.people[0];
const firstPool = ({ words }: Scene) => words.pools[0] ?? '';
const firstResource = ({ words }: Scene) => words.resources[0] ?? '';
const policy = ({ words }: Scene) => words.policy;
const dataSource = ({ words }: Scene) => words.dataSource;
const invited = ({ invited: email }: Scene) => email;

const oneResource = (scene: Scene) => [resourcesTexts.selectResource(firstResource(scene))];
const twoUsers = ({ words: { people } }: Scene) => [people[0], people[2]].map(usersTexts.selectUser);

const forUser = (scene: Scene) => usersTexts.rowActions(person(scene));
const forPool = (scene: Scene) => poolsTexts.actionsFor(firstPool(scene));
const forLeaf = ({ words }: Scene) => poolsTexts.actionsFor(words.otherPools[0] ?? '');
const forResource = (scene: Scene) => resourcesTexts.actionsFor(firstResource(scene));
const forInvitation = (scene: Scene) => invitationsTexts.rowActions(invited(scene));
const forPolicy = (scene: Scene) => partTexts.actionsFor(policy(scene));
const forDataSource = (scene: Scene) => partTexts.actionsFor(dataSource(scene));

/** Addresses as somebody pastes them: good ones, a user, an invited person, one that is wrong, and one twice. */
const typeAddresses = async (page: Page, { words, invited: email }: Scene) => {
  const [user] = words.people;
  const fresh = ['Ada King', 'Grace Hopper', 'Linus Berg'].map((name) => addressOf(name, words));
  const all = [...fresh, addressOf(user, words), email, 'grace(at)example.com', fresh[0]];
  await page.getByRole('textbox', { name: inviteTexts.addressesLabel }).fill(`${all.join('\n')}\n`);
};

const reviewInvitations = async (page: Page, scene: Scene) => {
  await typeAddresses(page, scene);
  await button(page, inviteTexts.removeBad).click();
  await page.getByRole('button', { name: new RegExp(`^${partTexts.role} 1`) }).click();
  await page.getByRole('option').last().click();
  await button(page, inviteTexts.review).click();
  await page.getByRole('heading', { name: inviteTexts.forecast }).waitFor();
};

const users = { path: '/users', isList: true, loaded: person };
const pools = { path: '/pools', isList: true, loaded: firstPool };
const resources = { path: '/resources', isList: true, loaded: firstResource };
const invitations = { path: '/settings/invitations', isList: true, loaded: invited };
const policies = { path: '/settings/policies', isList: true, loaded: policy };
const dataSources = { path: '/settings/data-sources', isList: true, loaded: dataSource };
const serviceAccounts = { path: '/settings/service-accounts', isList: true, loaded: () => serviceAccountName };
const me = { path: '/me', loaded: ({ words }: Scene) => words.inviter };

/** Every page and every dialog of the console. */
export const consoleScreens: ConsoleScreen[] = [
  users,
  { ...users, state: 'selected', act: select((scene) => usersTexts.selectUser(person(scene))) },
  { ...users, dialog: 'users/change-roles-modal', act: choose(forUser, usersTexts.changeRoles) },
  {
    ...users,
    dialog: 'users/change-roles-modal',
    state: 'many roles',
    act: choose(({ words }) => usersTexts.rowActions(words.people[1]), usersTexts.changeRoles),
  },
  { ...users, dialog: 'users/delete-user-modal', act: choose(forUser, removalTexts.delete) },
  {
    ...users,
    dialog: 'users/bulk-roles-modal',
    act: chooseForSelected(twoUsers, usersTexts.bulkRoles.add.menu),
  },
  { ...users, dialog: 'users/delete-users-modal', act: chooseForSelected(twoUsers, removalTexts.delete) },
  { path: '/users', state: 'deleted', query: '?status=removed', isList: true, loaded: ({ words }) => words.people[3] },
  { path: '/users/:userId', loaded: () => usersTexts.columns.joinedAt },
  { path: '/invite', loaded: () => inviteTexts.addressesLabel },
  { path: '/invite', state: 'addresses', loaded: () => inviteTexts.addressesLabel, act: typeAddresses },
  { path: '/invite', state: 'review', loaded: () => inviteTexts.addressesLabel, act: reviewInvitations },
  pools,
  { ...pools, dialog: 'pools/create-pool-modal', act: press(poolsTexts.create) },
  { ...pools, dialog: 'pools/edit-pool-modal', act: choose(forPool, poolsTexts.edit) },
  { ...pools, dialog: 'pools/move-pool-modal', act: choose(forPool, poolsTexts.move) },
  { ...pools, dialog: 'pools/delete-pool-modal', act: choose(forLeaf, poolsTexts.delete) },
  { path: '/pools/:poolId', loaded: ({ words }) => words.people[1] },
  resources,
  { ...resources, dialog: 'resources/create-resource-modal', act: press(resourcesTexts.create) },
  { ...resources, dialog: 'resources/edit-resource-modal', act: choose(forResource, resourcesTexts.edit) },
  {
    ...resources,
    dialog: 'resources/give-resources-modal',
    act: chooseForSelected(oneResource, resourcesTexts.give),
  },
  {
    ...resources,
    dialog: 'resources/move-resources-modal',
    act: chooseForSelected(oneResource, resourcesTexts.move),
  },
  {
    ...resources,
    dialog: 'resources/delete-resources-modal',
    act: chooseForSelected(oneResource, resourcesTexts.delete),
  },
  { path: '/settings/organization', loaded: () => settingsTexts.expiry },
  invitations,
  { ...invitations, state: 'selected', act: select((scene) => invitationsTexts.selectInvite(invited(scene))) },
  { ...invitations, dialog: 'invites/correct-address-modal', act: choose(forInvitation, invitationsTexts.correct) },
  { ...invitations, dialog: 'invites/edit-roles-modal', act: choose(forInvitation, invitationsTexts.editRoles) },
  { ...invitations, dialog: 'invites/revoke-modal', act: choose(forInvitation, invitationsTexts.revoke) },
  policies,
  { ...policies, dialog: 'policies/policy-modal', act: press(policiesTexts.create) },
  { ...policies, dialog: 'policies/policy-modal', state: 'edited', act: choose(forPolicy, partTexts.edit) },
  { ...policies, dialog: 'policies/delete-policy-modal', act: choose(forPolicy, partTexts.delete) },
  dataSources,
  { ...dataSources, dialog: 'data-sources/data-source-modal', act: press(dataSourcesTexts.create) },
  {
    ...dataSources,
    dialog: 'data-sources/data-source-modal',
    state: 'edited',
    act: choose(forDataSource, partTexts.edit),
  },
  { ...dataSources, dialog: 'data-sources/delete-data-source-modal', act: choose(forDataSource, partTexts.delete) },
  serviceAccounts,
  {
    ...serviceAccounts,
    dialog: 'service-accounts/service-account-modal',
    act: press(serviceAccountsTexts.list.create),
  },
  {
    ...serviceAccounts,
    dialog: 'service-accounts/delete-service-account-modal',
    act: choose(() => partTexts.actionsFor(serviceAccountName), partTexts.delete),
  },
  { path: '/settings/audit-log', isList: true, loaded: policy },
  me,
  { ...me, dialog: 'me/decline-modal', act: (page, { words }) => press(meTexts.declineOf(words.inviter))(page) },
];
