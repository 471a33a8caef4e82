import type { DataSourceType } from './data-source.ts';

export const dataSourcesTexts = {
  dataSources: 'Data sources',
  list: {
    title: 'Data sources',
    description: 'The cloud accounts and clusters that your cost data comes from.',
    create: 'Connect data source',
    none: 'No data sources yet',
    noneText: 'Connect a cloud account to see what its resources cost.',
  },
  columns: { name: 'Name', type: 'Type', accountId: 'Account', owner: 'Owner' },
  type: 'Type',
  typeStays: 'The type and account cannot be changed. To use another account, connect it as a new data source.',
  name: 'Name',

  create: 'Connect data source',
  edit: (name: string) => `Edit ${name}`,
  created: (name: string) => `Connected the data source ${name}.`,
  changed: (name: string) => `Saved the data source ${name}.`,
  delete: (name: string) => `Delete ${name}?`,
  deleteText: 'This disconnects the account. Its resources and their owners stay.',
  deleted: (name: string) => `Deleted the data source ${name}.`,
};

export const dataSourceTypeTexts: Record<DataSourceType, { name: string; account: string }> = {
  aws: { name: 'AWS', account: 'Account ID' },
  azure: { name: 'Azure', account: 'Subscription ID' },
  gcp: { name: 'Google Cloud', account: 'Project ID' },
  alibaba: { name: 'Alibaba Cloud', account: 'Account ID' },
  kubernetes: { name: 'Kubernetes', account: 'Cluster' },
};
