import { keys } from '../table/keys.ts';
import type { WorkServices } from '../ports.ts';
import { deliver } from './deliver.ts';
import { noticeMail } from './notice-mail.ts';
import { parseNotice } from './notice.ts';

export const sendNotice = async (services: WorkServices, organizationId: string, noticeId: string): Promise<void> => {
  const table = services.tenantTable(organizationId);
  const key = keys.notice(organizationId, noticeId);
  const item = await table.get(key);
  if (!item) return;
  const notice = parseNotice(item);
  await deliver(services, table, { key, attempts: notice.attempts, mail: noticeMail(notice), guards: [], checks: [] });
};
