import { lazy, useEffect, useMemo } from 'react';
import { Redirect, Route, Switch, useLocation, useParams } from 'wouter';
import { codeOf } from '../data/problem-error.ts';
import { useRead } from '../data/use-read.ts';
import { pages, type ConsolePage } from '../pages.ts';
import { Empty, LoadError } from '../parts/states.tsx';
import { Permitted } from '../rights/permitted.tsx';
import { Shell } from '../shell/shell.tsx';
import { SideBar } from '../shell/side-bar.tsx';
import { shellTexts as texts } from '../shell/texts.ts';
import { rememberOrganization } from './last-organization.ts';
import { SecondFactorRequired } from './second-factor-required.tsx';
import { OrganizationContext } from './use-organization.ts';
import { useOrganizations } from './use-organizations.ts';

const SettingsFrame = lazy(() => import('../settings/settings-frame.tsx'));

/** The pages of the organization that the address names. */
export const OrganizationPages = () => {
  const { organizationId = '' } = useParams();
  const [location] = useLocation();
  const organization = useMemo(
    () => ({
      organizationId,
      params: { organizationId },
      pathTo: (page: string) => `/console/${organizationId}${page}`,
    }),
    [organizationId],
  );
  const { params, pathTo } = organization;
  const me = useRead('getMyUser', { params });
  const { data: organizations } = useOrganizations();
  const name = organizations?.find(({ id }) => id === organizationId)?.name ?? texts.product;

  useEffect(() => {
    if (me.data) rememberOrganization(organizationId);
  }, [me.data, organizationId]);

  if (codeOf(me.error) === 'organization_not_found')
    return (
      <Shell>
        <Empty page title={texts.notYours} action={<a href="/">{texts.home}</a>} />
      </Shell>
    );
  if (codeOf(me.error) === 'mfa_required')
    return (
      <Shell organizationId={organizationId}>
        <SecondFactorRequired organization={name} onDone={me.refetch} />
      </Shell>
    );
  return (
    <OrganizationContext value={organization}>
      <Shell organizationId={organizationId} navigation={<SideBar title={name} />}>
        {me.error && <LoadError error={me.error} retry={me.refetch} />}
        <Switch>
          {pages.map(({ path, title, section, action, page }) => (
            // All tabs of the settings have the same key, so that their frame stays mounted and keeps the focus.
            <Route key={section === 'settings' ? section : path} path={pathTo(path)}>
              <title>{`${title} · ${texts.product}`}</title>
              {section === 'settings' ? (
                <SettingsFrame>
                  <PageFor page={page} action={action} key={location} />
                </SettingsFrame>
              ) : (
                <PageFor page={page} action={action} heading={title} key={location} />
              )}
            </Route>
          ))}
          <Route path={pathTo('/')}>
            <Redirect to={pathTo('/users')} replace />
          </Route>
          <Route path={pathTo('/settings')}>
            <Redirect to={pathTo('/settings/organization')} replace />
          </Route>
          <Route>
            <Empty
              page
              title={texts.notFound}
              text={texts.notFoundText}
              action={<a href={pathTo('/users')}>{texts.home}</a>}
            />
          </Route>
        </Switch>
      </Shell>
    </OrganizationContext>
  );
};

const PageFor = ({ page: Page, action, heading }: Pick<ConsolePage, 'page' | 'action'> & { heading?: string }) =>
  action === undefined ? (
    <Page />
  ) : (
    <Permitted action={action} heading={heading}>
      <Page />
    </Permitted>
  );
