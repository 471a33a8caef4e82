/** Whether two values are the same in JSON, as drafts are stored. */
export const sameJson = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
