/** Whether two values have the same JSON, the format in which drafts are stored. */
export const sameJson = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other);
