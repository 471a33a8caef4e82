import type { DataSourceType } from './data-source.ts';

export const dataSourcesTexts = {
  dataSources: 'Data sources',
  list: {
    title: 'Data sources',
    description: 'The cloud accounts and clusters that costs come from.',
    create: 'Connect data source',
    none: 'No data sources yet',
    noneText: 'Connect an account of a cloud to see the cost of its resources.',
  },
  columns: { name: 'Name', type: 'Type', accountId: 'Account', owner: 'Owner' },
  type: 'Type',
  typeStays: 'Type and account of a data source stay: connect another account as a new data source.',
  name: 'Name',

  create: 'Connect data source',
  edit: (name: string) => `Edit ${name}`,
  created: (name: string) => `The data source ${name} is connected.`,
  changed: (name: string) => `The data source ${name} is changed.`,
  delete: (name: string) => `Delete ${name}?`,
  deleteText: 'The account is disconnected. Its resources stay, with their owners.',
  deleted: (name: string) => `The data source ${name} is deleted.`,
};

export const dataSourceTypeTexts: Record<DataSourceType, { name: string; account: string }> = {
  aws: { name: 'AWS', account: 'Account id' },
  azure: { name: 'Azure', account: 'Subscription id' },
  gcp: { name: 'Google Cloud', account: 'Project id' },
  alibaba: { name: 'Alibaba Cloud', account: 'Account id' },
  kubernetes: { name: 'Kubernetes', account: 'Cluster' },
};
