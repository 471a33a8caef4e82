import type { Caller, Input, Operation, Output, Route } from '../../shared/api/route.ts';
import type { Result } from '../../shared/result.ts';
import type { World } from './world.ts';

/** A request of a person, as the pipeline hands it to the operation. */
export const ask = <R extends Route>(
  world: World,
  organizationId: string | undefined,
  personId: string,
  operation: Operation<R>,
  input: Input<R>,
): Promise<Result<Output<R>>> => operation(world.servicesFor(organizationId))(callerOf(personId), input);

export const callerOf = (personId: string): Caller => ({ personId, requestId: 'model' });
