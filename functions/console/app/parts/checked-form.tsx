import Alert from '@cloudscape-design/components/alert';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { fieldsInError, focusField, type FieldInError } from './fields-in-error.ts';
import { sameJson } from './same-json.ts';
import { partTexts as texts } from './texts.ts';

interface CheckedFormProps {
  id?: string;
  /** Whether a request is in progress. Until it ends, the form cannot be submitted again. */
  busy: boolean;
  disabled?: boolean;
  /** Called on submit, also when Enter is pressed in a field. Must return a promise if it sends a request, and must not throw. */
  onSubmit: () => unknown;
  children: ReactNode;
}

/**
 * A form that leads the person to its errors. After a submit that the form's own checks or the API refuse, the first field with an
 * error receives the focus, or the `FormProblem` if no field has an error. Several errors are also listed at the top of the form,
 * each with a link to its field.
 */
export const CheckedForm = ({ id, busy, disabled = false, onSubmit, children }: CheckedFormProps) => {
  const form = useRef<HTMLFormElement>(null);
  // Whether the last submit has ended and the focus has not been moved yet.
  const answered = useRef(false);
  const [attempts, setAttempts] = useState(0);
  const [errors, setErrors] = useState<FieldInError[]>([]);

  // Each form keeps its errors in its own way, so they are read from the DOM after each render.
  useEffect(() => {
    if (!form.current || attempts === 0) return;
    const found = fieldsInError(form.current);
    if (!sameJson(found, errors)) setErrors(found);
    if (!answered.current || busy) return;
    const [first] = found;
    const problem = form.current.querySelector<HTMLElement>('[data-form-problem]');
    if (!first && !problem) return;
    answered.current = false;
    if (first) focusField(first.id);
    else problem?.focus();
  });

  return (
    <form
      id={id}
      ref={form}
      noValidate
      onInput={() => {
        answered.current = false;
      }}
      onSubmit={async (event) => {
        event.preventDefault();
        if (busy || disabled) return;
        await onSubmit();
        answered.current = true;
        setAttempts((count) => count + 1);
      }}
    >
      <SpaceBetween size="m">
        {errors.length > 1 && (
          <Alert type="error" header={texts.fieldsInError(errors.length)}>
            <SpaceBetween size="xs">
              {errors.map(({ id: field, label, text }) => (
                <Link
                  key={field}
                  href={`#${field}`}
                  onFollow={(event) => {
                    event.preventDefault();
                    focusField(field);
                  }}
                >
                  {[label, text].filter(Boolean).join(': ')}
                </Link>
              ))}
            </SpaceBetween>
          </Alert>
        )}
        {children}
      </SpaceBetween>
    </form>
  );
};

/** A problem of a form that belongs to no field. */
export const FormProblem = ({ children }: { children: ReactNode }) => (
  <div data-form-problem role="group" tabIndex={-1}>
    {children}
  </div>
);
