import Alert from '@cloudscape-design/components/alert';
import { useSyncExternalStore } from 'react';
import { shellTexts as texts } from './texts.ts';

const listen = (tell: () => void): (() => void) => {
  addEventListener('online', tell);
  addEventListener('offline', tell);
  return () => {
    removeEventListener('online', tell);
    removeEventListener('offline', tell);
  };
};

export const OfflineNotice = () => {
  const online = useSyncExternalStore(listen, () => navigator.onLine);
  if (online) return null;
  return (
    <Alert type="warning" header={texts.offline}>
      {texts.offlineText}
    </Alert>
  );
};
