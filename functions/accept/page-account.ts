import type { FieldError } from '../../shared/errors.ts';
import { cognitoPasswordLettersMax, nameLettersMax } from '../../shared/limits.ts';
import { missingFromPassword, passwordRules } from '../../shared/users/password-policy.ts';
import { element, setError } from './page-parts.ts';

/** The fields of the account that is created by accepting. */
export interface AccountFields {
  name: string;
  password: string;
}

const name = element<HTMLInputElement>('name');
name.maxLength = nameLettersMax;
const password = element<HTMLInputElement>('password');
const reveal = element('reveal');

export const showAccount = (needed: boolean, email: string): void => {
  showFields(needed);
  element<HTMLInputElement>('username').value = email;
};

const showFields = (shown: boolean): void => {
  element('account').hidden = !shown;
  element('has-account').hidden = shown;
};

/** Returns the input for the new account, if there will be one. If the input is invalid, shows the errors and returns undefined. */
export const readAccount = (): Partial<AccountFields> | undefined => {
  if (element('account').hidden) return {};
  setError('name', nameError());
  setError('password', passwordError());
  if (focusWrong()) return undefined;
  return { name: name.value.trim(), password: password.value };
};

/** Shows the errors that the API found in the fields. Returns false if no error belongs to one of them. */
export const showAccountErrors = (errors: FieldError[]): boolean => {
  for (const { pointer, detail } of errors) {
    const field = pointer.slice(1);
    if (field === 'name' || field === 'password') {
      showFields(true);
      setError(field, detail);
    }
  }
  return focusWrong();
};

export const forgetPassword = (): void => {
  password.value = '';
};

const nameError = (): string => (name.value.trim() ? '' : 'Enter your name.');

const passwordError = (): string => {
  const missing = missingFromPassword(password.value);
  if (missing.length > 0) return `The password still needs ${missing.join(', ')}.`;
  return password.value.length > cognitoPasswordLettersMax
    ? `A password has at most ${cognitoPasswordLettersMax} characters.`
    : '';
};

/** Moves the focus to the first field with an error, so that a screen reader announces the error. */
const focusWrong = (): boolean => {
  const wrong = [name, password].find((field) => field.ariaInvalid === 'true');
  wrong?.focus();
  return wrong !== undefined;
};

const reveals = (shown: boolean): void => {
  password.type = shown ? 'text' : 'password';
  reveal.ariaPressed = String(shown);
};

const rules = passwordRules.map((words) => {
  const item = document.createElement('li');
  item.textContent = words;
  return { words, item };
});
element('password-rules').append(...rules.map(({ item }) => item));

name.addEventListener('input', () => name.ariaInvalid === 'true' && setError('name', nameError()));
password.addEventListener('input', () => {
  const missing = missingFromPassword(password.value);
  for (const { words, item } of rules) item.classList.toggle('met', password.value !== '' && !missing.includes(words));
  if (password.ariaInvalid === 'true') setError('password', passwordError());
});
reveal.addEventListener('click', () => reveals(password.type === 'password'));
