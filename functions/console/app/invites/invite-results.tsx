import Button from '@cloudscape-design/components/button';
import Header from '@cloudscape-design/components/header';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect, useRef, useState } from 'react';
import { useLocation } from 'wouter';
import { shownAddress } from '../../../../shared/shown-address.ts';
import { useOrganization } from '../organization/use-organization.ts';
import { DataTable } from '../parts/data-table.tsx';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { useFlash } from '../shell/flash.tsx';
import { bodyForSome, type InviteBody, type InviteResult } from './invite-draft.ts';
import { OutcomeFilter } from './outcome-filter.tsx';
import { OutcomeIndicator, outcomesAfterwards, withUnknown, type Outcome } from './outcomes.tsx';
import { inviteTexts as texts } from './texts.ts';
import { useLocalPages } from './use-local-pages.tsx';
import { useSendInvites } from './use-send-invites.ts';

const perPage = 50;

interface InviteResultsProps {
  /** The request that was sent. A retry repeats it for the addresses that failed. */
  body: InviteBody;
  results: InviteResult[];
  onRetried: (results: InviteResult[]) => void;
  /** Returns to the form, which then contains these addresses. */
  onCorrect: (emails: string[]) => void;
  onMore: () => void;
}

/** Lists the outcome for each address. */
export const InviteResults = ({ body, results, onRetried, onCorrect, onMore }: InviteResultsProps) => {
  const { pathTo } = useOrganization();
  const [, navigate] = useLocation();
  const flash = useFlash();
  const { send, busy, error } = useSendInvites();
  const [wanted, setWanted] = useState<InviteResult['outcome']>();

  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    // The button that had the focus no longer exists.
    place.current?.focus({ preventScroll: true });
    window.scrollTo(0, 0);
  }, []);

  const of = Map.groupBy(results, ({ outcome }) => outcome);
  const emailsOf = (outcome: Outcome) => of.get(outcome)?.map(({ email }) => email) ?? [];
  const failed = emailsOf('over_quota');
  const invalid = emailsOf('invalid_email');
  const created = emailsOf('created').length;
  const shown = withUnknown(outcomesAfterwards, results).flatMap((outcome) =>
    wanted === undefined || wanted === outcome ? (of.get(outcome) ?? []) : [],
  );
  const pages = useLocalPages(shown, perPage);

  const retry = async () => {
    const again = await send(bodyForSome(body, (index) => results[index]?.outcome === 'over_quota'));
    const more = again.filter(({ outcome }) => outcome === 'created').length;
    if (more > 0) flash.success(texts.retried(more));
    if (more < again.length) flash.error(texts.stillFailing);
    // The API returns one result for each address, in the order of the request.
    const left = [...again];
    onRetried(results.map((result) => (result.outcome === 'over_quota' ? (left.shift() ?? result) : result)));
    setWanted(undefined);
  };

  return (
    <div ref={place} tabIndex={-1} style={{ outline: 'none' }}>
      <ProblemAlert error={error} />
      <DataTable
        variant="container"
        items={pages.items}
        columnDefinitions={[
          { id: 'email', header: texts.addressesLabel, cell: ({ email }) => shownAddress(email), isRowHeader: true },
          {
            id: 'outcome',
            header: texts.outcome,
            cell: ({ outcome }) => <OutcomeIndicator outcome={outcome} texts={texts.outcomeOf} />,
          },
        ]}
        wrapLines
        ariaLabels={{ tableLabel: texts.results }}
        filter={
          <OutcomeFilter
            results={results}
            value={wanted}
            onChange={(outcome) => {
              setWanted(outcome);
              pages.toFirst();
            }}
          />
        }
        pagination={pages.pagination}
        header={
          <Header
            variant="h2"
            description={
              <LiveRegion tagName="span">
                {texts.sent(created)} {created < results.length && texts.notSent(results.length - created)}
              </LiveRegion>
            }
            actions={
              <SpaceBetween direction="horizontal" size="xs">
                {failed.length > 0 && (
                  <Button loading={busy} onClick={() => void retry().catch(() => undefined)}>
                    {texts.retry(failed.length)}
                  </Button>
                )}
                {invalid.length > 0 && (
                  <Button onClick={() => onCorrect(invalid)}>{texts.correctThese(invalid.length)}</Button>
                )}
                <Button
                  href={pathTo('/settings/invitations')}
                  onFollow={(event) => {
                    event.preventDefault();
                    navigate(pathTo('/settings/invitations'));
                  }}
                >
                  {texts.toInvitations}
                </Button>
                <Button variant="primary" onClick={onMore}>
                  {texts.inviteMore}
                </Button>
              </SpaceBetween>
            }
          >
            {texts.results}
          </Header>
        }
      />
    </div>
  );
};
