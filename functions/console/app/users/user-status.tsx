import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { entryOf } from '../../../../shared/open-enum.ts';
import { usersTexts as texts } from './texts.ts';
import type { User } from './user.ts';

export const UserStatus = ({ status }: Pick<User, 'status'>) => (
  <StatusIndicator type={status === 'active' ? 'success' : 'stopped'}>
    {entryOf(texts.statusOf, status) ?? status}
  </StatusIndicator>
);
