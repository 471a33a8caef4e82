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
import { securityTexts } from '../../../functions/console/app/settings/security-texts.ts';
import { settingsTexts } from '../../../functions/console/app/settings/texts.ts';
import { addressOf, serviceAccountName, type Scene } from './scene.ts';

/** A page of the console, or one of its dialogs, and how the organization manager of a scene gets there. */
export interface ConsoleScreen {
  /** The path in `pages.ts` of the page, or of the page on which the dialog is opened. */
  path: string;
  /** The module of the dialog in `functions/console/app`, without its extension. Absent: the screen is a page. */
  dialog?: string;
  /** The query of the address, which contains the filters. */
  query?: string;
  /** The state that distinguishes the screen from others of the same page or dialog. */
  state?: string;
  /** The page is a list, whose first row must be in view. */
  isList?: boolean;
  /** A text that the page shows as soon as its data is loaded. */
  loaded: (scene: Scene) => string;
  /** Brings the loaded page into the state of the screen. */
  act?: (page: Page, scene: Scene) => Promise<void>;
}

export const nameOf = ({ path, dialog, state }: ConsoleScreen): string =>
  [dialog ?? path, state].filter((part) => part !== undefined).join(': ');

/** The address of a screen's page, relative to the organization. */
export const pathOf = ({ path, query = '' }: ConsoleScreen, { personId, poolId }: Scene): string =>
  (path + query).replace(':userId', personId).replace(':poolId', poolId);

const button = (place: Page | Locator, name: string) => place.getByRole('button', { name, exact: true }).first();

const clickButton = (name: string) => (page: Page) => button(page, name).click();

/** Chooses an action in the menu of a row. */
const chooseAction = (menu: (scene: Scene) => string, action: string) => async (page: Page, scene: Scene) => {
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

/** Fills in addresses of every outcome: new addresses, a user, an invited person, an invalid address and a duplicate. */
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
  { ...users, dialog: 'users/change-roles-modal', act: chooseAction(forUser, usersTexts.changeRoles) },
  {
    ...users,
    dialog: 'users/change-roles-modal',
    state: 'many roles',
    act: chooseAction(({ words }) => usersTexts.rowActions(words.people[1]), usersTexts.changeRoles),
  },
  { ...users, dialog: 'users/delete-user-modal', act: chooseAction(forUser, removalTexts.delete) },
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
  { ...pools, dialog: 'pools/create-pool-modal', act: clickButton(poolsTexts.create) },
  { ...pools, dialog: 'pools/edit-pool-modal', act: chooseAction(forPool, poolsTexts.edit) },
  { ...pools, dialog: 'pools/move-pool-modal', act: chooseAction(forPool, poolsTexts.move) },
  { ...pools, dialog: 'pools/delete-pool-modal', act: chooseAction(forLeaf, poolsTexts.delete) },
  { path: '/pools/:poolId', loaded: ({ words }) => words.people[1] },
  resources,
  { ...resources, dialog: 'resources/create-resource-modal', act: clickButton(resourcesTexts.create) },
  { ...resources, dialog: 'resources/edit-resource-modal', act: chooseAction(forResource, resourcesTexts.edit) },
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
  { path: '/settings/security', loaded: () => securityTexts.hours },
  {
    path: '/settings/security',
    state: 'changed',
    loaded: () => securityTexts.hours,
    act: async (page) => {
      await page.getByLabel(securityTexts.hours).fill('8');
      await page.getByLabel(securityTexts.domains).fill('example.com');
    },
  },
  invitations,
  { ...invitations, state: 'selected', act: select((scene) => invitationsTexts.selectInvite(invited(scene))) },
  {
    ...invitations,
    dialog: 'invites/correct-address-modal',
    act: chooseAction(forInvitation, invitationsTexts.correct),
  },
  { ...invitations, dialog: 'invites/edit-roles-modal', act: chooseAction(forInvitation, invitationsTexts.editRoles) },
  { ...invitations, dialog: 'invites/revoke-modal', act: chooseAction(forInvitation, invitationsTexts.revoke) },
  policies,
  { ...policies, dialog: 'policies/policy-modal', act: clickButton(policiesTexts.create) },
  { ...policies, dialog: 'policies/policy-modal', state: 'edited', act: chooseAction(forPolicy, partTexts.edit) },
  { ...policies, dialog: 'policies/delete-policy-modal', act: chooseAction(forPolicy, partTexts.delete) },
  dataSources,
  { ...dataSources, dialog: 'data-sources/data-source-modal', act: clickButton(dataSourcesTexts.create) },
  {
    ...dataSources,
    dialog: 'data-sources/data-source-modal',
    state: 'edited',
    act: chooseAction(forDataSource, partTexts.edit),
  },
  {
    ...dataSources,
    dialog: 'data-sources/delete-data-source-modal',
    act: chooseAction(forDataSource, partTexts.delete),
  },
  serviceAccounts,
  {
    ...serviceAccounts,
    dialog: 'service-accounts/service-account-modal',
    act: clickButton(serviceAccountsTexts.list.create),
  },
  {
    ...serviceAccounts,
    dialog: 'service-accounts/delete-service-account-modal',
    act: chooseAction(() => partTexts.actionsFor(serviceAccountName), partTexts.delete),
  },
  { path: '/settings/audit-log', isList: true, loaded: policy },
  me,
  { ...me, dialog: 'me/decline-modal', act: (page, { words }) => clickButton(meTexts.declineOf(words.inviter))(page) },
];
