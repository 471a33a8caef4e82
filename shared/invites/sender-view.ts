import * as z from 'zod';
import { id, instant } from '../api/schemas.ts';
import { roleView } from '../roles/role-schemas.ts';
import type { Organization } from '../organizations/organization.ts';
import type { EvaluatedInvite } from './evaluate-invite.ts';

/** The facts about the inviter that a recipient sees. Anybody can choose a deceptive name, but not the address or the age. */
export const inviterOfInvite = z
  .object({
    name: z.string(),
    email: z.string().optional().meta({
      description: 'The email address of the inviter. Absent: a service account or the operators sent the invite.',
    }),
  })
  .meta({ id: 'InviterOfInvite' });

/** Recipients see the names of pools, not their ids. */
export const roleOfInvite = roleView.omit({ poolId: true }).meta({ id: 'RoleOfInvite' });

/** The user that an accepted invite created, and their organization. */
export const acceptedInvite = z
  .object({ organizationId: id, userId: id, email: z.string() })
  .meta({ id: 'AcceptedInvite' });

export const organizationOfInvite = z.object({
  name: z.string(),
  createdAt: instant.meta({ description: 'When the organization was created.' }),
});

export const senderView = (
  { name, createdAt }: Pick<Organization, 'name' | 'createdAt'>,
  { shownInviter }: Pick<EvaluatedInvite, 'shownInviter'>,
): { organization: z.input<typeof organizationOfInvite>; inviter: z.input<typeof inviterOfInvite> } => ({
  organization: { name, createdAt },
  inviter: { name: shownInviter.name, ...(shownInviter.email !== undefined && { email: shownInviter.email }) },
});
