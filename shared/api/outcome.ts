import * as z from 'zod';
import { errorCodes, type ErrorCode, type Failure } from '../errors.ts';
import { openEnum } from '../open-enum.ts';
import { id } from './schemas.ts';

/**
 * The schema of the outcome for one object in a request: the fields that the route returns for it, or the reason of the failure.
 */
export const outcomeOf = <T extends z.ZodRawShape>(fields: T) =>
  z.object({
    id,
    ok: z.boolean(),
    ...fields,
    code: openEnum(Object.keys(errorCodes) as ErrorCode[])
      .optional()
      .meta({ description: 'The code of the failure. Absent: there was none.' }),
    detail: z.string().optional(),
    retryAfter: z
      .int()
      .optional()
      .meta({ description: 'The number of seconds after which the same change may succeed.' }),
  });

/** The outcome of an object that could not be changed. */
export const failedOutcome = (objectId: string, { code, detail, retryAfter }: Failure) => ({
  id: objectId,
  ok: false,
  code,
  ...(detail !== undefined && { detail }),
  ...(retryAfter !== undefined && { retryAfter }),
});
