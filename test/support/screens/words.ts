/** The names and texts of a scene. */
export interface Words {
  organization: string;
  manager: string;
  /** The names of a pool manager, an organization manager who is also an engineer of every pool, a member, and a removed user. */
  people: [string, string, string, string];
  domain: string;
  /** A chain of pools below the root, in which each pool is the parent of the next. */
  pools: string[];
  /** Siblings of the first pool. */
  otherPools: string[];
  resources: string[];
  dataSource: string;
  policy: string;
  /** Another organization that has invited the manager. */
  inviter: string;
  message: string;
  /** The largest amount. The other amounts are fractions of it. */
  amount: number;
  tags: Record<string, string>;
}

/** The words in the README's pictures. */
export const ordinary: Words = {
  organization: 'Acme FinOps',
  manager: 'Mara Lindqvist',
  people: ['Aiko Tanaka', 'Bram de Wit', 'Rosa Almeida', 'Viktor Horvat'],
  domain: 'acme.example',
  pools: ['Engineering', 'Web'],
  otherPools: ['Data', 'Operations'],
  resources: ['Web server', 'Orders database', 'Archive'],
  dataSource: 'AWS production',
  policy: 'Monthly budget',
  inviter: 'Globex',
  message: 'Welcome to the team!',
  amount: 12_400,
  tags: { environment: 'production', team: 'web' },
};

/** Names, addresses and amounts as long as those of large companies. */
export const long: Words = {
  organization: 'Nordwind Cloud Infrastructure and Financial Operations Shared Services for Europe and Middle East',
  manager: 'Maximiliane Wolkenstein-Hohenberg',
  people: [
    'Hubert Blaine Sternbergerdorff-Oppenheimer',
    'Nguyễn Thị Phương Thảo Alexandra',
    'Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch Pryce',
    'Oluwadamilola Adebayo-Ogunlesi',
  ],
  domain: 'cloud-infrastructure.financial-operations.nordwind.example',
  pools: [
    'Platform engineering and developer experience',
    'Kubernetes clusters',
    'Europe and Middle East',
    'Production environments of the online shops',
    'Checkout and payment services',
    'Fraud detection',
  ],
  otherPools: ['Data warehouse and business intelligence', 'Corporate information technology', 'Research'],
  resources: [
    'prod-eu-central-1-checkout-payment-authorization-service-primary-database-0001',
    'arn:aws:elasticloadbalancing:eu-central-1:210987654321:loadbalancer/app/checkout/50dc6c495c0c9188',
    'Nightly backup of the order history',
  ],
  dataSource: 'AWS production account of the online shops in Europe',
  policy: 'Monthly budget of the checkout and payment services in all regions',
  inviter: 'Südwind Versicherungsgesellschaft und Rückversicherung Aktiengesellschaft',
  message: 'Welcome to the team!\nPlease accept before the kick-off on Monday, so that your accounts are ready.',
  amount: 98_765_432.1,
  tags: {
    'kubernetes.io/cluster-name': 'production-eu-central-1-checkout-and-payment',
    environment: 'production',
    'cost-center': '4711-0815-PLATFORM-ENGINEERING',
  },
};
