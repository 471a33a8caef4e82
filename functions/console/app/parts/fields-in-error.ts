/** A field of a form that displays an error. */
export interface FieldInError {
  /** The id of its `FormField`. */
  id: string;
  label: string;
  text: string;
}

/** Cloudscape derives the ids of the parts of a `FormField` from the id of the field. */
const errorSuffix = '-error';

export const fieldsInError = (form: HTMLElement): FieldInError[] =>
  [...form.querySelectorAll(`[id$="${errorSuffix}"]`)].map((error) => {
    const id = error.id.slice(0, -errorSuffix.length);
    return { id, label: textOf(`${id}-label`), text: error.textContent.trim() };
  });

const textOf = (id: string): string => document.getElementById(id)?.textContent.trim() ?? '';

/**
 * Focuses the control of a field and scrolls it into view. A field of several controls, such as a list of roles, has no control with
 * its own id, so its first control is focused.
 */
export const focusField = (id: string): void => {
  const field = document.getElementById(`${id}${errorSuffix}`)?.closest('[data-analytics-field-error]');
  const control = document.getElementById(id) ?? field?.querySelector<HTMLElement>(focusable);
  control?.focus();
  control?.scrollIntoView({ block: 'center' });
};

const focusable = ':is(input, textarea, button):not(:disabled)';
