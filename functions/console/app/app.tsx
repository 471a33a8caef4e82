import I18nProvider from '@cloudscape-design/components/i18n';
import messages from '@cloudscape-design/components/i18n/messages/all.en';
import { QueryClientProvider } from '@tanstack/react-query';
import { Redirect, Route, Router, Switch } from 'wouter';
import { queryClient } from './data/query-client.ts';
import { FirstOrganization } from './organization/first-organization.tsx';
import { NewOrganization } from './organization/new-organization.tsx';
import { OrganizationPages } from './organization/organization-pages.tsx';
import { mayLeave } from './parts/unstored.ts';
import { SessionEnded } from './session/session-ended.tsx';
import { FlashProvider } from './shell/flash.tsx';
import { NewVersion } from './shell/new-version.tsx';

/** The console of a person who is signed in. */
export const App = () => (
  <I18nProvider locale="en" messages={[messages]}>
    <QueryClientProvider client={queryClient}>
      <FlashProvider>
        <Router aroundNav={(navigate, to, options) => mayLeave() && navigate(to, options)}>
          <Switch>
            <Route path="/">
              <FirstOrganization />
            </Route>
            <Route path="/console/new">
              <NewOrganization />
            </Route>
            <Route path="/console/:organizationId/*?">
              <OrganizationPages />
            </Route>
            <Route>
              <Redirect to="/" replace />
            </Route>
          </Switch>
        </Router>
        <SessionEnded />
        <NewVersion />
      </FlashProvider>
    </QueryClientProvider>
  </I18nProvider>
);
