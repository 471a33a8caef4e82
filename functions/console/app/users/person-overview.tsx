import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import { PersonFacts } from './person-facts.tsx';
import { personTexts as texts } from './person-texts.ts';
import type { User } from './user.ts';

export const PersonOverview = ({ user }: { user: User }) => (
  <Container header={<Header variant="h2">{texts.details}</Header>}>
    <PersonFacts user={user} />
  </Container>
);
