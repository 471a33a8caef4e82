import StatusIndicator from '@cloudscape-design/components/status-indicator';
import { usersTexts as texts } from './texts.ts';
import type { User } from './user.ts';

export const UserStatus = ({ status }: Pick<User, 'status'>) => (
  <StatusIndicator type={status === 'active' ? 'success' : 'stopped'}>{texts[status]}</StatusIndicator>
);
