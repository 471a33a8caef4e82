import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { statusText } from './status-text.ts';
import type { User } from './user.ts';

export const UserStatus = ({ user }: { user: User }) => (
  <StatusIndicator type={user.status !== 'active' ? 'stopped' : user.account === 'active' ? 'success' : 'warning'}>
    {statusText(user)}
  </StatusIndicator>
);
