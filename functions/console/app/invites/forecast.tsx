import Alert from '@cloudscape-design/components/alert';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect, useRef } from 'react';
import { shownAddress } from '../../../../shared/shown-address.ts';
import { formatNumber } from '../parts/format.ts';
import type { RoleDraft } from '../parts/role-draft.ts';
import { DraftRoleChips } from './draft-role-chips.tsx';
import { fileTexts } from './file-texts.ts';
import type { InviteResult } from './invite-draft.ts';
import { OutcomeIndicator, outcomesAhead, withUnknown } from './outcomes.tsx';
import { inviteTexts as texts } from './texts.ts';

/** The maximum number of addresses that are listed for an outcome. */
const named = 5;

interface ForecastProps {
  results: InviteResult[];
  roles: RoleDraft[];
  /** Whether the people are from a CSV file, where each of them can have different roles. */
  fromFile: boolean;
  days: number | undefined;
  sending: boolean;
  /** Whether sending has failed before. */
  again: boolean;
  onSend: () => void;
}

/** Shows the result of the dry run, with the button that sends the invitations. */
export const Forecast = ({ results, roles, fromFile, days, sending, again, onSend }: ForecastProps) => {
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The result is not returned, because newer browsers return a promise here, which React does not accept from an effect.
    place.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  const of = Map.groupBy(results, ({ outcome }) => outcome);
  const created = of.get('created')?.length ?? 0;
  const removed = results.filter(({ removedUserId }) => removedUserId !== undefined).map(({ email }) => email);
  return (
    <div ref={place}>
      <Container
        header={
          <Header variant="h2" description={texts.nothingSentYet}>
            {texts.forecast}
          </Header>
        }
        footer={
          <Box float="right">
            <SpaceBetween direction="horizontal" size="s" alignItems="center">
              {again && <Box color="text-body-secondary">{texts.sendAgain}</Box>}
              <Button
                variant="primary"
                loading={sending}
                disabled={created === 0}
                {...(created === 0 && { disabledReason: texts.nobody })}
                onClick={onSend}
              >
                {texts.send(created)}
              </Button>
            </SpaceBetween>
          </Box>
        }
      >
        <SpaceBetween size="m">
          <LiveRegion>
            <SpaceBetween size="xs">
              {withUnknown(outcomesAhead, results).map((outcome) => {
                const addresses = of.get(outcome)?.map(({ email }) => shownAddress(email)) ?? [];
                if (addresses.length === 0) return null;
                return (
                  <div key={outcome}>
                    <OutcomeIndicator outcome={outcome} texts={texts.forecastOf} />
                    {': '}
                    <Box variant="strong">{formatNumber(addresses.length)}</Box>
                    {outcome !== 'created' && (
                      <Box variant="small" display="block" margin={{ left: 'l' }}>
                        {addresses.slice(0, named).join(', ')}{' '}
                        {addresses.length > named && texts.more(addresses.length - named)}
                      </Box>
                    )}
                  </div>
                );
              })}
            </SpaceBetween>
          </LiveRegion>
          {removed.length > 0 && (
            <Alert type="warning">
              {texts.removedUsers} {removed.slice(0, named).join(', ')}{' '}
              {removed.length > named && texts.more(removed.length - named)}
            </Alert>
          )}
          <SpaceBetween direction="horizontal" size="xs" alignItems="center">
            <span>{texts.receive}</span>
            {fromFile && <span>{fileTexts.rolesOfFile}</span>}
            <DraftRoleChips roles={roles} />
          </SpaceBetween>
          {days !== undefined && <div>{texts.linksWork(days)}</div>}
        </SpaceBetween>
      </Container>
    </div>
  );
};
