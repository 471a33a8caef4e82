/** The data that `npm start` puts into a new table. */
export const seededOrganization = 'Acme FinOps';

export const seededManager = { name: 'Mara Lindqvist', email: 'mara@acme.example', password: 'Roster-local-2026' };

export const seededPools: { name: string; parent: string; monthlyLimit?: number }[] = [
  { name: 'Engineering', parent: 'Acme FinOps', monthlyLimit: 120_000 },
  { name: 'Data', parent: 'Acme FinOps', monthlyLimit: 60_000 },
  { name: 'Operations', parent: 'Acme FinOps' },
  { name: 'Web', parent: 'Engineering', monthlyLimit: 40_000 },
  { name: 'Mobile', parent: 'Engineering', monthlyLimit: 25_000 },
  { name: 'Platform', parent: 'Engineering' },
  { name: 'Warehouse', parent: 'Data', monthlyLimit: 30_000 },
  { name: 'Machine learning', parent: 'Data' },
  { name: 'Support', parent: 'Operations' },
  { name: 'Security', parent: 'Operations' },
  { name: 'Build farm', parent: 'Operations' },
];

/** The other users. All of them have the manager's password. */
export const seededUsers: { name: string; email: string; roles: string[] }[] = [
  { name: 'Tomás Rivera', email: 'tomas@acme.example', roles: ['organization_manager'] },
  { name: 'Aiko Tanaka', email: 'aiko@acme.example', roles: ['manager Engineering'] },
  { name: 'Bram de Wit', email: 'bram@acme.example', roles: ['manager Data', 'engineer Platform'] },
  { name: 'Chiara Conti', email: 'chiara@acme.example', roles: ['manager Operations'] },
  { name: 'Dmitri Volkov', email: 'dmitri@acme.example', roles: ['manager Web', 'manager Mobile'] },
  { name: 'Efua Mensah', email: 'efua@acme.example', roles: ['manager Warehouse'] },
  { name: 'Farid Haddad', email: 'farid@acme.example', roles: ['engineer Web'] },
  { name: 'Greta Nilsen', email: 'greta@acme.example', roles: ['engineer Web', 'engineer Mobile'] },
  { name: 'Hugo Laurent', email: 'hugo@acme.example', roles: ['engineer Mobile'] },
  { name: 'Imani Okafor', email: 'imani@acme.example', roles: ['engineer Platform'] },
  { name: 'Jonas Weber', email: 'jonas@acme.example', roles: ['engineer Platform'] },
  { name: 'Keiko Sato', email: 'keiko@acme.example', roles: ['engineer Machine learning'] },
  { name: 'Luca Moretti', email: 'luca@acme.example', roles: ['engineer Machine learning', 'engineer Warehouse'] },
  { name: 'Maya Cohen', email: 'maya@acme.example', roles: ['engineer Warehouse'] },
  { name: 'Nikhil Rao', email: 'nikhil@acme.example', roles: ['engineer Security'] },
  { name: 'Olga Petrova', email: 'olga@acme.example', roles: ['engineer Support'] },
  { name: 'Pablo Núñez', email: 'pablo@acme.example', roles: ['engineer Build farm'] },
  { name: 'Qing Li', email: 'qing@acme.example', roles: ['engineer Engineering'] },
  { name: 'Rosa Almeida', email: 'rosa@acme.example', roles: ['member'] },
  { name: 'Sven Karlsson', email: 'sven@acme.example', roles: ['member'] },
  { name: 'Tara Singh', email: 'tara@acme.example', roles: ['member', 'engineer Support'] },
  { name: 'Uma Iyer', email: 'uma@acme.example', roles: ['member'] },
  { name: 'Viktor Horvat', email: 'viktor@acme.example', roles: ['member'] },
  { name: 'Wanda Nowak', email: 'wanda@acme.example', roles: ['member'] },
];

export const seededInvites: { email: string; roles: string[]; fate: 'pending' | 'declined' | 'revoked' | 'expired' }[] =
  [
    { email: 'xavier@acme.example', roles: ['engineer Web'], fate: 'declined' },
    { email: 'yara@contractor.example', roles: ['engineer Mobile'], fate: 'revoked' },
    { email: 'zoe@contractor.example', roles: ['member'], fate: 'expired' },
    { email: 'adam@acme.example', roles: ['manager Support', 'engineer Security'], fate: 'pending' },
    { email: 'beatriz@acme.example', roles: ['engineer Platform'], fate: 'pending' },
  ];

export const seededDataSources: {
  type: 'aws' | 'azure' | 'gcp' | 'kubernetes';
  name: string;
  accountId: string;
  owner: string;
}[] = [
  { type: 'aws', name: 'AWS production', accountId: '210987654321', owner: 'tomas@acme.example' },
  { type: 'gcp', name: 'Data warehouse', accountId: 'acme-warehouse', owner: 'bram@acme.example' },
  { type: 'kubernetes', name: 'Build cluster', accountId: 'build-eu-1', owner: 'chiara@acme.example' },
];

/** The types of resources. Every pool below a division has one resource of each type. */
export const seededResourceTypes: { type: string; name: string; monthlyCost: number; tags: Record<string, string> }[] =
  [
    { type: 'instance', name: 'web server', monthlyCost: 412.5, tags: { environment: 'production' } },
    { type: 'volume', name: 'data volume', monthlyCost: 86.4, tags: { environment: 'production', backup: 'daily' } },
    { type: 'bucket', name: 'archive', monthlyCost: 23.17, tags: { environment: 'staging' } },
    { type: 'database', name: 'orders database', monthlyCost: 1_290, tags: { environment: 'production' } },
  ];

/** The owners of the resources, by pool. In all other pools, the default owner owns the resources. */
export const seededOwners: Record<string, string> = {
  Web: 'greta@acme.example',
  Mobile: 'hugo@acme.example',
  Platform: 'imani@acme.example',
  Warehouse: 'maya@acme.example',
  'Machine learning': 'keiko@acme.example',
  Security: 'nikhil@acme.example',
};
