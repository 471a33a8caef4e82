import Alert from '@cloudscape-design/components/alert';
import Link from '@cloudscape-design/components/link';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { fieldsInError, focusField, type FieldInError } from './fields-in-error.ts';
import { partTexts as texts } from './texts.ts';

interface CheckedFormProps {
  id?: string;
  /** Whether the request is on its way. The form is not sent again meanwhile. */
  busy: boolean;
  disabled?: boolean;
  /** Also when Enter is pressed in a field. Returns a promise if it sends a request. Throws nothing. */
  onSubmit: () => unknown;
  children: ReactNode;
}

/**
 * A form that leads to what is wrong. After a submit that is refused, by its own checks or by the API, the first field with an
 * error gets the focus, or else the `FormProblem`. Several errors are listed at the top, each with a link to its field.
 */
export const CheckedForm = ({ id, busy, disabled = false, onSubmit, children }: CheckedFormProps) => {
  const form = useRef<HTMLFormElement>(null);
  const answered = useRef(false);
  const [attempts, setAttempts] = useState(0);
  const [errors, setErrors] = useState<FieldInError[]>([]);

  // The errors are read from what is displayed, because each form keeps them in its own way. Hence after each render.
  useEffect(() => {
    if (!form.current || attempts === 0) return;
    const found = fieldsInError(form.current);
    if (JSON.stringify(found) !== JSON.stringify(errors)) setErrors(found);
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
