import Alert from '@cloudscape-design/components/alert';
import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import LiveRegion from '@cloudscape-design/components/live-region';
import SpaceBetween from '@cloudscape-design/components/space-between';
import Textarea, { type TextareaProps } from '@cloudscape-design/components/textarea';
import { useCallback, useMemo, useRef } from 'react';
import { inviteAddressesMax } from '../../../../shared/limits.ts';
import { AddressChips } from './address-chips.tsx';
import { tooManyAddresses, withTyped, type InviteDraft } from './invite-draft.ts';
import { checkAddresses } from './check-addresses.ts';
import { inviteTexts as texts } from './texts.ts';

interface AddressFieldProps {
  draft: InviteDraft;
  onChange: (change: (draft: InviteDraft) => InviteDraft) => void;
  /** The errors of the form. The pointer `/emails/12` refers to the address at index 12. */
  errors: { pointer: string; detail: string }[];
}

/** The field where addresses are pasted or typed, with the addresses entered so far. Only the person removes addresses. */
export const AddressField = ({ draft, onChange, errors }: AddressFieldProps) => {
  const { emails, names, typed } = draft;
  const field = useRef<TextareaProps.Ref>(null);
  const pasting = useRef(false);
  const refused = JSON.stringify(errors.filter(({ pointer }) => pointer.startsWith('/emails/')));
  const checked = useMemo(() => {
    const told = new Map((JSON.parse(refused) as typeof errors).map(({ pointer, detail }) => [pointer, detail]));
    return checkAddresses(emails).map((each) => {
      const problem = told.get(`/emails/${each.index}`) ?? each.problem;
      return problem === undefined ? each : { ...each, problem };
    });
  }, [emails, refused]);
  const bad = checked.filter(({ problem }) => problem !== undefined).length;
  const duplicates = checked.filter(({ duplicate }) => duplicate).length;

  const keep = (wanted: (address: (typeof checked)[number]) => boolean) => {
    onChange((now) => ({ ...now, emails: checked.filter(wanted).map(({ address }) => address) }));
    field.current?.focus();
  };
  const take = (text: string) => onChange((now) => withTyped(now, text));
  const remove = useCallback(
    (index: number) => {
      onChange((now) => ({ ...now, emails: now.emails.toSpliced(index, 1) }));
      field.current?.focus();
    },
    [onChange],
  );
  const correct = useCallback(
    (index: number) => {
      onChange((now) => ({
        ...now,
        emails: now.emails.toSpliced(index, 1),
        typed: [now.typed.trim(), now.emails[index]].filter(Boolean).join(', '),
      }));
      field.current?.focus();
    },
    [onChange],
  );

  return (
    <SpaceBetween size="s">
      <FormField
        label={texts.addressesLabel}
        description={texts.addressesHint(inviteAddressesMax)}
        constraintText={texts.addressesConstraint}
        errorText={tooManyAddresses(draft) ?? errors.find(({ pointer }) => pointer === '/emails')?.detail}
        secondaryControl={
          <Button formAction="none" disabled={typed.trim() === ''} onClick={() => take(typed)}>
            {texts.add}
          </Button>
        }
        stretch
      >
        <Textarea
          ref={field}
          rows={3}
          value={typed}
          spellcheck={false}
          nativeTextareaAttributes={{
            onPaste: () => {
              pasting.current = true;
            },
          }}
          onChange={({ detail: { value } }) => {
            const whole = value.includes('\n') || (pasting.current && value.includes('@'));
            pasting.current = false;
            if (whole) take(value);
            else onChange((now) => ({ ...now, typed: value }));
          }}
        />
      </FormField>
      {names.length > 0 && (
        <Alert
          type="info"
          dismissible
          dismissAriaLabel={texts.dismiss}
          onDismiss={() => onChange((now) => ({ ...now, names: [] }))}
        >
          {texts.namesOnly(names)}
        </Alert>
      )}
      {emails.length > 0 && (
        <>
          <SpaceBetween direction="horizontal" size="s">
            <LiveRegion tagName="span">
              {[
                texts.count(emails.length),
                ...(bad > 0 ? [texts.notAddresses(bad)] : []),
                ...(duplicates > 0 ? [texts.duplicates(duplicates)] : []),
              ].join(' · ')}
            </LiveRegion>
            {bad > 0 && (
              <Button variant="inline-link" formAction="none" onClick={() => keep(({ problem }) => !problem)}>
                {texts.removeBad}
              </Button>
            )}
            {duplicates > 0 && (
              <Button variant="inline-link" formAction="none" onClick={() => keep(({ duplicate }) => !duplicate)}>
                {texts.removeDuplicates}
              </Button>
            )}
            <Button variant="inline-link" formAction="none" onClick={() => keep(() => false)}>
              {texts.removeAll}
            </Button>
          </SpaceBetween>
          <AddressChips addresses={checked} onRemove={remove} onCorrect={correct} />
        </>
      )}
    </SpaceBetween>
  );
};
