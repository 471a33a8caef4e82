import { acceptInvite } from '../../shared/invites/accept-invite.ts';
import { acceptanceRoutes, rewrittenLinkRoutes } from '../../shared/invites/acceptance-routes.ts';
import { blockOrganization } from '../../shared/invites/block-organization.ts';
import { unblockOrganization } from '../../shared/invites/unblock-organization.ts';
import { declineInvite } from '../../shared/invites/decline-invite.ts';
import { requestNewInvite } from '../../shared/invites/request-new-invite.ts';
import { lookUpInvite } from '../../shared/invites/look-up-invite.ts';
import { lambda } from '../http/lambda.ts';
import { pageHeaders, showAcceptPage } from './show-accept-page.ts';

export const handler = lambda(
  { ...acceptanceRoutes, ...rewrittenLinkRoutes },
  {
    showAcceptPage,
    showAcceptPageAnywhere: showAcceptPage,
    lookUpInvite,
    acceptInvite,
    declineInvite,
    requestNewInvite,
    blockOrganization,
    unblockOrganization,
  },
  {
    headers: {
      showAcceptPage: pageHeaders,
      showAcceptPageAnywhere: pageHeaders,
    },
  },
);
