import { passwordLettersMin } from '../limits.ts';

/** What a password needs. The user pool is made from this, the accept page shows it, and operations check it. */
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
  // Cognito refuses them. Source: Cognito developer guide, password policy.
  [(password) => password === password.trim(), 'no space at either end'],
];

export const passwordRules = rules.map(([, words]) => words);

/** What the password lacks, in words; empty when it will do. */
export const missingFromPassword = (password: string): string[] =>
  rules.flatMap(([meets, words]) => (meets(password) ? [] : [words]));
