/** The parts of EventBridge patterns that our rules and event source filters use: nested names, values, and `exists`. */
export const matches = (pattern: unknown, value: unknown): boolean => {
  if (Array.isArray(pattern)) return pattern.some((wanted: unknown) => matchesOne(wanted, value));
  return (
    isObject(pattern) &&
    Object.entries(pattern).every(([name, part]) => matches(part, isObject(value) ? value[name] : undefined))
  );
};

const matchesOne = (wanted: unknown, value: unknown): boolean => {
  if (isObject(wanted) && 'exists' in wanted) return (value !== undefined) === wanted.exists;
  return Array.isArray(value) ? value.includes(wanted) : value === wanted;
};

const isObject = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null;
