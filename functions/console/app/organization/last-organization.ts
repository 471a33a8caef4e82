const stored = 'roster.organization';

/** The organization that this browser showed last. */
export const lastOrganization = (): string | null => localStorage.getItem(stored);

export const rememberOrganization = (id: string): void => localStorage.setItem(stored, id);
