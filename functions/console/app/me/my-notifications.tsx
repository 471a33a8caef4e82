import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Toggle from '@cloudscape-design/components/toggle';
import { entryOf } from '../../../../shared/open-enum.ts';
import type { ValueOf } from '../data/client.ts';
import { useChange } from '../data/use-change.ts';
import { useRead } from '../data/use-read.ts';
import { ProblemAlert } from '../parts/problem-alert.tsx';
import { LoadError, Loading } from '../parts/states.tsx';
import { notificationNames, meTexts as texts } from './texts.ts';

/** What the signed-in person is notified of by email. Each switch is saved at once and by itself, so it needs no `If-Match`. */
export const MyNotifications = () => {
  const { data, error, refetch } = useRead('getNotifications', {});
  return (
    <Container
      header={
        <Header variant="h2" description={texts.notificationsText}>
          {texts.notifications}
        </Header>
      }
    >
      {data ? (
        <NotificationToggles kinds={data.kinds} />
      ) : error ? (
        <LoadError error={error} retry={refetch} />
      ) : (
        <Loading />
      )}
    </Container>
  );
};

const NotificationToggles = ({ kinds }: Pick<ValueOf<'getNotifications'>, 'kinds'>) => {
  const change = useChange('updateNotifications', {
    changes: ['getNotifications'],
    done: () => texts.notificationsSaved,
  });
  const turn = (kind: string, enabled: boolean) => change.mutate({ call: { body: { kinds: { [kind]: enabled } } } });
  return (
    <SpaceBetween size="s">
      <ProblemAlert error={change.error} />
      {kinds.map(({ kind, enabled, fixed }) => {
        const name = entryOf(notificationNames, kind);
        return (
          name && (
            <Toggle
              key={kind}
              checked={enabled}
              disabled={fixed || change.isPending}
              description={fixed ? texts.notificationFixed : undefined}
              onChange={({ detail }) => turn(kind, detail.checked)}
            >
              {name}
            </Toggle>
          )
        );
      })}
    </SpaceBetween>
  );
};
