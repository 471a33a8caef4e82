import type { APIGatewayProxyEventV2 } from 'aws-lambda';
import { findActor } from '../../functions/http/actor.ts';
import type { Member } from '../../shared/actor.ts';
import type { Access, ActorOf, Input, Operation, Output, Route } from '../../shared/api/route.ts';
import { err, type Result } from '../../shared/result.ts';
import type { World } from './world.ts';

/** A request as the pipeline makes it of a token: who asks is read from the table, and refused there where it may never. */
export const ask = async <R extends Route>(
  world: World,
  organizationId: string | undefined,
  { personId, access }: { personId: string; access: R['access'] },
  operation: Operation<R>,
  input: Input<R>,
): Promise<Result<Output<R>>> => {
  const services = world.servicesFor(organizationId);
  const actor = await findActor(access, eventOf(personId), 'model', services, organizationId);
  return actor.ok ? operation(services)(actor.value as ActorOf<R>, input) : err(actor.error);
};

/** Somebody who reads, by the rights of this moment. */
export const readerOf = async (world: World, organizationId: string, personId: string): Promise<Member> => {
  const access: Access = 'read';
  const services = world.servicesFor(organizationId);
  const actor = await findActor(access, eventOf(personId), 'model', services, organizationId);
  if (!actor.ok) throw new Error(`${personId} cannot read: ${actor.error.code}`);
  return actor.value as Member;
};

const eventOf = (personId: string): APIGatewayProxyEventV2 =>
  ({
    requestContext: { authorizer: { jwt: { claims: { token_use: 'access', sub: personId } } } },
  }) as unknown as APIGatewayProxyEventV2;
