import type { ValueOf } from '../data/client.ts';

export type ServiceAccount = ValueOf<'listServiceAccounts'>['items'][number];
