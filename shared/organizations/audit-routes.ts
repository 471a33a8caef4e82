import * as z from 'zod';
import { onOrganization } from '../api/access.ts';
import { route } from '../api/route.ts';
import { id, inOrganization, instant, listOf, named, paging } from '../api/schemas.ts';
import { auditActions } from '../audit/audit-event.ts';
import { openEnum } from '../open-enum.ts';

const auditEventView = z
  .object({
    id,
    at: instant,
    actor: named.optional().meta({
      description:
        'Who acted: a user, a service account or the operators of the installation. Absent: nobody did, for example when an invite expired.',
    }),
    action: openEnum(auditActions),
    targets: z.array(id).meta({ description: 'The ids of the objects that the event is about.' }),
    names: z.record(z.string(), z.string()).meta({
      description:
        'The names of the targets and of what the details mention, by id, at the time of the event (of events before names were kept: now). An id without a name is that of something that is gone.',
    }),
    requestId: z.string(),
    details: z.record(z.string(), z.unknown()).optional(),
  })
  .meta({ id: 'AuditEvent' });

export const auditRoutes = {
  listAuditEvents: route({
    method: 'GET',
    path: '/v1/organizations/{organizationId}/audit-events',
    access: onOrganization('read_audit_log'),
    params: inOrganization,
    query: z.strictObject({
      actorId: id.optional().meta({ description: 'What this user or service account did. An index serves it.' }),
      targetId: id.optional().meta({
        description: 'What was done to this object. An index serves it, and `actorId` filters its pages.',
      }),
      action: z.enum(auditActions).optional().meta({
        description: 'Events of this action. It filters pages, so that a page may be short.',
      }),
      from: z.iso.datetime().optional().meta({
        description:
          'Events at or after this time, in UTC. Reading stops there, because the ids of events sort by time.',
      }),
      to: z.iso.datetime().optional().meta({
        description: 'Events before this time, in UTC. Reading starts there, because the ids of events sort by time.',
      }),
      ...paging,
    }),
    body: undefined,
    status: 200,
    response: listOf(auditEventView),
    errors: ['invalid_cursor'],
  }),
};
