import { take, type Deployed } from './deployed.ts';
import { mara } from './main-job.ts';
import { expect, wrong } from './steps.ts';

/** Requires of the version that `next-version.ts` makes that it answers where a function has a new name, and not where one is gone. */
export const checkNextVersion = async ({ signIn }: Deployed): Promise<void> => {
  const asMara = await signIn(mara);
  const [organization] = take(await asMara.listOrganizations({})).items;
  const params = { organizationId: organization?.id ?? wrong('Mara has no organization any more.') };
  const resources = take(await asMara.listResources({ params })).items;
  expect(resources.map(({ name }) => name).join() === 'web-1', 'the renamed function lists the resources');
  const checked = await asMara.checkPermissions({ params, body: { checks: [{ action: 'invite_users' }] } });
  expect(checked.status === 404, `the routes of the removed function are gone, but one answers ${checked.status}`);
};
