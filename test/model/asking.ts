import type { Caller, Input, Operation, Output, Route } from '../../shared/api/route.ts';
import type { Result } from '../../shared/result.ts';
import type { World } from './world.ts';

/** Calls an operation with a request of a person, as the HTTP pipeline does. */
export const ask = <R extends Route>(
  world: World,
  organizationId: string | undefined,
  personId: string,
  operation: Operation<R>,
  input: Input<R>,
): Promise<Result<Output<R>>> => operation(world.servicesFor(organizationId))(callerOf(personId), input);

export const callerOf = (personId: string): Caller => ({ personId, requestId: 'model' });
