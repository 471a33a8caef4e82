import { passwordLettersMin } from '../limits.ts';

/** The requirements for passwords: the user pool is configured with them, the accept page shows them, and operations check them. */
export const passwordPolicy = {
  minimumLength: passwordLettersMin,
  lowercase: true,
  uppercase: true,
  digits: true,
} as const;

const rules: [(password: string) => boolean, string][] = [
  [
    (password) => password.length >= passwordPolicy.minimumLength,
    `at least ${passwordPolicy.minimumLength} characters`,
  ],
  [(password) => /[a-z]/.test(password), 'a lower-case letter'],
  [(password) => /[A-Z]/.test(password), 'an upper-case letter'],
  [(password) => /[0-9]/.test(password), 'a digit'],
  // Cognito refuses spaces at either end. Source: Cognito developer guide, password policy.
  [(password) => password === password.trim(), 'no space at either end'],
];

export const passwordRules = rules.map(([, words]) => words);

/** The requirements that the password does not meet. Empty if it meets all of them. */
export const missingFromPassword = (password: string): string[] =>
  rules.flatMap(([meets, words]) => (meets(password) ? [] : [words]));
