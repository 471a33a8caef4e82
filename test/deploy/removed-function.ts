import { take, type Deployed } from './deployed.ts';
import { mara } from './main-job.ts';
import { expect, wrong } from './steps.ts';

/** Checks that the version of `next-version.ts` has lost one function and its routes, and that the renamed function answers. */
export const checkNextVersion = async ({ signIn, emulator }: Deployed): Promise<void> => {
  const [listed] = await emulator.call(['lambda', 'ListFunctions']);
  const names = ((listed?.Functions ?? []) as { FunctionName: string }[])
    .map(({ FunctionName }) => FunctionName)
    .join(' ');
  expect(!/-(permissions|resources)\w+-/.test(names), `no function has its old name, but there are ${names}`);
  const asMara = await signIn(mara);
  const [organization] = take(await asMara.listOrganizations({})).items;
  const params = { organizationId: organization?.id ?? wrong('Mara has no organization any more.') };
  const resources = take(await asMara.listResources({ params })).items;
  expect(resources.map(({ name }) => name).join() === 'web-1', 'the renamed function lists the resources');
  const checked = await asMara.checkPermissions({ params, body: { checks: [{ action: 'invite_users' }] } });
  // Requests without a route go to the function `platform`, which still knows the path.
  expect(
    checked.status === 405,
    `nothing serves the routes of the removed function, but one answers ${checked.status}`,
  );
};
