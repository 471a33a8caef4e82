import Box from '@cloudscape-design/components/box';
import { formatDay } from '../parts/format.ts';
import { PageLink } from '../parts/page-link.tsx';
import { personTexts as texts } from './person-texts.ts';
import type { User } from './user.ts';

/** Whose successor somebody is. */
export const TakenOverFrom = ({ people }: { people: User['takenOverFrom'] }) =>
  people.length === 0 ? (
    <Box color="text-body-secondary">{texts.takenOverFromNobody}</Box>
  ) : (
    <ul style={{ margin: 0, paddingInlineStart: '1.25em' }}>
      {people.map(({ id, name, at }) => (
        <li key={`${id} ${at}`}>
          <PageLink to={`/users/${id}`}>{name}</PageLink> {texts.takenOverAt(formatDay(at))}
        </li>
      ))}
    </ul>
  );
