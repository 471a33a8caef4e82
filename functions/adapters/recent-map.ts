/** A map that forgets the entry that was set least recently when it has more than `entriesMax`. This bounds its memory. */
export const recentMap = <Value>(entriesMax: number) => {
  const entries = new Map<string, Value>();
  return {
    get: (key: string): Value | undefined => entries.get(key),
    delete: (key: string): void => void entries.delete(key),
    set: (key: string, value: Value): void => {
      entries.delete(key);
      entries.set(key, value);
      const [oldest] = entries.keys();
      if (entries.size > entriesMax && oldest !== undefined) entries.delete(oldest);
    },
  };
};
