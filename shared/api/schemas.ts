import * as z from 'zod';
import { personName } from './hidden-fields.ts';
import { openEnum } from '../open-enum.ts';
import { errorCodes, fieldErrorCodes } from '../errors.ts';
import { cursorLettersMax, idLettersMax, moneyMax, moneyMin, pageItemsDefault, pageItemsMax } from '../limits.ts';

export const none = z.strictObject({});

export const id = z.string().min(1).max(idLettersMax);
export const instant = z.iso.datetime({ precision: 3 }).meta({ description: 'The time in UTC, with milliseconds.' });
export const version = z
  .int()
  .meta({ description: 'The version, which grows with each change of the object itself. The ETag begins with it.' });

export const inOrganization = z.strictObject({ organizationId: id });

/** A whole number in a query, written with the digits 0 to 9 alone: not `1e1`, `0x10`, `+1`, `1.0` or nothing. */
const wholeNumber = <T extends z.ZodType<number>>(number: T) =>
  z.preprocess((text) => (typeof text === 'string' && /^[0-9]+$/.test(text) ? Number(text) : text), number);

/** The query of every list. */
export const paging = {
  limit: wholeNumber(z.int().min(1).max(pageItemsMax).default(pageItemsDefault)),
  // The pattern is only documentation. The server refuses everything that is not a cursor with `invalid_cursor`.
  cursor: z.string().max(cursorLettersMax).meta({ pattern: '^[A-Za-z0-9_-]*$' }).optional(),
};

export const listOf = <T extends z.ZodType>(item: T) =>
  z.object({
    items: z.array(item),
    nextCursor: z.string().optional().meta({
      description:
        'The `cursor` of the next page. Absent: this is the last page. Earlier pages may be short or even empty.',
    }),
  });

/** Money in the organization's currency. Between these bounds a number is stored exactly as given. */
export const money = z
  .number()
  .min(0)
  .max(moneyMax)
  .refine((amount) => !Object.is(amount, -0) && !(amount > 0 && amount < moneyMin), 'Not an amount of money.');

/** An invalid part of a request. */
export const fieldError = z
  .object({
    pointer: z.string().meta({
      description:
        'A JSON Pointer into the body, `?name` for a query parameter, `{name}` for a path parameter, or the name of a header.',
    }),
    code: openEnum([...new Set([...Object.keys(fieldErrorCodes), ...Object.keys(errorCodes)])]).meta({
      description: 'What is wrong with it. Later versions may add other codes.',
    }),
    detail: z.string().meta({ description: 'What is wrong with it, in words.' }),
  })
  .meta({ id: 'FieldError', title: 'Field error', description: 'An invalid part of a request.' });

export const named = z.object({ id: z.string(), name: personName() }).meta({ id: 'Named' });

/** A limit that people set. Only whole cents, so that sums of limits are exact. */
export const limitAmount = money.refine((amount) => /^\d+(\.\d{1,2})?$/.test(String(amount)), 'At most two decimals.');

/* Rules between fields, as JSON Schema for the OpenAPI document. Unlike `required`, checkers accept `propertyNames` outside of an object. */

/** Objects without this field. */
export const hasNo = (field: string) => ({ propertyNames: { not: { const: field } } });

/** Objects with at least one of these fields. */
export const hasOneOf = (...fields: string[]) => ({ not: { propertyNames: { not: { enum: fields } } } });

/** A text from a machine: any characters except control characters and lone surrogates. `length`: the maximum, in characters. */
export const plainText = (length: number, lengthMin = 1) =>
  z
    .string()
    .min(lengthMin)
    .max(length)
    .regex(/^[^\p{Cc}\p{Cs}]*$/u, 'Control characters are not allowed.');

/** `true` or `false` in a query. */
export const flag = z
  .enum(['true', 'false'])
  .default('false')
  .transform((text) => text === 'true');
