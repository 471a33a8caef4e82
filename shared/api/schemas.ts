import * as z from 'zod';

export const none = z.strictObject({});

export const id = z.string().min(1).max(64);
export const instant = z.iso.datetime({ precision: 3 }).meta({ description: 'UTC, milliseconds.' });
export const version = z.int().meta({ description: 'Grows with each change; also the ETag.' });

export const inOrganization = z.strictObject({ organizationId: id });

/** The query of every list. */
export const paging = {
  limit: z.coerce.number().int().min(1).max(100).default(50),
  cursor: z.string().max(2_000).optional(),
};

export const listOf = <T extends z.ZodType>(item: T) =>
  z.object({
    items: z.array(item),
    nextCursor: z
      .string()
      .optional()
      .meta({ description: 'Absent: this was the last page. A page may be short, even empty, before that.' }),
  });

/** Money in the organization's currency. Between these bounds a number is stored exactly as given. */
export const money = z
  .number()
  .min(0)
  .max(1e12)
  .refine((amount) => !Object.is(amount, -0) && !(amount > 0 && amount < 1e-6), 'Not an amount of money.');

export const named = z.object({ id: z.string(), name: z.string() });
