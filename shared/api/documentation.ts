import { dataSourceDocs } from '../docs/data-source-docs.ts';
import { acceptanceDocs } from '../docs/acceptance-docs.ts';
import { inviteDocs } from '../docs/invite-docs.ts';
import { meDocs } from '../docs/me-docs.ts';
import { auditDocs, organizationDocs } from '../docs/organization-docs.ts';
import { permissionDocs } from '../docs/permission-docs.ts';
import { platformDocs } from '../docs/platform-docs.ts';
import { policyDocs } from '../docs/policy-docs.ts';
import { poolDocs } from '../docs/pool-docs.ts';
import { resourceDocs } from '../docs/resource-docs.ts';
import { serviceAccountDocs } from '../docs/service-account-docs.ts';
import { totalsDocs } from '../docs/totals-docs.ts';
import { userDocs } from '../docs/user-docs.ts';
import type { DocsOf } from '../docs/route-docs.ts';
import type { routes } from './routes.ts';

/** The reference documentation of every route, by the name of its operation. Only the OpenAPI document and the tests need it. */
export const documentation: DocsOf<typeof routes> = {
  ...organizationDocs,
  ...totalsDocs,
  ...auditDocs,
  ...userDocs,
  ...inviteDocs,
  ...acceptanceDocs,
  ...meDocs,
  ...poolDocs,
  ...resourceDocs,
  ...policyDocs,
  ...dataSourceDocs,
  ...serviceAccountDocs,
  ...permissionDocs,
  ...platformDocs,
};
